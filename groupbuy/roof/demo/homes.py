"""Invented residents: which homes order, who they are, what they wish for."""

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.models import Batch, ServedPlace, Stock
from groupbuy.community.models import Compound, Household
from groupbuy.roof.demo import chance
from orders.models import Wish

SURNAMES = "王李张刘陈杨赵黄周吴徐孙朱马胡郭林何高罗"
TITLES = ("阿姨", "先生", "师傅", "女士", "老师", "奶奶", "爷爷")
NOTES = ("请放门口", "老人在家，请敲门", "谢谢志愿者", "送到请打电话")
WRITTEN = (("{}", "{}"), ("{}号楼", "{}室"), ("{}号", "{}"))  # building, room
INVENTED = (18, 6, 4)  # buildings, floors, doors, where there is no roster
MS_WEI = ("品质苑", "3", "502")  # the report's family of four; the room is invented


@dataclass(frozen=True)
class Resident:
    """One invented person at one home: of the roster, or invented too."""

    compound: Compound
    building: str
    unit: str
    room: str

    @property
    def mark(self) -> str:
        return f"{self.compound.name}/{self.building}/{self.unit}/{self.room}"

    @property
    def is_ms_wei(self) -> bool:
        return (self.compound.name, self.building, self.room) == MS_WEI

    @property
    def name(self) -> str:
        if self.is_ms_wei:
            return "魏女士"
        surname = chance.one_of(SURNAMES, "surname", self.mark)
        return surname + chance.one_of(TITLES, "title", self.mark)

    @property
    def phone(self) -> str:
        """Of a block of numbers kept for examples throughout the demo."""
        return f"1380000{1000 + chance.number(9000, 'phone', self.mark)}"

    def wish(self, items: dict[int, int], day: str) -> Wish:
        noted = chance.happens(12, "note", self.mark, day)
        building, room = chance.one_of(WRITTEN, "written", self.mark)
        return Wish(
            compound_id=self.compound.pk,
            building=building.format(self.building),
            unit=self.unit,
            room=room.format(self.room),
            items=items,
            name=self.name,
            phone=self.phone,
            note=chance.one_of(NOTES, "which", self.mark) if noted else "",
            name_in_feed=chance.happens(40, "feed", self.mark),
        )


def residents(batch: Batch, names: list[str], each: int, day: str) -> list[Resident]:
    """``each`` homes of every named compound, where this group buy comes to."""
    places = ServedPlace.objects.filter(
        group_buy=batch.group_buy, compound__name__in=names
    ).select_related("compound")
    return [resident for place in places for resident in some(place, each, day)]


def some(place: ServedPlace, each: int, day: str) -> Iterator[Resident]:
    keys = roster(place) if place.compound.has_roster else invented()
    start = chance.number(7, place.compound.name, day)
    chosen = [
        Resident(place.compound, *key) for key in chance.spread(keys[start:], each)
    ]
    if place.compound.name == MS_WEI[0]:
        chosen = [who for who in chosen if not who.is_ms_wei]
        yield Resident(place.compound, MS_WEI[1], "", MS_WEI[2])
    yield from chosen


def roster(place: ServedPlace) -> list[tuple[str, str, str]]:
    """Building, unit and room of every known home that is served."""
    homes = Household.objects.filter(building__compound=place.compound)
    if place.building_id:
        homes = homes.filter(building=place.building_id)
    return list(
        homes.order_by("building__sort", "sort").values_list(
            "building__name", "unit", "room"
        )
    )


def invented() -> list[tuple[str, str, str]]:
    """Homes as somebody could write them where nobody keeps a list."""
    buildings, floors, doors = (range(1, count + 1) for count in INVENTED)
    return [
        (str(building), "", f"{floor}{door:02d}")
        for building in buildings
        for floor in floors
        for door in doors
    ]


def choice(resident: Resident, stock: list[Stock], day: str) -> dict[int, int]:
    """One to three packages, the first two of the list most often; within the limit."""
    count = 1 + chance.number(3, "count", resident.mark, day)
    items: dict[int, int] = {}
    for turn in range(count):
        likely = (
            stock[:2]
            if chance.happens(45, "likely", resident.mark, day, turn)
            else stock
        )
        row = chance.one_of(likely, "package", resident.mark, day, turn)
        wanted = 2 if chance.happens(15, "two", resident.mark, day, turn) else 1
        items[row.pk] = min(wanted, row.household_limit)
    return items
