"""The log as people read it: "张三 · restocked · 40 → 60", the newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Batch
from groupbuy.community.models import HeadLink, LogEntry
from groupbuy.shared.money import yuan
from orders.models import Order
from orders.queries.desk.words import moment_words

RECENT = 12  # entries of a batch shown under its table
ALL = 200

# What each verb's word in the log says to a reader.
DID = {
    "place_order": gettext_lazy("placed the order"),
    "change_order": gettext_lazy("changed the order"),
    "cancel_order": gettext_lazy("cancelled the order"),
    "void_order": gettext_lazy("voided the order"),
    "mark_paid": gettext_lazy("took the money"),
    "show_phone": gettext_lazy("looked at the phone number"),
    "reveal_phone": gettext_lazy("looked at the phone number"),
    "show_chain_phones": gettext_lazy("looked at a number in the chat's text"),
    "withdraw": gettext_lazy("took the order off the lists"),
    "let_in_late": gettext_lazy("let the order in late"),
    "paste_chain": gettext_lazy("pasted a chain"),
    "hand_in_chain": gettext_lazy("handed a chain in"),
    "open_batch": gettext_lazy("opened the day"),
    "close_batch": gettext_lazy("closed the day"),
    "build_lists": gettext_lazy("made the lists"),
    "correct_list": gettext_lazy("corrected a list"),
    "print_all": gettext_lazy("printed all lists"),
    "fetch_sheet": gettext_lazy("took out a list of homes"),
    "ask_release": gettext_lazy("asked for a list of many homes"),
    "confirm_release": gettext_lazy("said yes to a list of many homes"),
    "read_list": gettext_lazy("read a list of homes"),
    "who_was_on": gettext_lazy("asked who was on a list"),
    "hand_over": gettext_lazy("handed it out"),
    "take_back_home": gettext_lazy("took back the tick"),
    "take_back_arrival": gettext_lazy("took back “at the gate”"),
    "building_not_done": gettext_lazy("took back a building's tick"),
    "call_off_batch": gettext_lazy("called off the day"),
    "call_off_offer": gettext_lazy("called off the package"),
    "keep_offer": gettext_lazy("kept the package: the day had closed already"),
    "restock": gettext_lazy("restocked"),
    "set_held": gettext_lazy("changed the heads' share"),
    "pause_offer": gettext_lazy("paused it"),
    "resume_offer": gettext_lazy("resumed"),
    "move_cutoff": gettext_lazy("moved the cutoff"),
    "set_notice": gettext_lazy("changed the notice"),
    "backup": gettext_lazy("made a backup"),
    "restore": gettext_lazy("put a backup back"),
}

# By which lists of homes leave the house, or are about to.
TAKINGS = ("fetch_sheet", "read_list", "who_was_on", "ask_release", "confirm_release")

# Where an order keeps why it was done: there it is erased, in the log it could not be.
WHY = {
    "void_order": "ended_reason",
    "withdraw": "ended_reason",
    "let_in_late": "late_reason",
}

CUTOFFS = {
    "until_link": gettext_lazy("link"),
    "until_heads": gettext_lazy("heads"),
}

WHO = {
    "head": gettext_lazy("the building head"),
    "resident": gettext_lazy("the household"),
    "volunteer": gettext_lazy("a volunteer"),
    "supplier": gettext_lazy("the supplier"),
    "system": gettext_lazy("the clock"),
    "staff": gettext_lazy("staff"),
    "key": gettext_lazy("one of the town's machines"),
}


@dataclass(frozen=True)
class Entry:
    at: datetime
    who: str
    did: str
    about: str
    detail: str
    reason: str


def order_history(order: Order) -> list[Entry]:
    """Everything that ever happened to one order."""
    entries = LogEntry.objects.filter(subject="order", subject_id=order.pk)
    found = list(entries.select_related("user")[:ALL])
    for entry in found:  # until it is forgotten, the order itself says why
        entry.reason = getattr(order, WHY.get(entry.verb, ""), "") or entry.reason
    return _readable(found, _codes(order.batch))


def batch_history(batch: Batch) -> list[Entry]:
    """The last acts on the batch and on its stock rows; single orders stay out."""
    codes = _codes(batch)
    acts = LogEntry.objects.filter(town_id=batch.group_buy.town_id).filter(
        Q(subject="batch", subject_id=batch.pk)
        | Q(subject="stock", subject_id__in=list(codes))
    )
    return _readable(acts.select_related("user")[:RECENT], codes)


def takings(batch: Batch) -> list[Entry]:
    """Who took lists of homes out of the house, the newest first."""
    acts = LogEntry.objects.filter(
        subject="batch",
        subject_id=batch.pk,
        verb__in=TAKINGS,
    )
    return _readable(acts.select_related("user")[:ALL], {})


def _codes(batch: Batch) -> dict[int, str]:
    return {row.pk: f"{row.code} {row.title}" for row in batch.stock.all()}


def _readable(found: Iterable[LogEntry], codes: dict[int, str]) -> list[Entry]:
    entries = list(found)
    heads = _heads(entries)
    return [
        Entry(
            at=entry.at,
            who=" ".join(filter(None, [who(entry), heads.get(entry.pk)])),
            did=str(DID.get(entry.verb, entry.verb)),
            about=codes.get(entry.subject_id, "") if entry.subject == "stock" else "",
            detail=detail(entry.data, codes),
            reason=entry.reason,
        )
        for entry in entries
    ]


def _heads(entries: Iterable[LogEntry]) -> dict[int, str]:
    """What the committee calls the heads who acted by a link, by entry."""
    links = {e.pk: e.data["head_link"] for e in entries if "head_link" in e.data}
    if not links:
        return {}
    named = HeadLink.objects.filter(pk__in=links.values()).values_list("pk", "name")
    names = dict(named)
    return {pk: names.get(link, "") for pk, link in links.items()}


def who(entry: LogEntry) -> str:
    if entry.user is not None:
        return entry.user.get_full_name() or entry.user.get_username()
    return str(WHO.get(entry.actor, entry.actor))


def detail(data: dict[str, Any], codes: dict[int, str]) -> str:
    """What the log's numbers say, in words; what it keeps for machines alone stays there."""
    told = [_moved(data, name) for name in ("quota", "held") if name in data]
    told += [_until(data, name) for name in CUTOFFS if name in data]
    if "deltas" in data:
        told.append(_deltas(data["deltas"], codes))
    told += [f"¥{yuan(data[name])}" for name in ("total", "cents") if name in data]
    if "homes" in data:
        told.append(_("%(count)s homes") % {"count": data["homes"]})
    if "orders" in data:
        told.append(_("%(count)s orders") % {"count": data["orders"]})
    return " · ".join(part for part in told if part)


def _moved(data: dict[str, Any], name: str) -> str:
    new = str(data[name])
    return f"{data['was']} → {new}" if "was" in data else f"→ {new}"


def _until(data: dict[str, Any], name: str) -> str:
    moment = datetime.fromisoformat(data[name])
    return f"{CUTOFFS[name]} → {moment_words(moment)}"


def _deltas(deltas: dict[str, int], codes: dict[int, str]) -> str:
    """``A +1 B −2``; empty when only the address or a word changed."""
    parts = [
        f"{codes.get(int(pk), '?').split(' ')[0]} {delta:+d}".replace("-", "−")
        for pk, delta in deltas.items()
    ]
    return " ".join(sorted(parts))
