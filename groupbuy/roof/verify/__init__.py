"""``verify``: proves the day's books, all rules over one read-only snapshot."""

from groupbuy.roof.verify.book import Book, Finding, verify
from groupbuy.roof.verify.rule import Rule
from groupbuy.roof.verify.rules import RULES

__all__ = ["RULES", "Book", "Finding", "Rule", "verify"]
