"""The head of a building, volunteers and staff: what each does over and over."""

import itertools
import re
import time
from urllib.parse import urlencode

from delivery.models import AccessLink
from delivery.queries.links import link_path
from groupbuy.community.queries.head_links import head_link_path
from tests import factories
from tests.bench.town import ROOMS
from tests.chaos.crowd import Day, Line
from tests.chaos.ground import PASSWORD, STAFF, Ground
from tests.soak.people import Hand, Tally, fields_of

BUILDING = "10"
RESTS = 5.0  # seconds before the cutoff; soon after it the address opens nothing
ROOMS_OF_HEAD = ROOMS[-8:]  # the last of all homes: no resident gets as far
GATE = re.compile(r'action="(/v/[^"]*/arrived/)"')
BUILDINGS = re.compile(r'href="/v/[^"]*/building/\?b=([^"&]+)"')
DOOR = re.compile(r'action="(/v/[^"]*/home/\d+/done/)"')
BUILT = "SELECT max(batch_id) FROM delivery_paperwork"
SEEDS = """
SELECT seed FROM delivery_accesslink
WHERE batch_id = %s AND kind = 'volunteer' AND revoked_at IS NULL ORDER BY id
"""


class Head:
    """Pastes a chain that has grown by a line, and hands it in; a new one every day."""

    def __init__(self, ground: Ground, tally: Tally) -> None:
        self.hand = Hand(Line(ground.site.port), tally)
        first = ground.town.world.compounds[0]
        link = factories.make_head_link(first.buildings.get(name=BUILDING), "王阿姨")
        self.path = head_link_path(link)
        self.today = (0, 0.0)  # the batch, and its cutoff (monotonic)
        self.handed: dict[int, int] = {}  # homes, by batch

    def begin(self, day: Day, until: float) -> None:
        self.handed[day.batch] = 0
        self.today = (day.batch, until)

    def work(self) -> None:
        batch, until = self.today
        if time.monotonic() > until - RESTS:
            return
        rooms = ROOMS_OF_HEAD[: self.handed[batch] + 1]
        chain = "\n".join(f"{BUILDING}-{room} A1" for room in rooms)
        path = f"{self.path}paste/{batch}/"
        taken = self._press("paste", path, until, do="paste", text=chain)
        if taken and self._press("hand in", path, until, do="hand"):
            self.handed[batch] = len(rooms)

    def _press(self, what: str, path: str, until: float, **fields: str) -> bool:
        sent = fields_of(self.hand.look("paste page", path)) | fields
        return self.hand.press(what, path, urlencode(sent), until)


class Volunteers:
    """Tick the newest day that is on paper, compound after compound."""

    def __init__(self, ground: Ground, tally: Tally) -> None:
        self.ground = ground
        self.hand = Hand(Line(ground.site.port), tally)
        self.turns = itertools.count()

    def work(self) -> None:
        rows = self.ground.cluster.rows
        links = [
            AccessLink(kind=AccessLink.Kind.VOLUNTEER, seed=seed)
            for (seed,) in rows(SEEDS, rows(BUILT)[0])
        ]
        if not links:
            return
        turn = next(self.turns)
        path = link_path(links[turn % len(links)])
        page = self._page("volunteer", path)
        for gate in GATE.findall(page):
            self._tick("gate", gate)
        if buildings := BUILDINGS.findall(page):
            self._building(path, buildings[turn // len(links) % len(buildings)])

    def _building(self, path: str, name: str) -> None:
        """One home by itself, then all of the building."""
        door = f"{path}building/"
        homes = DOOR.findall(self._page("building", f"{door}?b={name}"))
        for home in homes[:1]:
            self._tick("door", home)
        if homes:
            self._tick("whole building", f"{door}done/", b=name)

    def _page(self, what: str, path: str) -> str:
        self.page = self.hand.look(what, path)
        return self.page

    def _tick(self, what: str, action: str, **fields: str) -> None:
        self.hand.press(what, action, urlencode(fields_of(self.page) | fields))


class Desk:
    """Staff: the days, the open one, the closed one with its progress, and the alarms."""

    def __init__(self, ground: Ground, tally: Tally) -> None:
        self.ground = ground
        cookie = ground.sign_in(STAFF, PASSWORD).cookie
        self.hand = Hand(Line(ground.site.port), tally, cookie)
        self.day: Day | None = None

    def work(self) -> None:
        self.hand.look("desk", "/desk/batches/")
        self.hand.look("alarms", "/desk/state/")
        built = self.ground.cluster.rows(BUILT)[0][0]
        for batch in {built, self.day.batch if self.day else None} - {None}:
            self.hand.look("batch page", f"/desk/batches/{batch}/")
            self.hand.look("progress", f"/desk/batches/{batch}/progress/")
