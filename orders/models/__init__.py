from orders.models.calls import Call
from orders.models.chains import Chain, ChainLine
from orders.models.demand import Demand
from orders.models.orders import HomeUse, Order, OrderLine
from orders.models.refusals import (
    NoSuchHome,
    OtherBody,
    OverLimit,
    SeveralHomes,
    SoldOut,
    TooLate,
    TooManyTries,
)
from orders.models.wish import Wish

__all__ = [
    "Call",
    "Chain",
    "ChainLine",
    "Demand",
    "HomeUse",
    "NoSuchHome",
    "Order",
    "OrderLine",
    "OtherBody",
    "OverLimit",
    "SeveralHomes",
    "SoldOut",
    "TooLate",
    "TooManyTries",
    "Wish",
]
