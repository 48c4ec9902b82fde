"""Every door against every role and place, in one table; a new address without a row fails.

A row says who may, and what whoever may gets for GET and for an empty POST. All others get
nothing: the sign-in where staff's pages are and nobody has signed in, 404 elsewhere (or 405
where the door does not take that method at all), 401 to 404 from the API. ``302 town:200``
is one role's own answer.
"""

from collections.abc import Iterable, Mapping

from django.urls import URLPattern

from tests.house.doors import BY_ACCOUNT, ROLES, House
from tests.house.world import PLACES

OWN_TOWN = PLACES[:3]
Pairs = frozenset[tuple[str, str]]


def pairs(**places: Iterable[str]) -> Pairs:
    return frozenset((role, place) for role, where in places.items() for place in where)


def own(*roles: str) -> Pairs:
    """For addresses that name nothing: everybody sees their own behind them."""
    return pairs(**{role: ["own"] for role in roles})


TOWN = pairs(town=OWN_TOWN, foreign=["town"], super=PLACES)
COMMITTEE = TOWN | pairs(committee=["own", "building"])
MAY: Mapping[str, Pairs] = {
    "everybody": pairs(**dict.fromkeys(ROLES, PLACES)),
    "none": frozenset(),
    "all accounts": own(*BY_ACCOUNT),
    "all staff": own("committee", "town", "foreign", "super"),
    "all town staff": own("town", "foreign", "super"),
    "town": TOWN,
    "committee": COMMITTEE,
    "head": COMMITTEE | own("head"),
    "a head": own("head"),
    "second hand": pairs(town=OWN_TOWN, foreign=["town"]),  # who makes accounts is none
    "asker": pairs(committee=["own", "building"]),
    "head link": own("headlink"),
    "owner": own("resident"),
    "volunteer": pairs(volunteer=["own", "building"]),  # one link for a compound
    "supplier": own("supplier"),
    "lists key": pairs(lists=OWN_TOWN),
    "supply key": pairs(supply=OWN_TOWN),
}
TABLE = """
name                    | who may        | GET                         | an empty POST
healthz                 | everybody      | 200                         | 200
close-due               | all town staff | 405                         | 302
site-state              | all town staff | 200                         | 405
sign-in                 | everybody      | 200 account:302             | 200 account:302
sign-out                | everybody      | 405                         | in?
second-factor           | all accounts   | 200                         | 200
recovery-codes          | none           | 404                         | 404
phone-lost              | all accounts   | 405                         | 302
prove-again             | all staff      | 200                         | 422
desk                    | all accounts   | 302                         | 302
places                  | all town staff | 200                         | 200
places-import           | all town staff | 200                         | 200
places-sample           | all town staff | 200                         | 200
places-committee        | town           | 200                         | 200
suppliers               | all town staff | 200                         | 200
supplier-new            | all town staff | 200                         | 200
supplier                | town           | 200                         | 200
paper-new               | town           | 405                         | 422
paper-drop              | town           | 405                         | 302
supplier-suspend        | town           | 405                         | 422
supplier-resume         | town           | 405                         | 302
packages                | all town staff | 200                         | 200
package-new             | all town staff | 200                         | 200
package                 | town           | 200                         | 200
package-version         | town           | 405                         | 422
package-copy            | town           | 405                         | 422
group-buys              | all town staff | 200                         | 200
group-buy-new           | all town staff | 200                         | 200
group-buy               | town           | 200                         | 200
group-buy-edit          | town           | 200                         | 200
group-buy-publish       | town           | 405                         | 302
group-buy-end           | town           | 405                         | 302
group-buy-places        | town           | 200                         | 200
offer-new               | town           | 200                         | 200
offer                   | town           | 200                         | 200
offer-withdraw          | town           | 405                         | 302
offer-restore           | town           | 405                         | 302
group-buy-preview       | town           | 200                         | 200
home                    | everybody      | 200                         | 405
privacy                 | everybody      | 200                         | 405
guide-heads             | everybody      | 200                         | 405
guide-volunteers        | everybody      | 200                         | 405
link                    | everybody      | 200                         | 405
link-compound           | everybody      | 200                         | 405
order                   | everybody      | 200                         | 404
want                    | everybody      | 405                         | 200
my-order-link           | owner          | 302                         | 405
mine                    | everybody      | 200                         | 405
my-order                | owner          | 200                         | 405
my-order-code           | owner          | 200                         | 405
my-order-change         | owner          | 200                         | 200
my-order-cancel         | owner          | 200                         | 302
heads                   | committee      | 200                         | 405
building-add            | committee      | 405                         | 302
heads-link-make         | committee      | 405                         | 302
heads-link-revoke       | committee      | 405                         | 302
handed-in               | committee      | 200                         | 405
call-list               | committee      | 200                         | 405
call-list-called        | committee      | 405                         | 302
buildings               | a head         | 302                         | 405
head                    | head link      | 200                         | 405
building                | head           | 200                         | 405
head-orders             | head link      | 200                         | 405
building-orders         | head           | 200                         | 405
head-grid               | head link      | 200                         | 302
building-grid           | head           | 200                         | 302
head-paste              | head link      | 200                         | 409
building-paste          | head           | 200                         | 409
head-pasted             | head link      | 200                         | 405
building-pasted         | head           | 200                         | 405
today                   | all town staff | 200                         | 405
today-batch             | town           | 200                         | 405
today-live              | town           | 200                         | 405
today-cutoff            | town           | 405                         | 409
today-notice            | town           | 405                         | 302
close-now               | town           | 200                         | 302
call-off                | town           | 200                         | 409
row-quota               | town           | 405                         | 409
row-held                | town           | 405                         | 409
row-pause               | town           | 405                         | 302
row-resume              | town           | 405                         | 302
row-call-off            | town           | 200                         | 409
group-buy-preview-page  | town           | 200                         | 405
find-order              | all staff      | 200                         | 405
desk-order              | committee      | 200                         | 405
desk-order-change       | committee      | 200                         | 409
desk-order-cancel       | committee      | 405                         | 302
desk-order-void         | committee      | 405                         | 409
desk-order-paid         | committee      | 405                         | 302
desk-order-phone        | committee      | 405                         | 200
committee               | all staff      | 200 committee:302 foreign:302 | 405
committee-compound      | committee      | 200                         | 405
committee-paid          | committee      | 405                         | 302
batches                 | all staff      | 200                         | 405
batch                   | committee      | 200                         | 405
batch-progress          | committee      | 200                         | 405
print-all               | town           | 405                         | 302
late-order              | town           | 200                         | 409
late-home               | town           | 200                         | 409
withdraw-order          | committee      | 200                         | 409
batch-compound          | committee      | 200                         | 405
print-sheet             | committee      | 405                         | 302
gate-not-arrived        | committee      | 405                         | 302
building-not-done       | committee      | 405                         | 302
batch-supplier          | town           | 200                         | 405
handoff-sent            | town           | 405                         | 302
handoff-received        | town           | 405                         | 302
revoke-link             | committee      | 405                         | 302
sheet                   | committee      | 302                         | 405
sheet-release           | committee      | 200                         | 409
release-confirm         | second hand    | 405                         | 302
release-take            | asker          | 405                         | 302
publishing-packs        | committee      | 200                         | 405
publishing-pack         | committee      | 200                         | 405
publishing-code-png     | committee      | 200                         | 405
publishing-code-svg     | committee      | 200                         | 405
publishing-notice       | committee      | 200                         | 405
volunteer               | volunteer      | 200                         | 405
volunteer-building      | volunteer      | 200                         | 405
volunteer-done          | volunteer      | 405                         | 302
volunteer-not-done      | volunteer      | 405                         | 302
volunteer-arrived       | volunteer      | 405                         | 302
volunteer-not-arrived   | volunteer      | 405                         | 302
volunteer-phone         | volunteer      | 405                         | 200
volunteer-home-done     | volunteer      | 405                         | 302
volunteer-home-not-done | volunteer      | 405                         | 302
volunteer-taps          | volunteer      | 405                         | 422
volunteer-worker        | volunteer      | 200                         | 405
volunteer-print         | volunteer      | 405                         | 302
volunteer-sheet         | volunteer      | 302                         | 405
supplier-link           | supplier       | 200                         | 405
supplier-received       | supplier       | 405                         | 302
supplier-paper          | supplier       | 200                         | 405
api-group-buys          | everybody      | 200                         | 405
api-group-buy           | everybody      | 200                         | 405
api-batch               | everybody      | 200                         | 405
api-place-order         | everybody      | 405                         | 400
api-order               | owner          | 200                         | 405
api-pickup-lists        | lists key      | 200                         | 405
api-pickup-list         | lists key      | 200                         | 405
api-supply-orders       | supply key     | 200                         | 405
api-supply-order        | supply key     | 200                         | 405
api-schema              | everybody      | 200                         | 200
"""
ROWS = {
    name: (who, {"GET": get, "POST": post})
    for name, who, get, post in (
        [cell.strip() for cell in line.split("|")]
        for line in TABLE.strip().splitlines()[1:]
    )
}
API = {name for name in ROWS if name.startswith("api-")}


def told(cell: str, role: str) -> str:
    """The row's answer for this role."""
    first, *own_answers = cell.split()
    special = dict(answer.split(":") for answer in own_answers)
    return special.get(role) or (role in BY_ACCOUNT and special.get("account")) or first


def allowed(door: URLPattern, cell: str, role: str) -> set[str]:
    """What a stranger may get."""
    path = str(door.pattern)
    if door.name in API:
        nothing = {"401", "403", "404"}
    elif path.startswith("desk/") and role not in BY_ACCOUNT:
        return {"in?"}
    else:
        nothing = {"404"}
    return nothing | ({"405"} & {cell.split()[0]})


def wrong(house: House, door: URLPattern) -> dict[str, str]:
    """Every answer that is not as the row says."""
    who, cells = ROWS[str(door.name)]
    found = {}
    for method, cell in cells.items():
        for (role, place), answer in house.answers(door, method).items():
            is_in = (role, place) in MAY[who]
            fits = {told(cell, role)} if is_in else allowed(door, cell, role)
            if answer not in fits:
                found[f"{door.name}: {role} at {place}, {method}"] = answer
    return found
