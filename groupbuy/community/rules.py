"""Who may: asked by every verb that a person can call."""

from groupbuy.community.models import Actor
from groupbuy.community.queries.visible import committees_of, towns_of
from groupbuy.shared.errors import NotAllowed


def require(allowed: bool) -> None:
    """Raises NotAllowed unless ``allowed``."""
    if not allowed:
        raise NotAllowed


def may_run_town(by: Actor, town_id: int) -> bool:
    """Town staff of this town, or the town's own clockwork."""
    if by.is_system:
        return True
    return by.user is not None and towns_of(by.user).filter(pk=town_id).exists()


def may_look_after(by: Actor, committee_id: int) -> bool:
    """Staff of this committee, or of its town."""
    if by.is_system:
        return True
    return by.user is not None and (
        committees_of(by.user).filter(pk=committee_id).exists()
    )


def may_head(by: Actor, building_id: int | None, committee_id: int) -> bool:
    """A head of this building, or who looks after its committee."""
    return building_id in by.buildings or may_look_after(by, committee_id)
