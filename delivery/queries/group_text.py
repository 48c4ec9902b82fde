"""The ready words for a chat group: one thought a line, the link alone on the last.

Chat apps show a pasted link as plain text: title, prices, cutoff and day stand in words
before it. Nobody is named, and no room; only sums.
"""

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from delivery.queries.publishing import Facts, Hour
from delivery.queries.words import moment_words
from groupbuy.shared.money import yuan


def message(hour: Hour, facts: Facts) -> str:
    """The text to paste into the group: one thought a line, the link alone on the last."""
    lines = {
        Hour.OPENED: _opened,
        Hour.LAST: _last_hour,
        Hour.CLOSED: _closed,
        Hour.ARRIVING: _arriving,
        Hour.BROUGHT: _brought,
        Hour.OFF: _off,
    }[hour](facts)
    return "\n".join(line for line in lines if line)


def _opened(facts: Facts) -> list[str]:
    return [
        _("[%(title)s] is open, neighbours of %(compound)s!")
        % {"title": facts.title, "compound": facts.compound},
        facts.notice,
        *(
            f"{code} {title} ¥{yuan(cents)}"
            for code, title, cents in facts.packages[:6]
        ),
        _("%(count)s packages, %(prices)s")
        % {"count": len(facts.packages), "prices": facts.prices},
        *_when(facts),
        _help(facts),
        _("Order here, no account needed:"),
        facts.url,
    ]


def _last_hour(facts: Facts) -> list[str]:
    return [
        _("[%(title)s] Only until %(clock)s!")
        % {"title": facts.title, "clock": f"{localtime(facts.until):%H:%M}"},
        facts.notice,
        _("%(count)s packages, %(prices)s")
        % {"count": len(facts.packages), "prices": facts.prices},
        *_when(facts),
        _help(facts),
        _("Not ordered yet? Here:"),
        facts.url,
    ]


def _when(facts: Facts) -> list[str]:
    return [
        _("Order until: %(until)s") % {"until": moment_words(facts.until)},
        _("Delivery: %(delivery)s") % {"delivery": facts.delivery},
    ]


def _help(facts: Facts) -> str:
    return _call(facts, _("No smartphone? Call %(name)s, %(phone)s. Cash is fine."))


def _closed(facts: Facts) -> list[str]:
    ended = _("[%(title)s] Ordering has ended. Thank you!")
    more = ""
    if facts.heads_until:  # the sums may still grow
        ended = _("[%(title)s] Ordering by link has ended. Thank you!")
        more = _("Building heads can still order for you until %(until)s.")
        more %= {"until": moment_words(facts.heads_until)}
    return [
        ended % {"title": facts.title},
        more,
        _("%(compound)s: %(homes)s homes, %(pieces)s packages (%(each)s)")
        % _sums(facts),
        _("Delivery: %(delivery)s") % {"delivery": facts.delivery},
        _("Volunteers will tell you here when it is at the gate."),
        _("Your order:"),
        facts.url,
    ]


def _sums(facts: Facts) -> dict[str, object]:
    return {
        "compound": facts.compound,
        "homes": facts.homes,
        "pieces": sum(pieces for _code, pieces in facts.pieces),
        "each": " ".join(f"{code}×{pieces}" for code, pieces in facts.pieces) or "0",
    }


def _arriving(facts: Facts) -> list[str]:
    at_gate = [
        _("At %(gate)s since %(moment)s") % {"gate": gate, "moment": moment_words(at)}
        for gate, at in facts.arrived
    ]
    head = _("[%(title)s] It is here!") if at_gate else _("[%(title)s] It comes today!")
    return [
        head % {"title": facts.title},
        *(at_gate or [_("Delivery: %(delivery)s") % {"delivery": facts.delivery}]),
        _("%(compound)s: %(homes)s homes, %(pieces)s packages (%(each)s)")
        % _sums(facts),
        _("Volunteers bring it building by building. Please keep your phone on."),
        _call(facts, _("Missing or wrong? Call %(name)s, %(phone)s.")),
        _("Your order:"),
        facts.url,
    ]


def _call(facts: Facts, sentence: str) -> str:
    """The sentence with whom to call in it; nothing where there is no number."""
    if not facts.contact_phone:
        return ""
    return sentence % {"name": facts.contact_name, "phone": facts.contact_phone}


def _brought(facts: Facts) -> list[str]:
    """Without a tap at the gate nobody knows that it came: then only the hours are over."""
    if facts.arrived:
        head = _("[%(title)s] It has been brought. Thank you, volunteers!")
        ask = _("Missing or wrong? Call %(name)s, %(phone)s.")
    else:
        head = _("[%(title)s] The delivery hours are over: %(delivery)s.")
        ask = _("Has nothing come? Call %(name)s, %(phone)s.")
    return [
        head % {"title": facts.title, "delivery": facts.delivery},
        _call(facts, ask),
        _("Your order:"),
        facts.url,
    ]


def _off(facts: Facts) -> list[str]:
    return [
        _("[%(title)s] Called off: nothing comes on %(day)s.")
        % {"title": facts.title, "day": facts.day},
        facts.notice,
        _("All orders of this day have ended; nobody pays anything."),
        _call(facts, _("Already paid? You get it back: call %(name)s, %(phone)s.")),
        _("When it goes on, you see here:"),
        facts.url,
    ]
