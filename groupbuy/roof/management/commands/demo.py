"""``manage.py demo``: the demo towns, their links and sign-ins. Safe to repeat."""

import json
import os
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from groupbuy.community.models import Town
from groupbuy.roof.demo import load
from groupbuy.roof.demo.files import tree
from groupbuy.roof.demo.links import links
from groupbuy.roof.demo.printed import printed


class Command(BaseCommand):
    help = "Load the demo towns (what is there stays as it is) and print what to open."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--json", action="store_true", help="Print links and sign-ins as JSON."
        )
        parser.add_argument(
            "--url", default=settings.SITE_URL, help="The site's address in the links."
        )

    def handle(self, **options: object) -> None:
        demo_towns = [town["slug"] for town in tree("towns")]
        is_in_use = Town.objects.exclude(slug__in=demo_towns).exists()
        if settings.PRODUCTION and is_in_use and os.environ.get("DEMO") != "1":
            raise CommandError(
                "This production database holds a real town, and the demo is invented"
                " data. Set DEMO=1 if you really want it here."
            )
        load(timezone.now())
        url = str(options["url"])
        if options["json"]:
            self.stdout.write(json.dumps(links(url), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(printed(url))
