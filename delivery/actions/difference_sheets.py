"""差异单 on paper: of each compound one sheet with every change up to its newest number.

Its text is frozen by its number: differences are only ever added, and what the list under
them says is printed.
"""

from collections import Counter
from collections.abc import Iterator

from catalog.models import Batch
from delivery.documents.chunk import Job
from delivery.documents.shapes import Change, Contact, DifferenceData
from delivery.models import AccessLink, Difference
from delivery.queries.links import link_url, live_links
from delivery.queries.rows import Row, rows_today
from delivery.queries.sheets import Coded, missing
from delivery.queries.shelf import shelf
from delivery.queries.words import (
    building_label,
    day_words,
    moment_words,
    room_label,
    window_words,
)
from delivery.states import SheetKind
from groupbuy.community.models import Compound


def difference_jobs(batch: Batch, version: int) -> Iterator[Job]:
    """A few queries a compound: after printing, few have changes."""
    keys = {
        key.compound_id or 0: key
        for key in missing(batch, version)
        if key.kind == SheetKind.DIFFERENCE
    }
    links = {link.compound_id: link for link in live_links(batch).values()}
    for compound in Compound.objects.filter(pk__in=keys).select_related("committee"):
        key, link = keys[compound.pk], links.get(compound.pk)
        coded = Coded(key, frozenset([link.pk] if link else ()))
        yield Job(coded, "difference", data_of(batch, compound, key.version, link))


def data_of(
    batch: Batch, compound: Compound, number: int, link: AccessLink | None
) -> DifferenceData:
    """Everything up to ``number``, whatever came since."""
    newest = Difference.objects.get(batch=batch, number=number)
    lists = batch.pickup_lists.filter(compound=compound, void_at__isnull=True)
    one, committee = lists.first(), compound.committee
    return DifferenceData(
        town=batch.group_buy.town.name,
        compound=compound.name,
        group_buy=batch.group_buy.title,
        delivery=day_words(batch.delivery_on),
        window=window_words(batch.window_from, batch.window_to),
        number=number,
        version=one.version if one else 0,
        made_at=moment_words(newest.at),
        contact=Contact(committee.name, committee.phone),
        volunteer_url=link_url(link) if link else "",
        changes=tuple(changes(batch, compound, number)),
    )


def changes(batch: Batch, compound: Compound, number: int) -> Iterator[Change]:
    """In walking order, with what each home gets in the end."""
    rows = [r for r in rows_today(batch, compound) if (r.number or 0) <= number]
    now: Counter[tuple[str, int]] = Counter()
    for row in rows:
        now[row.home_key, row.stock_id] += row.quantity
    gates = dict(compound.gates.values_list("pk", "name"))
    titles = {pk: stock.title for pk, stock in shelf(batch).items()}
    for row in rows:
        if row.number is not None:
            total = now[row.home_key, row.stock_id]
            label = building_label(compound.kind, row.building)
            yield change(row, row.number, label, gates, titles, total)


def change(
    row: Row,
    number: int,
    label: str,
    gates: dict[int, str],
    titles: dict[int, str],
    now: int,
) -> Change:
    return Change(
        number=number,
        gate=gates[row.gate_id],
        building=label,
        room=room_label(row.unit, row.room),
        code=row.code,
        title=titles[row.stock_id],
        delta=row.quantity,
        now=now,
        bring_to_door=row.bring_to_door,
    )
