"""接龙: the chat group's lines as a head pasted them, and what was understood of each."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from catalog.models import Batch
from groupbuy.community.models import Building, HeadLink
from orders.models.orders import Order
from orders.states import LineState


class Chain(models.Model):
    """One paste, whole: the chain is sent again all day, and the newest paste counts.

    ``said_at`` is the newest message time found in it. ``agreed`` keeps what a person tapped
    for a home ("unit/room" → what it comes to), until it is handed in; ``refused`` what the
    last hand-in could not get for a home ("unit/room" → code and sentence). Text, lines and
    both of these tell of people and are erased on schedule.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="chains")
    building = models.ForeignKey(Building, models.PROTECT, related_name="chains")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    head_link = models.ForeignKey(
        HeadLink, models.PROTECT, null=True, related_name="chains"
    )
    pasted_at = models.DateTimeField()
    said_at = models.DateTimeField(null=True)
    handed_in_at = models.DateTimeField(null=True)
    text = models.TextField(blank=True)
    agreed = models.JSONField(default=dict)
    refused = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["batch", "building"], name="chain_of_building")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.building_id} {self.pasted_at:%F %T}"


class ChainLine(models.Model):
    """One line as the reader saw it, and what a person made of it.

    ``understood`` and ``spans`` are the reader's answer as JSON; ``corrected`` is a list of
    homes as typed by the head, in the order of ``understood``. One line may name several
    homes, and several lines one: so a line points at all ``orders`` it led to.
    """

    class Verdict(models.TextChoices):
        ORDER = "order", pgettext_lazy("a chain's line", "order")
        AMEND = "amend", pgettext_lazy("a chain's line", "change")
        CANCEL = "cancel", pgettext_lazy("a chain's line", "cancellation")
        CHECK = "check", pgettext_lazy("a chain's line", "total")
        DEMAND = "demand", pgettext_lazy("a chain's line", "wish")
        IGNORE = "ignore", pgettext_lazy("a chain's line", "no order")
        REVIEW = "review", pgettext_lazy("a chain's line", "please look")

    chain = models.ForeignKey(Chain, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    said_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=10, choices=Verdict)
    why_code = models.CharField(max_length=40)
    why_args = models.JSONField(default=dict)
    understood = models.JSONField(default=list)
    spans = models.JSONField(default=list)
    state = models.CharField(
        max_length=10, choices=LineState, default=LineState.WAITING
    )
    corrected = models.JSONField(null=True)
    orders = models.ManyToManyField(Order, related_name="chain_lines")

    class Meta:
        ordering = ["chain_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "number"], name="chain_line_number_once"
            ),
            models.CheckConstraint(
                name="chain_line_state_known",
                condition=models.Q(state__in=LineState.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain_id}: {self.number}"
