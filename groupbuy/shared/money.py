"""Money is integer cents (分); these functions only write it down and read it."""

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from groupbuy.shared.errors import Refused
from groupbuy.shared.text import plain


def yuan(cents: int) -> str:
    """``10000`` → ``100``, ``4990`` → ``49.90``: whole yuan without a tail."""
    whole, rest = divmod(abs(cents), 100)
    sign = "-" if cents < 0 else ""
    return f"{sign}{whole}" if rest == 0 else f"{sign}{whole}.{rest:02d}"


def cents(text: str) -> int:
    """``"49.9"`` → ``4990``. Raises Refused for anything that is not an amount in yuan."""
    try:
        amount = Decimal(plain(text).replace("元", "").replace("¥", "").strip()) * 100
    except InvalidOperation:
        amount = Decimal("NaN")
    if (
        not amount.is_finite()
        or amount != amount.to_integral_value()
        or not 0 <= amount < 10**9
    ):
        raise Refused(
            _("Please write an amount in yuan, such as 60 or 49.90."), code="amount"
        )
    return int(amount)


def per_500_grams(price_cents: int, grams: int) -> int:
    """Price per 500 g (斤) in cents, rounded half up."""
    return (price_cents * 1000 + grams) // (2 * grams)
