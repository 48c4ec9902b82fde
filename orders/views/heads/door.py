"""The one door to a building's pages: by a signed link, or by an account.

A stranger, a revoked link, somebody else's building: there is nothing here (404). No page of
these is kept by a cache.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from catalog.models import Batch
from groupbuy.community.models import Actor, Building, head, staff
from groupbuy.community.queries.head_links import head_link_by_token
from groupbuy.community.queries.visible import buildings_headed_by, buildings_of
from groupbuy.shared.web.refusals import csrf_failure
from orders.actions.open_list import open_list
from orders.states import Channel
from orders.views.origin import csrf_lost

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Door:
    """Who came in, to which building; ``token`` is that of the link, "" by account."""

    actor: Actor
    building: Building
    token: str = ""

    def url(self, page: str = "", **more: object) -> str:
        """The address of a page of this building (its name without ``head-``), same way in."""
        name = "head" if self.token else "building"
        place = (
            {"token": self.token} if self.token else {"building_id": self.building.pk}
        )
        return reverse("-".join(filter(None, [name, page])), kwargs=place | more)

    def context(self, now: datetime) -> dict[str, object]:
        """What every page of a building shows."""
        place = self.building.compound
        return {"door": self, "building": self.building, "compound": place, "now": now}

    def opens(self, page: str, batch: Batch, *, homes: int, now: datetime) -> None:
        """Notes that ``page`` of this building, a list of homes, is on the screen."""
        place, part = self.building.compound_id, self.building.name
        by = self.actor
        open_list(
            page, batch, homes=homes, by=by, now=now, compound_id=place, part=part
        )

    @property
    def channel(self) -> str:
        """A head hands in; the committee and the town order for somebody."""
        return Channel.HEAD if self.actor.is_head else Channel.PROXY


def open_door(request: HttpRequest, *, token: str = "", building_id: int = 0) -> Door:
    """Raises Http404 for everybody who has no business in this building."""
    if token:
        link = head_link_by_token(token)
        if link is None:
            raise Http404
        actor = head([link.building_id], link_id=link.pk)
        return Door(actor, link.building, token)
    user = request.user
    if not user.is_authenticated:
        raise Http404
    with_places = "compound__committee__town"
    looked_after = buildings_of(user).select_related(with_places)
    if found := looked_after.filter(pk=building_id).first():
        return Door(staff(user), found)
    headed = buildings_headed_by(user).select_related(with_places)
    return Door(head([building_id], user), get_object_or_404(headed, pk=building_id))


def building_page(view: View) -> View:
    """Turns the address, of either way in, into the view's ``Door``.

    Behind a link there is no CSRF check. Such a check keeps another site from using a right
    that a browser lends by itself, a cookie; here the right is the address's token, and no
    cookie is looked at, not even that of somebody signed in. Whoever knows the token needs
    nobody's browser to misuse it, and whoever does not gets 404. So a lost cookie does not
    cost what was typed.
    """

    @wraps(view)
    def opened(
        request: HttpRequest, token: str = "", building_id: int = 0, **more: object
    ) -> HttpResponse:
        if not token and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        door = open_door(request, token=token, building_id=building_id)
        if not token and request.method == "POST" and csrf_lost(request):
            return csrf_failure(request)
        return view(request, door, **more)

    return csrf_exempt(never_cache(opened))
