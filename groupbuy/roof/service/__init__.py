"""One command that runs the whole site: broker, web, two workers and beat, each a process of its own."""
