"""Building heads' pages, for both ways in: a signed link, or an account."""
