"""Papers as data. Like the paper: no phone, no name, and for suppliers no home at all."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from delivery.documents.ink import without_phones
from delivery.models import PickupList, SupplyOrder
from delivery.queries.by_key import differences_of, handoff_of
from delivery.queries.rows import Row, rows_of_lists
from delivery.queries.supply import loads, totals
from groupbuy.shared.api.fields import CentsField, ClockField, WholeInQuery
from groupbuy.shared.api.paging import PageQuery, PageSerializer


class PapersQuery(PageQuery):
    batch = WholeInQuery(required=False, default=None, help_text="Only this day's.")


class DaySerializer(serializers.Serializer):
    id = serializers.IntegerField()
    title = serializers.CharField(source="group_buy.title")
    delivery_on = serializers.DateField()
    window_from = ClockField()
    window_to = ClockField()


class CommitteeSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    phone = serializers.CharField(help_text="The office's.")


class CompoundSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    address = serializers.CharField()
    committee = CommitteeSerializer()


class GateSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    address = serializers.CharField()


class PickupListSerializer(serializers.Serializer):
    """What one compound receives: a version, never changed; a newer one voids it."""

    id = serializers.IntegerField()
    batch = DaySerializer()
    compound = CompoundSerializer()
    version = serializers.IntegerField()
    homes = serializers.IntegerField()
    packages = serializers.IntegerField()
    made_at = serializers.DateTimeField()
    printed_at = serializers.DateTimeField(allow_null=True)
    void_at = serializers.DateTimeField(allow_null=True)


class PickupListPageSerializer(PageSerializer):
    results = PickupListSerializer(many=True)


class PickupLineSerializer(serializers.Serializer):
    """One package for one home."""

    order = serializers.CharField(source="order_number")
    gate = serializers.IntegerField(source="gate_id")
    building = serializers.CharField()
    unit = serializers.CharField()
    room = serializers.CharField()
    stock = serializers.IntegerField(source="stock_id")
    code = serializers.CharField()
    quantity = serializers.IntegerField()
    bring_to_door = serializers.BooleanField()
    due_cents = CentsField(help_text="Still to be paid for the whole order.")
    note = serializers.SerializerMethodField(
        help_text="With telephone numbers blotted out."
    )

    def get_note(self, row: Row) -> str:
        return without_phones(row.note)


class DifferenceSerializer(serializers.Serializer):
    """A numbered correction after printing."""

    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    order = serializers.CharField(source="order_line.order.number")
    gate = serializers.IntegerField(source="gate_id")
    building = serializers.CharField(source="order_line.order.building")
    unit = serializers.CharField(source="order_line.order.unit")
    room = serializers.CharField(source="order_line.order.room")
    stock = serializers.IntegerField(source="stock_id")
    code = serializers.CharField(source="stock.code")
    delta = serializers.IntegerField(help_text="Pieces more, or fewer.")


class PickupListDetailSerializer(PickupListSerializer):
    gates = GateSerializer(many=True, source="compound.gates")
    lines = serializers.SerializerMethodField(help_text="Gate by gate, room by room.")
    differences = serializers.SerializerMethodField()

    @extend_schema_field(PickupLineSerializer(many=True))
    def get_lines(self, found: PickupList) -> Any:
        return PickupLineSerializer(rows_of_lists([found.pk]), many=True).data

    @extend_schema_field(DifferenceSerializer(many=True))
    def get_differences(self, found: PickupList) -> Any:
        return DifferenceSerializer(differences_of(found), many=True).data


class SupplyOrderSerializer(serializers.Serializer):
    """What one supplier brings: a version, never changed; a newer one voids it."""

    id = serializers.IntegerField()
    batch = DaySerializer()
    supplier = serializers.CharField(source="supplier.name")
    version = serializers.IntegerField()
    packages = serializers.IntegerField()
    made_at = serializers.DateTimeField()
    void_at = serializers.DateTimeField(allow_null=True)


class SupplyOrderPageSerializer(PageSerializer):
    results = SupplyOrderSerializer(many=True)


class SupplyLineSerializer(serializers.Serializer):
    stock = serializers.IntegerField(source="stock.pk")
    code = serializers.CharField(source="stock.code")
    title = serializers.CharField(source="stock.title")
    quantity = serializers.IntegerField()


class LoadSerializer(serializers.Serializer):
    """One stop."""

    gate = GateSerializer()
    compound = CompoundSerializer(source="gate.compound")
    lines = SupplyLineSerializer(many=True)


class HandoffSerializer(serializers.Serializer):
    """When the supplier was told, and when it said it knows."""

    sent_at = serializers.DateTimeField(allow_null=True)
    acknowledged_at = serializers.DateTimeField(allow_null=True)


class SupplyOrderDetailSerializer(SupplyOrderSerializer):
    """Of an order with its lines."""

    handoff = serializers.SerializerMethodField()
    totals = serializers.SerializerMethodField(help_text="Over all gates.")
    loads = serializers.SerializerMethodField()

    @extend_schema_field(HandoffSerializer(allow_null=True))
    def get_handoff(self, order: SupplyOrder) -> Any:
        found = handoff_of(order)
        return HandoffSerializer(found).data if found else None

    @extend_schema_field(SupplyLineSerializer(many=True))
    def get_totals(self, order: SupplyOrder) -> Any:
        return SupplyLineSerializer(totals(order), many=True).data

    @extend_schema_field(LoadSerializer(many=True))
    def get_loads(self, order: SupplyOrder) -> Any:
        return LoadSerializer(loads(order), many=True).data
