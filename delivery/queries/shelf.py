"""A batch's stock rows in the order of paper: supplier by supplier, the first code first."""

from catalog.models import Batch, Stock


def shelf(batch: Batch) -> dict[int, Stock]:
    """By id, each with its supplier: who brings A comes before who brings B."""
    rows = list(batch.stock.select_related("supplier").order_by("code"))
    first: dict[int, str] = {}
    for row in rows:
        first.setdefault(row.supplier_id, row.code)
    rows.sort(key=lambda row: (first[row.supplier_id], row.code))
    return {row.pk: row for row in rows}
