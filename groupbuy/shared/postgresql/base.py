"""The database backend named in the settings (``ENGINE``).

``CONN_HEALTH_CHECKS`` sends ``SELECT 1`` before each request's first statement: a round trip
that was a sixth of the wait in the rush. A server that ended a session, was killed or started
anew has closed its end of the socket, and the system knows that without a word being sent:
nothing is ever to be read from a sound session that is idle. So ``SELECT 1`` is sent only where
something is.
"""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's own in all else."""

    health_check_done: bool

    def close_if_health_check_failed(self) -> None:
        """Once for each request; a connection that broke during one has no socket to look at."""
        one = self.connection
        if one is not None and not self.health_check_done and not one.closed:
            self.health_check_done = is_quiet(one.fileno())
        super().close_if_health_check_failed()


def is_quiet(descriptor: int) -> bool:
    """Whether nothing is to be read there, not even that the other end is gone."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return not poll.poll(0)
