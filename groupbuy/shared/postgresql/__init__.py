"""Django's PostgreSQL backend, asking the socket whether a kept connection still stands."""
