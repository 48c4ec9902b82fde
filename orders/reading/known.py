"""What a reading knows beforehand, put up for quick look-ups."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from orders.reading.numerals import CHINESE, digits_of
from orders.reading.plain import name_plain
from orders.reading.shapes import Offer, Setting
from orders.reading.towns import town
from orders.reading.words import WORDS, Tag

Home = tuple[str, str, str]
UNCLEAR = "?"  # stands for a code where two could be meant


@dataclass(frozen=True)
class Known:
    setting: Setting

    @cached_property
    def offers(self) -> dict[str, Offer]:
        return {offer.code.upper(): offer for offer in self.setting.offers}

    @cached_property
    def names(self) -> dict[str, str]:
        """Names and aliases that belong to one package only, with its code."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for offer in self.setting.offers:
            for name in (offer.name, *offer.aliases):
                if name_plain(name) and name_plain(name) != offer.code.upper():
                    found[name_plain(name)].add(offer.code.upper())
        named = {
            name: codes.pop()
            for name, codes in found.items()
            if len(codes) == 1 and self._may_be(name)
        }
        return named | self._numbered

    def _may_be(self, name: str) -> bool:
        """A name must not hide a code, a number, or a word that turns a line's meaning."""
        if name in self.offers or name.isdecimal() or set(name) <= CHINESE:
            return False
        return WORDS.get(name, Tag.PACKAGE) in (Tag.PACKAGE, Tag.LIST, Tag.NOISE)

    @property
    def _numbered(self) -> dict[str, str]:
        """Codes like A1, read before A; which is meant is unclear where A is one, too."""
        return {
            code: UNCLEAR if code.rstrip("0123456789") in self.offers else code
            for code in self.offers
            if len(code) > 1 and code[-1].isdecimal()
        }

    @cached_property
    def prices(self) -> dict[str, str]:
        """Whole and broken yuan as people write them, where one package has that price."""
        counted = Counter(offer.price_cents for offer in self.setting.offers)
        return {
            f"{offer.price_cents / 100:.2f}".rstrip("0").rstrip("."): offer.code.upper()
            for offer in self.setting.offers
            if offer.price_cents and counted[offer.price_cents] == 1
        }

    @cached_property
    def words(self) -> dict[str, str]:
        """Every word that the scanner looks for; a package's name gives its code."""
        places = {self.compound: Tag.COMPOUND, self.road: Tag.ROAD_KNOWN}
        places.pop("", None)
        return {
            **WORDS,
            **places,
            **{name: f"={code}" for name, code in self.names.items()},
        }

    @cached_property
    def lengths(self) -> dict[str, tuple[int, ...]]:
        """For a first character, how long the words are that begin with it."""
        found: defaultdict[str, set[int]] = defaultdict(set)
        for word in self.words:
            found[word[0]].add(len(word))
        return {c: tuple(sorted(n, reverse=True)) for c, n in found.items()}

    @cached_property
    def compound(self) -> str:
        return name_plain(self.setting.compound)

    @cached_property
    def lane(self) -> str:
        """The compound's own number in its road: 500 of 紫龙路500弄."""
        return self._address[1]

    @cached_property
    def road(self) -> str:
        return self._address[0]

    @cached_property
    def _address(self) -> tuple[str, str]:
        text = name_plain(self.setting.address)
        text = text[town(text)[1] :]
        for word in ("弄", "号"):
            front, found, _ = text.partition(word)
            if found:
                name = front.rstrip("".join(CHINESE) + "0123456789")
                number = front[len(name) :]
                digits = number if number.isdecimal() else digits_of(number)
                if digits:
                    return name, digits.lstrip("0")
        return text, ""

    def rooms(self, building: str, room: str) -> list[Home]:
        """The roster's homes of that building and room, in whichever unit."""
        return self._by_room.get((building, room), [])

    def run_together(self, digits: str) -> list[Home]:
        """The roster's homes whose parts, written without a gap, are these digits."""
        return self._by_digits.get(digits, [])

    @cached_property
    def _by_room(self) -> dict[tuple[str, str], list[Home]]:
        found: defaultdict[tuple[str, str], list[Home]] = defaultdict(list)
        for home in sorted(self.setting.homes):
            found[home[0], home[2]].append(home)
        return dict(found)

    @cached_property
    def _by_digits(self) -> dict[str, list[Home]]:
        found: defaultdict[str, list[Home]] = defaultdict(list)
        for home in sorted(self.setting.homes):
            building, unit, room = home
            for spelt in {building + unit + room, building + room}:
                found[spelt].append(home)
        return dict(found)
