"""What the stories of two hands have in common: who asks, who says yes, what the log tells."""

from django.test import Client

from delivery.actions.release import ask_release, confirm_release
from delivery.models import Release, Sheet
from groupbuy.community.models import Actor, LogEntry, staff
from tests.delivery.days import LATER, Day


def sure(actor: Actor) -> Actor:
    return staff(actor.user, proved_at=LATER)


def asked(day: Day, book: Sheet) -> Release:
    return ask_release(book, reason="核对退款", by=sure(day.town_staff), now=LATER)


def let_go(day: Day, book: Sheet, colleague: Actor) -> Release:
    return confirm_release(asked(day, book), by=colleague, now=LATER)


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    client.cookies["lang"] = "en"
    return client


def told(verb: str) -> list[LogEntry]:
    return list(LogEntry.objects.filter(verb=verb))
