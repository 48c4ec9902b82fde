"""What is sold, as everybody may see it: no purchase price, no number of what others took."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.models import Batch, GroupBuy, Stock
from catalog.queries.public import with_contents
from groupbuy.shared.api.fields import CentsField, ClockField, Text
from groupbuy.shared.api.paging import PageQuery, PageSerializer
from groupbuy.shared.money import per_500_grams

OFFER_STATES = ["available", "sold_out", "paused", "called_off", "closed"]


class GroupBuyQuery(PageQuery):
    town = Text(
        required=False,
        pattern="[-a-zA-Z0-9_]{1,30}",
        help_text="A town's short name: only its group buys.",
    )


class TownSerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()
    hotline = serializers.CharField(help_text='Help line, "" where there is none.')


class BatchSerializer(serializers.Serializer):
    """One day: order until `until`, delivered on `delivery_on` within the window."""

    id = serializers.IntegerField()
    state = serializers.ChoiceField(choices=Batch.State.choices)
    opens_at = serializers.DateTimeField()
    until = serializers.DateTimeField(
        source="until_link", help_text="The first instant that is too late."
    )
    delivery_on = serializers.DateField()
    window_from = ClockField()
    window_to = ClockField()
    notice = serializers.CharField(help_text="What the town has to say today, or none.")


class GroupBuySerializer(serializers.Serializer):
    token = serializers.CharField(help_text="Opens the shared page `/g/<token>/`, too.")
    title = serializers.CharField()
    town = TownSerializer()
    is_sample = serializers.BooleanField(help_text="Invented data.")
    contact_name = serializers.CharField()
    contact_phone = serializers.CharField()
    remedy = serializers.CharField(
        help_text="What happens when something is missing, wrong or refunded."
    )
    ended_at = serializers.DateTimeField(allow_null=True)
    batch = serializers.SerializerMethodField(help_text="The day open now, if any.")

    @extend_schema_field(BatchSerializer(allow_null=True))
    def get_batch(self, group_buy: GroupBuy) -> Any:
        found: list[Batch] = group_buy.open_batches  # type: ignore[attr-defined]
        return BatchSerializer(found[0]).data if found else None


class GroupBuyPageSerializer(PageSerializer):
    results = GroupBuySerializer(many=True)


class PlaceSerializer(serializers.Serializer):
    """A compound that is served: whole where `buildings` is empty, else only these."""

    compound = serializers.IntegerField(help_text="To be named in an order.")
    name = serializers.CharField()
    address = serializers.CharField()
    has_roster = serializers.BooleanField(
        help_text="Only homes of its roster can order."
    )
    buildings = serializers.ListField(child=serializers.CharField())


class GroupBuyDetailSerializer(GroupBuySerializer):
    places = serializers.SerializerMethodField()

    @extend_schema_field(PlaceSerializer(many=True))
    def get_places(self, group_buy: GroupBuy) -> Any:
        by_compound: dict[int, dict[str, Any]] = {}
        for served in group_buy.places.all():
            compound = served.compound
            place = by_compound.setdefault(
                compound.pk,
                {
                    "compound": compound.pk,
                    "name": compound.name,
                    "address": compound.address,
                    "has_roster": compound.has_roster,
                    "whole": False,
                    "buildings": [],
                },
            )
            place["whole"] |= served.building is None
            place["buildings"] += [served.building.name] if served.building else []
        for place in by_compound.values():
            place["buildings"] *= not place["whole"]
        return PlaceSerializer(by_compound.values(), many=True).data


class ItemSerializer(serializers.Serializer):
    name = serializers.CharField()
    quantity = serializers.CharField(help_text="In words: `10枚`, `5公斤`.")
    possible = serializers.CharField(
        help_text="What it may be when supply decides on the day."
    )


class SupplierSerializer(serializers.Serializer):
    name = serializers.CharField()
    contact = serializers.CharField()
    phone = serializers.CharField(help_text="After-sales service.")


class OfferSerializer(serializers.Serializer):
    """One package of the day, frozen when the day opened."""

    stock = serializers.IntegerField(source="pk", help_text="To be named in an order.")
    code = serializers.CharField()
    title = serializers.CharField()
    supplier = SupplierSerializer()
    price_cents = CentsField()
    household_limit = serializers.IntegerField(help_text="At most so many a home.")
    state = serializers.SerializerMethodField()
    left = serializers.SerializerMethodField(
        help_text="What can be ordered now; 0 unless `available`."
    )
    items = ItemSerializer(many=True, source="version.items.all")
    weight_grams = serializers.IntegerField(
        source="version.weight_grams", allow_null=True
    )
    volume_note = serializers.CharField(
        source="version.volume_note", help_text="Weight or volume in words."
    )
    price_per_500_g_cents = serializers.SerializerMethodField(
        help_text="Where the weight is known."
    )

    @extend_schema_field(serializers.ChoiceField(choices=OFFER_STATES))
    def get_state(self, stock: Stock) -> str:
        if not stock.is_open:
            return "closed"
        if stock.called_off_at is not None:
            return "called_off"
        if stock.paused_at is not None:
            return "paused"
        return "available" if stock.free_for_link else "sold_out"

    def get_left(self, stock: Stock) -> int:
        return stock.free_for_link if self.get_state(stock) == "available" else 0

    @extend_schema_field(CentsField(allow_null=True))
    def get_price_per_500_g_cents(self, stock: Stock) -> int | None:
        grams = stock.version.weight_grams
        return per_500_grams(stock.price_cents, grams) if grams else None


class BatchDetailSerializer(BatchSerializer):
    group_buy = serializers.CharField(
        source="group_buy.token", help_text="The group buy's token."
    )
    called_off_reason = serializers.CharField()
    offers = serializers.SerializerMethodField(help_text="By code.")

    @extend_schema_field(OfferSerializer(many=True))
    def get_offers(self, batch: Batch) -> Any:
        return OfferSerializer(with_contents(batch), many=True).data
