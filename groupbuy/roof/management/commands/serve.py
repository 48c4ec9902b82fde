"""``manage.py serve``: the whole site under one command, on a machine with nothing installed."""

import contextlib
import fcntl
import os
import socket
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from groupbuy.roof.demo.printed import printed
from groupbuy.roof.service.keeper import Keeper, answers
from groupbuy.roof.service.prepare import is_migrated, prepare
from groupbuy.roof.service.programs import own_broker, private_folder, site
from groupbuy.shared.processes import die_with_parent


class Command(BaseCommand):
    help = "Run web, worker, beat and (without REDIS_URL) a broker until Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--prepare",
            action="store_true",
            help="First translations, migrations, static files and (embedded) the demo.",
        )
        parser.add_argument(
            "--die-with-parent",
            action="store_true",
            help="End when the starting process does, however that ended (for make).",
        )

    def handle(self, **options: Any) -> None:
        if options["die_with_parent"]:
            die_with_parent(os.getppid())
        host, port = options["host"], options["port"]
        private_folder(settings.VAR_DIR)
        with only_one(settings.VAR_DIR / "serve.lock"):
            require_free(host, port)
            if options["prepare"]:
                prepare(self.say)
            elif not is_migrated():
                raise CommandError("The database is not up to date: serve --prepare")
            connections.close_all()
            self.serve(host, port)

    def serve(self, host: str, port: int) -> None:
        near = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 - only compared  # nosec B104
        url = os.environ.get("SITE_URL") or f"http://{near}:{port}"
        keeper = Keeper(
            own_broker(),
            site(host, port, url),
            Path(settings.VALKEY_SOCKET),
            self.say,
        )
        keeper.run(lambda: answers(near, port, url), lambda: self.welcome(url))

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def welcome(self, url: str) -> None:
        self.say(f"\n{printed(url)}\n")
        self.say(f"The site is up: {url}  (Ctrl-C stops everything.)")


@contextlib.contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Two services in one folder would run two beats. Raises CommandError for the second."""
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandError(f"Already running from {path.parent}.") from error
        yield


def require_free(host: str, port: int) -> None:
    """Raises CommandError with the way out if another program listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} is taken. Try: make run PORT={port + 1}"
            ) from error
