from orders.models.demand import Demand
from orders.models.orders import HomeUse, Order, OrderLine

__all__ = ["Demand", "HomeUse", "Order", "OrderLine"]
