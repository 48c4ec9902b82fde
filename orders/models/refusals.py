"""Why an order can be refused, each with its own word for forms, the API and ``simulate``."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from groupbuy.shared.errors import Refused


class TooLate(Refused):
    """The channel's cutoff has passed, or the batch has closed or been called off."""

    def __init__(self) -> None:
        super().__init__(_("Ordering for this day has ended."), code="late")


class SoldOut(Refused):
    """Some packages cannot be had in that number; ``stock_ids`` names all of them."""

    def __init__(self, stock_ids: Iterable[int], titles: Iterable[str]) -> None:
        self.stock_ids = frozenset(stock_ids)
        names = "、".join(titles)
        super().__init__(
            _("Just sold out: %(names)s.") % {"names": names}, code="sold_out"
        )


class OverLimit(Refused):
    """More than one home may have; the words are the same for known and unknown homes."""

    def __init__(self, stock_ids: Iterable[int], titles: Iterable[str]) -> None:
        self.stock_ids = frozenset(stock_ids)
        names = "、".join(titles)
        super().__init__(
            _("That is more than one home may have: %(names)s.") % {"names": names},
            code="over_limit",
        )


class OtherBody(Refused):
    """The same submit key came with another content."""

    def __init__(self) -> None:
        super().__init__(
            _("This form was already sent with other contents. Look at your order."),
            code="other_body",
        )


class NoSuchHome(Refused):
    """Not in the roster; ``nearest`` holds up to three homes as (building, unit, room)."""

    def __init__(
        self, nearest: Iterable[tuple[str, str, str]] = (), *, field: str = "room"
    ) -> None:
        self.nearest = list(nearest)
        super().__init__(
            _("We do not know this home. Please check building and room."),
            field=field,
            code="no_such_home",
        )


class TooManyTries(Refused):
    """Too many homes were asked for in vain; says nothing of this one."""

    def __init__(self, minutes: int) -> None:
        says = _(
            "That was tried many times. Please wait %(minutes)s minutes, or call: the number is below."
        )
        super().__init__(says % {"minutes": minutes}, field="room", code="too_many")


class SeveralHomes(NoSuchHome):
    """What was written fits several homes of the roster; ``nearest`` holds all of them."""

    def __init__(self, homes: Iterable[tuple[str, str, str]]) -> None:
        super().__init__(homes)
        says = _("Several homes have this number. Which one is yours?")
        Refused.__init__(self, says, field="room", code="several_homes")
