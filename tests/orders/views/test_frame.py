"""A page cut from the one that all compounds share is the page rendered for it alone."""

import re
from dataclasses import replace

import pytest
import time_machine
from django.test import Client
from django.utils import timezone, translation

from catalog.models import Batch
from groupbuy.community.models import Compound
from orders.queries.page import page
from orders.views import fresh_form, link
from orders.views.help import help_for
from orders.views.link_cache import LinkCache
from tests.factories import (
    make_batch,
    make_committee,
    make_compound,
    make_group_buy,
    make_town,
)

pytestmark = pytest.mark.django_db
HEADS_ONLY = "2022-04-11 17:30+08:00"  # past the link's cutoff, before the heads'
LANGUAGES = ("zh-hans", "en")


@pytest.fixture
def batch() -> Batch:
    """An estate with units, one with an odd name and no phone, a village."""
    town = make_town(hotline="021-12345678")
    estate = make_compound(
        make_committee(town, phone="021-64091111"), "瞿南", buildings={"3-1": ["502"]}
    )
    odd = make_compound(make_committee(town, phone=""), '<b>"园"&\'')
    village = make_compound(
        make_committee(town, phone="021-64093333"),
        "朱行村",
        kind=Compound.Kind.VILLAGE,
    )
    return make_batch(make_group_buy(town, [estate, odd, village]))


@pytest.fixture
def places(batch: Batch) -> list[Compound]:
    return list(Compound.objects.select_related("committee").order_by("pk"))


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages and forms are kept for a minute, and nothing is left of another test."""
    monkeypatch.setattr(link, "PAGES", LinkCache(seconds=60))
    monkeypatch.setattr(fresh_form, "FORMS", LinkCache(seconds=60))


def rendered(batch: Batch, compound: Compound, language: str) -> str:
    """The look page as it is for one compound, nothing shared."""
    now = timezone.now()
    shown = replace(page(batch.group_buy, now=now), compound=compound)
    own = {"help": help_for(batch.group_buy, compound)}
    with translation.override(language):
        return link.drawn(shown, language, 20, now=now, **own).decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("at", ["2022-04-11 12:00+08:00", HEADS_ONLY])
def test_every_compounds_link_is_its_own(
    batch: Batch, places: list[Compound], language: str, at: str
) -> None:
    with time_machine.travel(at, tick=False):
        for compound in places:
            path = f"/g/{batch.group_buy.token}/c/{compound.pk}/?lang={language}"
            assert Client().get(path).content.decode() == rendered(
                batch, compound, language
            )
    assert len(link.PAGES) == 1


def plain(form: bytes) -> str:
    """Without what is one reader's: the submit key and the CSRF token."""
    secret = r'name="(key|csrfmiddlewaretoken)" value="[^"]+"'
    return re.sub(secret, r"\1", form.decode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_compounds_form_is_its_own(
    batch: Batch,
    places: list[Compound],
    language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = f"/g/{batch.group_buy.token}/order/?lang={language}&pick=B&c="
    paths = [address + str(compound.pk) for compound in places]
    client = Client()
    client.get(f"/g/{batch.group_buy.token}/?lang={language}")
    paths = [path.replace(f"lang={language}&", "") for path in paths]

    cut = [plain(client.get(path).content) for path in paths + paths[::-1]]

    assert len(fresh_form.FORMS) == 3  # no two of them are alike
    monkeypatch.setattr(fresh_form, "fresh_form", lambda *_: None)
    monkeypatch.setattr("orders.views.ordering.fresh_form", lambda *_: None)
    whole = [plain(client.get(path).content) for path in paths]
    assert cut == whole + whole[::-1]
    assert [" selected>瞿南<" in form for form in whole] == [True, False, False]


def test_compounds_that_are_alike_share_one_form(batch: Batch) -> None:
    town = batch.group_buy.town
    pair = [make_compound(make_committee(town), name) for name in ("东苑", "西苑")]
    other = make_batch(make_group_buy(town, pair))
    address = f"/g/{other.group_buy.token}/order/?c="

    forms = [Client().get(f"{address}{one.pk}").content.decode() for one in pair]

    assert len(fresh_form.FORMS) == 1
    for form, name in zip(forms, ("东苑", "西苑"), strict=True):
        assert form.count(" selected>") == 1
        assert f" selected>{name}<" in form


def test_made_up_addresses_make_no_new_forms(batch: Batch) -> None:
    address = f"/g/{batch.group_buy.token}/order/"
    made_up = [f"?pick=B&pick=no{n}&c={n}{'x' * n}" for n in range(9)]
    forms = {
        plain(Client().get(address + query).content)
        for query in [*made_up, "?pick=B&pick=B", "?c=&pick=&pick=B"]
    }
    assert len(forms) == len(fresh_form.FORMS) == 1


def test_a_compound_that_is_not_served_has_no_page(
    batch: Batch, places: list[Compound]
) -> None:
    elsewhere = make_compound(make_committee(batch.group_buy.town), "别处")
    look = f"/g/{batch.group_buy.token}/c"
    assert Client().get(f"{look}/{places[0].pk}/").status_code == 200
    assert Client().get(f"{look}/{elsewhere.pk}/").status_code == 404
    assert Client().get(f"/g/unknown/c/{places[0].pk}/").status_code == 404
