"""Residents ordering over HTTP against the running site, as many at once as is allowed."""

from groupbuy.roof.simulate.crowd import Summary, order_all
from groupbuy.roof.simulate.residents import Resident, open_group_buy, residents

__all__ = ["Resident", "Summary", "open_group_buy", "order_all", "residents"]
