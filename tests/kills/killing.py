"""A process that kills itself: before its Nth statement, before a commit, before its last word.

The story runs in a forked child with a connection of its own; the file or the server
survives it. Nothing is cleaned up in the child: no ``finally``, no rollback, no goodbye.
"""

import os
import signal
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from django.db import connection, connections

from groupbuy.shared.processes import die_with_parent

NEVER = 0
FAULT, WHOLE = 3, 0


class Death:
    """Counts what the child sends to its database, and dies before number ``at``."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.count = 0
        self.last = ""

    def __call__(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,
        context: Any,
    ) -> Any:
        self.step(sql)
        return execute(sql, params, many, context)

    def step(self, what: str) -> None:
        self.count += 1
        self.last = " ".join(str(what).split())[:90]
        if self.count == self.at:
            self.die()

    def die(self) -> NoReturn:
        os.kill(os.getpid(), signal.SIGKILL)
        raise SystemExit("dead processes do not come here")


def killed_at(n: int, story: Callable[[], Any], notes: Path) -> tuple[bool, int, str]:
    """Run ``story`` in a child that dies before step ``n`` (``NEVER``: it lives).

    Steps are statements, BEGIN and SAVEPOINT among them where Django sends them, each COMMIT,
    and the reply after the last of them. Returns whether it died, the steps of a child that
    lived, and what it would have done next.
    """
    connections.close_all()  # a socket or a file's locks must not be inherited
    parent, pid = os.getpid(), os.fork()
    if pid == 0:
        _live(n, story, notes, parent)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return True, 0, ""
    said = notes.read_text()
    assert os.WEXITSTATUS(status) == WHOLE, f"the child broke by itself:\n{said}"
    steps, _, last = said.partition(" ")
    return False, int(steps), last


def _live(n: int, story: Callable[[], Any], notes: Path, parent: int) -> NoReturn:
    """The child's whole life; it never returns into the suite."""
    _forget_connections()
    try:
        die_with_parent(parent, signal.SIGKILL)
        death = Death(n)
        _count_commits(death)
        with connection.execute_wrapper(death):
            story()
            death.step("the reply")
        notes.write_text(f"{death.count} {death.last}")
    except BaseException:  # noqa: BLE001 - the parent tells
        notes.write_text(traceback.format_exc())
        os._exit(FAULT)
    os._exit(WHOLE)


def _forget_connections() -> None:
    """Those of the parent that it could not close, without a word to the database.

    While Playwright's loop runs, Django gives the parent another connection than before; the
    child has no loop, and would find the old one: its death would leave the parent a
    transaction that nobody ends.
    """
    for inherited in connections.all(initialized_only=True):
        inherited.connection = None


def _count_commits(death: Death) -> None:
    """A COMMIT goes past the cursor; its wrapper stands on the child's connection only."""
    honest = connection._commit

    def commit() -> Any:
        death.step("COMMIT")
        return honest()

    connection._commit = commit
