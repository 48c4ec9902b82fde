"""Who orders what: homes of the roster, invented ones where there is none."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Sum
from django.db.models.functions import Coalesce

from catalog.models import Batch, GroupBuy
from groupbuy.community.models import Household

SURNAMES = "魏王李张刘陈杨赵黄周吴徐孙朱马胡郭林何高"
TITLES = ("阿姨", "先生", "师傅", "女士", "老师")


@dataclass(frozen=True)
class Resident:
    """One invented resident of a real home; ``seed`` decides what is bought."""

    compound_id: int
    building: str
    unit: str
    room: str
    name: str
    phone: str
    seed: int


def open_group_buy(token: str = "") -> GroupBuy | None:
    """The one meant, or else the open one with most left to sell."""
    is_open = Batch.objects.filter(group_buy=OuterRef("pk"), state=Batch.State.OPEN)
    found = GroupBuy.objects.filter(Exists(is_open), published_at__isnull=False)
    if token:
        return found.filter(token=token).first()
    left = Sum(F("batches__stock__quota") - F("batches__stock__reserved"))
    return found.annotate(left=Coalesce(left, 0)).order_by("-left").first()


def residents(
    group_buy: GroupBuy, count: int, *, seed: int = 2022
) -> Iterator[Resident]:
    """``count`` residents of different homes as far as there are homes; always the same."""
    dice = random.Random(seed)  # noqa: S311 - a story, no secret  # nosec B311
    homes = _homes(group_buy, count)
    dice.shuffle(homes)
    for n in range(count):
        compound, building, unit, room = homes[n % len(homes)]
        name = dice.choice(SURNAMES) + dice.choice(TITLES)
        phone = f"1380000{n % 10000:04d}"
        yield Resident(
            compound, building, unit, room, name, phone, dice.randrange(2**31)
        )


def _homes(group_buy: GroupBuy, count: int) -> list[tuple[int, str, str, str]]:
    places = group_buy.places.all()
    whole = places.filter(building__isnull=True)
    fields = ("building__compound", "building__name", "unit", "room")
    roster = Household.objects.filter(
        building__compound__in=whole.values("compound")
    ) | Household.objects.filter(building__in=places.values("building"))
    homes = list(roster.order_by("pk").values_list(*fields))
    for place in whole.filter(compound__has_roster=False):
        homes += _invented(place.compound_id, count)
    return homes


def _invented(compound_id: int, count: int) -> list[tuple[int, str, str, str]]:
    """Homes of a compound without a roster: 30 buildings of six floors and four doors."""
    per_building = 24
    return [
        (
            compound_id,
            str(n // per_building % 30 + 1),
            "",
            f"{n % per_building // 4 + 1}{n % 4 + 1:02d}",
        )
        for n in range(min(count, 30 * per_building))
    ]
