"""``make chaos``: what becomes of orders when the machine under them breaks.

Real processes on a network of their own: PostgreSQL, Valkey and ``manage.py serve``. While
residents order, one thing is broken; after every row each order whose acceptance was seen
is there exactly once, and ``verify`` is clean.
"""
