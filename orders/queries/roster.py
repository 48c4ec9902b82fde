"""A served home looked up in one statement: the order's own question, asked most of all."""

from dataclasses import dataclass
from typing import Any

from groupbuy.community.models import Building, Compound
from groupbuy.shared import prepared

_COMPOUND = [str(field.column) for field in Compound._meta.concrete_fields]
_BUILDING = [str(field.column) for field in Building._meta.concrete_fields]


def _columns(table: str, names: list[str]) -> str:
    return ", ".join(f"{table}.{name}" for name in names)


_SQL = f"""
SELECT {_columns("c", _COMPOUND)}, {_columns("b", _BUILDING)},
       h.unit, h.room, h.bring_to_door
FROM community_compound c
LEFT JOIN community_building b ON b.compound_id = c.id AND b.name = %s
LEFT JOIN community_household h ON c.has_roster AND h.building_id = b.id
  AND h.room = %s AND (h.unit = %s OR %s = '')
WHERE c.id = %s AND EXISTS (
  SELECT 1 FROM catalog_servedplace p
  WHERE p.group_buy_id = %s AND p.compound_id = c.id
    AND (p.building_id IS NULL OR p.building_id = b.id)
)
LIMIT 2
"""  # noqa: S608 - names of our models  # nosec B608


@dataclass(frozen=True)
class Found:
    """``building`` is None where a compound without a roster does not know it."""

    compound: Compound
    building: Building | None
    unit: str
    room: str
    bring_to_door: bool


def served_home(
    group_buy_id: int, compound_id: int, building: str, unit: str, room: str
) -> Found | None:
    """The one home meant, in plain spelling; None where it is not exactly one, or not served."""
    params = [building, room, unit, unit, compound_id, group_buy_id]
    found = prepared.rows(_SQL, params)
    if len(found) != 1:
        return None
    (row,) = found
    compound = Compound(*row[: len(_COMPOUND)])
    at: tuple[Any, ...] = row[len(_COMPOUND) : -3]
    known = Building(*at) if at[0] is not None else None
    if not compound.has_roster:
        return Found(compound, known, unit, room, bring_to_door=False)
    if row[-2] is None:
        return None
    return Found(compound, known, row[-3], row[-2], bool(row[-1]))
