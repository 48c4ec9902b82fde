"""The numbers of the batch page's table, as cells.

A town's table has two thousand of them: made node by node in a template they took longer than
adding up 100,000 orders, so the row is prepared once and filled in for each compound.
"""

from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from delivery.queries.totals import Totals
from groupbuy.shared.money import yuan

CELL = '<td class="n" data-label="{}">{}</td>'


@dataclass(frozen=True, slots=True)
class Columns:
    """``heads`` in the language of the page; ``row`` has a place for each number."""

    heads: list[str]
    row: str

    def filled(self, totals: Totals) -> SafeString:
        """Nothing but numbers goes in."""
        ready = self.row.format(
            orders=totals.orders,
            homes=totals.homes,
            packages=totals.packages,
            money=yuan(totals.total_cents),
            due=yuan(totals.due_cents),
        )
        return mark_safe(ready)  # noqa: S308 - numbers in a row made below  # nosec B308 B703


def columns(totals: Totals) -> Columns:
    """Homes have a column when they are known."""
    shown = {
        _("Orders"): "{orders}",
        _("Homes"): "{homes}",
        _("Packages"): "{packages}",
        _("Money"): "¥{money}",
        _("To pay"): "¥{due}",
    }
    if totals.homes is None:
        del shown[_("Homes")]
    return Columns(list(shown), format_html_join("", CELL, shown.items()))
