"""One command that runs the whole site: broker, web, worker and beat, each a process of its own."""
