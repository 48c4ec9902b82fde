"""Keeps the children running until told to stop, then ends them in order."""

import signal
import time
import urllib.error
import urllib.request
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

    def run(self, health_url: str, when_up: Callable[[], object]) -> None:
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, self._ask)
        try:
            self._start_broker()
            self._keep(health_url, when_up)
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

    def _keep(self, health_url: str, when_up: Callable[[], object]) -> None:
        children = [*self.site, *([self.broker] if self.broker else [])]
        was_up = False
        while not self.asked_to_stop:
            for child in children:
                if news := child.revive():
                    self.say(news)
            if not was_up and answers(health_url):
                was_up = True
                when_up()
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


def answers(url: str) -> bool:
    """Whether the site says that it is up; in production it expects a proxy's headers."""
    headers = {"X-Forwarded-Proto": "https", "Host": urlsplit(url).netloc}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - our own http
    try:
        with urllib.request.urlopen(request, timeout=1) as reply:  # noqa: S310
            return bool(reply.status == 200)
    except urllib.error.HTTPError:
        return (
            True  # it is up and refuses this host name; its proxy knows the right one
        )
    except OSError:
        return False
