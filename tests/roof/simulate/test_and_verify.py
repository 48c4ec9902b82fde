"""``simulate --verify``: what the crowd did is checked at once, from the same terminal."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from catalog.models import Stock
from groupbuy.community.models import Heartbeat
from groupbuy.roof.tick import beat
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def simulated(url: str, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    call_command("simulate", orders=3, url=url, concurrency=2, json=True, verify=True)
    return dict(json.loads(capsys.readouterr().out))


def test_the_crowds_orders_are_checked_afterwards(
    live_server, capsys: pytest.CaptureFixture[str]
) -> None:
    now = timezone.now()
    compound = factories.make_compound(buildings={"3": ["501", "502", "601"]})
    batch = factories.make_batch(
        factories.make_group_buy(compounds=[compound]),
        delivery_on=timezone.localdate() + timedelta(days=2),
        opens_at=now - timedelta(hours=1),
        until_link=now + timedelta(hours=3),
        until_heads=now + timedelta(hours=3),
    )
    beat("nothing due")

    told = simulated(live_server.url, capsys)
    assert (told["accepted"], told["broken"]) == (3, [])

    Stock.objects.filter(batch=batch, code="A").update(reserved=77)
    with pytest.raises(SystemExit):
        simulated(live_server.url, capsys)
    assert "stock_matches_orders" in capsys.readouterr().out
    assert "stock_matches_orders" in Heartbeat.objects.get(name="verify").note
