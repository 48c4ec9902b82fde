"""Every rule of section "what must always be true", floor by floor."""

from groupbuy.roof.verify.chains import CHAINS
from groupbuy.roof.verify.kept import KEPT
from groupbuy.roof.verify.orders import ORDERS
from groupbuy.roof.verify.paper import PAPER
from groupbuy.roof.verify.stock import STOCK
from groupbuy.roof.verify.town import TOWN

RULES = (*STOCK, *ORDERS, *CHAINS, *PAPER, *TOWN, *KEPT)
