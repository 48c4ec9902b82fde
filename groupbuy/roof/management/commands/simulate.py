"""``manage.py simulate``: residents ordering over HTTP against the running site."""

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from groupbuy.roof.alarms import check_books
from groupbuy.roof.simulate import Summary, open_group_buy, order_all, residents

BAR = 30


class Command(BaseCommand):
    help = (
        "Let residents of the roster order through the shared link; exits 1 on errors."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--orders", type=int, required=True)
        parser.add_argument(
            "--url", default=settings.SITE_URL, help="where the site runs"
        )
        parser.add_argument("--group-buy", default="", help="token of the shared link")
        parser.add_argument("--concurrency", type=int, default=16)
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--verify",
            action="store_true",
            help="afterwards check the books; exits 1 if a rule is broken",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        group_buy = open_group_buy(options["group_buy"])
        if group_buy is None:
            raise CommandError("no such group buy is open; run close_due or demo first")
        summary = order_all(
            residents(group_buy, options["orders"]),
            base_url=options["url"],
            token=group_buy.token,
            concurrency=max(1, min(options["concurrency"], 256)),
            progress=self._bar(options["orders"]),
        )
        told, broken = summary.as_dict(), []
        if options["verify"]:
            broken = [found.rule for found in check_books(now=timezone.now()).broken]
            told["broken"] = broken
        self._print(told, as_json=options["json"])
        if summary.errors or broken:
            raise SystemExit(1)

    def _bar(self, total: int) -> Callable[[Summary], None]:
        every = max(1, total // 200) if self.stderr.isatty() else max(1, total // 10)
        end = "\r" if self.stderr.isatty() else "\n"

        def show(summary: Summary) -> None:
            done = summary.asked
            if done % every and done != total:
                return
            full = BAR * done // total
            told = summary.as_dict()
            self.stderr.write(
                f"[{'#' * full}{'.' * (BAR - full)}] {done}/{total}"
                f"  accepted {summary.accepted}  refused {summary.refused.total()}"
                f"  errors {summary.errors.total()}  {told['orders_per_second']}/s",
                ending="\n" if done == total else end,
            )

        return show

    def _print(self, told: dict[str, object], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(told))
            return
        for name, value in told.items():
            self.stdout.write(f"{name:>18}  {value}")
