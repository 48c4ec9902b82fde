"""Keeps the children running until told to stop, then ends them in order."""

import http.client
import signal
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from groupbuy.roof.service.processes import Child

ROUND = 0.3  # seconds between two looks at the children
STOP_WITHIN = 10.0  # seconds for a request or a task to finish; its row is safe anyway


class Keeper:
    """``run()`` returns after SIGINT or SIGTERM, when every child is gone."""

    def __init__(
        self,
        broker: Child | None,
        site: list[Child],
        socket: Path,
        say: Callable[[str], object],
    ) -> None:
        self.broker, self.site, self.socket, self.say = broker, site, socket, say
        self.asked_to_stop = False

    def run(self, is_up: Callable[[], bool], when_up: Callable[[], object]) -> None:
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, self._ask)
        try:
            self._start_broker()
            self._keep(is_up, when_up)
        finally:
            self._stop()

    def _ask(self, _sign: int, _frame: object) -> None:
        self.asked_to_stop = True

    def _start_broker(self) -> None:
        """The others would only retry until its socket is there."""
        if self.broker is None:
            return
        self.broker.start()
        deadline = time.monotonic() + 10
        while not self.socket.exists() and time.monotonic() < deadline:
            time.sleep(0.02)

    def _keep(self, is_up: Callable[[], bool], when_up: Callable[[], object]) -> None:
        """The web first: somebody waits for it, and starting all at once delays it."""
        kept = [*self.site[:1], *([self.broker] if self.broker else [])]
        waiting, was_up = self.site[1:], False
        patience = time.monotonic() + 10
        while not self.asked_to_stop:
            for child in kept:
                if news := child.revive():
                    self.say(news)
            if not was_up and is_up():
                was_up = True
                when_up()
            if waiting and (was_up or time.monotonic() > patience):
                kept, waiting = [*kept, *waiting], []
            time.sleep(ROUND)

    def _stop(self) -> None:
        """The broker last: the others still hand their open tasks back to it."""
        deadline = time.monotonic() + STOP_WITHIN
        for child in self.site:
            child.ask_to_stop()
        for child in self.site:
            child.stop(deadline - time.monotonic())
        if self.broker:
            self.broker.ask_to_stop()
            self.broker.stop(STOP_WITHIN)
            self.socket.unlink(missing_ok=True)


def answers(host: str, port: int, site_url: str) -> bool:
    """Whether the site talks; in production it expects what its proxy would send."""
    headers = {"X-Forwarded-Proto": "https", "Host": urlsplit(site_url).netloc}
    connection = http.client.HTTPConnection(host, port, timeout=1)
    try:
        connection.request("GET", "/healthz", headers=headers)
        with connection.getresponse() as reply:
            return reply.status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
