"""The town's places, as the staff's overview shows them."""

from django.db.models import Count, Prefetch, QuerySet

from groupbuy.community.models import Building, Committee, Compound, User
from groupbuy.community.queries.visible import towns_of


def committees_with_counts(user: User) -> QuerySet[Committee]:
    """Committees of the person's towns: how many compounds, buildings, homes each has."""
    return (
        Committee.objects.filter(town__in=towns_of(user))
        .select_related("town")
        .annotate(
            compound_count=Count("compounds", distinct=True),
            building_count=Count("compounds__buildings", distinct=True),
            home_count=Count("compounds__buildings__households", distinct=True),
        )
        .order_by("town__name", "code")
    )


def compounds_with_places(committee: Committee) -> QuerySet[Compound]:
    """The committee's compounds with gates, and buildings with their number of homes."""
    buildings = Building.objects.annotate(home_count=Count("households"))
    return committee.compounds.order_by("name").prefetch_related(
        "gates",
        Prefetch("buildings", buildings.order_by("sort").select_related("gate")),
    )
