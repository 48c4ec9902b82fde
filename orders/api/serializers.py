"""An order as it is sent and as it is answered; the owner's number comes back masked."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from groupbuy.shared.api.answers import ProblemSerializer
from groupbuy.shared.api.fields import (
    CentsField,
    ClockField,
    Exact,
    Text,
    Whole,
    YesNo,
)
from orders.actions.basket import MOST_OF_ONE, until
from orders.models import Order
from orders.states import OrderState

MOST_LINES = 50


class WantedSerializer(Exact):
    """Lines of one package are added up."""

    stock = Whole(help_text="An offer's `stock`.")
    quantity = Whole(max_value=MOST_OF_ONE)


class WishSerializer(Exact):
    """One home's wish. Characters that nobody can see are dropped from every text."""

    compound = Whole(help_text="A place's `compound`.")
    building = Text(max_length=30, help_text="`3`, `3号楼` and `３` are the same.")
    unit = Text(max_length=20, required=False, default="")
    room = Text(max_length=30)
    items = serializers.ListField(
        child=WantedSerializer(), min_length=1, max_length=MOST_LINES
    )
    name = Text(
        max_length=20, required=False, default="", help_text="What to call the home."
    )
    note = Text(max_length=60, required=False, default="")
    name_in_feed = YesNo(
        required=False,
        default=False,
        help_text="Show the name, masked, among the latest orders.",
    )


PHONE = "A mobile of 11 digits, or a landline such as 021-54331234."


class NewOrderSerializer(WishSerializer):
    submit_key = Text(
        pattern="[A-Za-z0-9_-]{16,64}",
        help_text="Made by you, random, a new one for every new order, kept secret. The"
        " same key always means the same order, so a request whose answer got lost can"
        " simply be sent again.",
    )
    phone = Text(max_length=30, help_text=PHONE)


class ChangedOrderSerializer(WishSerializer):
    phone = Text(
        max_length=30, required=False, help_text=f"{PHONE} Left out: stays as it is."
    )


class LineSerializer(serializers.Serializer):
    stock = serializers.IntegerField(source="stock_id")
    code = serializers.CharField(source="stock.code")
    title = serializers.CharField(source="stock.title")
    quantity = serializers.IntegerField(min_value=1)
    price_cents = CentsField(source="stock.price_cents")


class OrderSerializer(serializers.Serializer):
    number = serializers.CharField(help_text="To be told to staff; opens nothing.")
    state = serializers.ChoiceField(choices=OrderState.choices)
    group_buy = serializers.CharField(
        source="batch.group_buy.token", help_text="The group buy's token."
    )
    batch = serializers.IntegerField(source="batch_id")
    delivery_on = serializers.DateField(source="batch.delivery_on")
    window_from = ClockField(source="batch.window_from")
    window_to = ClockField(source="batch.window_to")
    until = serializers.SerializerMethodField(
        help_text="The first instant that is too late to change or cancel."
    )
    placed_at = serializers.DateTimeField()
    compound = serializers.IntegerField(source="compound_id")
    building = serializers.CharField()
    unit = serializers.CharField()
    room = serializers.CharField()
    name = serializers.CharField()
    phone_masked = serializers.SerializerMethodField(help_text="`138****8000`")
    note = serializers.CharField()
    name_in_feed = serializers.BooleanField()
    lines = LineSerializer(many=True)
    total_cents = CentsField()
    paid_cents = CentsField()
    due_cents = CentsField(help_text="Still to be paid; below 0: to be given back.")
    ended_reason = serializers.CharField(help_text="Why staff ended it, if so.")

    @extend_schema_field(OpenApiTypes.DATETIME)
    def get_until(self, order: Order) -> str:
        moment = until(order.batch, order.channel)
        return str(serializers.DateTimeField().to_representation(moment))

    def get_phone_masked(self, order: Order) -> str:
        return f"{order.phone[:3]}****{order.phone[-4:]}" if order.phone else ""


class PlacedSerializer(OrderSerializer):
    token = serializers.CharField(
        help_text="Opens this order: `Authorization: Order <token>`, or `/o/<token>/`."
    )


class NearestSerializer(serializers.Serializer):
    building = serializers.CharField()
    unit = serializers.CharField()
    room = serializers.CharField()


class RefusalSerializer(ProblemSerializer):
    """`code` is one of `late`, `sold_out`, `over_limit`, `no_such_home`,
    `several_homes`, `not_served`, `other_body`, `foreign`, `phone`, `missing`, `quantity`,
    `too_long`, `room`, `too_many`, `state`."""

    stocks = serializers.ListField(
        child=serializers.IntegerField(),
        required=False,
        help_text="With `sold_out` and `over_limit`: the packages concerned.",
    )
    nearest = NearestSerializer(
        many=True,
        required=False,
        help_text="With `no_such_home`: up to three homes like it; with `several_homes`"
        " (the unit is missing): those that it may be.",
    )
