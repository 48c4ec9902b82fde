"""How long a process that serves people waits for PostgreSQL: said once for each connection."""

from collections.abc import Mapping
from typing import Any

SPELLED = {
    "LOCK": "lock_timeout",
    "STATEMENT": "statement_timeout",
    "IDLE_IN_TRANSACTION": "idle_in_transaction_session_timeout",
}


def be_short(database: dict[str, Any], patience: Mapping[str, float]) -> None:
    """Make every later connection of this process with ``database``'s settings a short one.

    Sent while connecting, so it costs no statement, and ``RESET`` comes back to it. Not
    through PgBouncer, which takes no options: there the role has them (``ALTER ROLE … SET``).
    SQLite has its own ``timeout``.
    """
    if "postgresql" not in database["ENGINE"]:
        return
    options = database.setdefault("OPTIONS", {})
    options.setdefault("connect_timeout", int(patience["CONNECT"]))
    if database.get("DISABLE_SERVER_SIDE_CURSORS"):
        return
    said = [f"-c {name}={int(patience[word] * 1000)}" for word, name in SPELLED.items()]
    options["options"] = " ".join([*said, options.get("options", "")]).strip()
