"""What is measured and how good it has to be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """``bar`` is the least ratio if ``at_least``, else the most."""

    name: str
    what: str
    bar: float
    at_least: bool = False

    def holds(self, ratio: float) -> bool:
        return ratio >= self.bar if self.at_least else ratio <= self.bar


LIMITS = (
    Limit("order_spread", "orders/s over 200 stock rows ÷ reference", 0.40, True),
    Limit("order_hot", "orders/s on one hot row ÷ hot reference", 0.60, True),
    Limit("order_burst", "256 residents at once, p99 ms", 600),
    Limit("sold_out", "polite refusals/s ÷ order_hot orders/s", 1.5, True),
    Limit(
        "journey", "link → form → order → my order, per s ÷ bare view/s", 0.045, True
    ),
    Limit("link", "shared link, 30 packages, per s ÷ bare view/s", 0.55, True),
    Limit("link_bytes", "first visit, compressed bytes of all requests", 35_000),
    Limit("close_100k", "close + build ÷ hand-written SQL", 2.5),
    Limit("sheets_100k", "dense PDFs, two processes ÷ bare renderer", 1.4),
    Limit("excel_100k", "Excel of lists ÷ bare xlsxwriter", 1.5),
    Limit("close_growth", "time of 100,000 ÷ time of 10,000 orders", 11),
    Limit("close_memory", "peak of 100,000 ÷ peak of 10,000 orders", 1.3),
    Limit("verify_100k", "seconds", 10),
    Limit("chain_10k", "10,000 chat lines read, seconds", 2),
    Limit("staff_100k", "batch page, server ms", 150),
)
