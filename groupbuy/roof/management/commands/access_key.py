"""``manage.py access_key``: a machine's key to one town's papers, shown once; or its end."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from groupbuy.community.actions.access_keys import make_access_key, revoke_access_key
from groupbuy.community.models import SYSTEM, AccessKey, Town
from groupbuy.shared.errors import Refused


class Command(BaseCommand):
    help = "Make a key for the API and print it, this once; --revoke ends one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--town", required=True, metavar="SLUG")
        parser.add_argument("--scope", required=True, choices=AccessKey.Scope.values)
        parser.add_argument("--name", required=True, help="whose key it is")
        parser.add_argument(
            "--revoke", action="store_true", help="end this key instead of making one"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        town = Town.objects.filter(slug=options["town"]).first()
        if town is None:
            known = ", ".join(Town.objects.values_list("slug", flat=True))
            raise CommandError(f"No such town. There are: {known or 'none'}.")
        try:
            said = (
                self._revoke(town, options)
                if options["revoke"]
                else self._make(town, options)
            )
        except Refused as refusal:
            raise CommandError(refusal.sentence) from None
        self.stdout.write(said)

    def _make(self, town: Town, options: dict[str, Any]) -> str:
        scope = AccessKey.Scope(options["scope"])
        return make_access_key(
            town, scope=scope, name=options["name"], by=SYSTEM, now=timezone.now()
        )

    def _revoke(self, town: Town, options: dict[str, Any]) -> str:
        key = town.access_keys.filter(
            scope=options["scope"], name=options["name"], revoked_at__isnull=True
        ).first()
        if key is None:
            raise CommandError("No such key, or it was revoked before.")
        revoke_access_key(key, by=SYSTEM, now=timezone.now())
        return "revoked"
