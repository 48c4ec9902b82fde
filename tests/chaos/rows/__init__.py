"""Every fault, in the order of the table."""

from tests.chaos.row import Row
from tests.chaos.rows import clocks, clockwork, late, postgres, redis, replies, room

MODULES = (redis, clockwork, postgres, replies, room, clocks, late)
ROWS = {
    row.name: row
    for module in MODULES
    for row in vars(module).values()
    if isinstance(row, Row)
}
