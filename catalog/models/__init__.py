from catalog.models.batches import Batch, Stock
from catalog.models.groupbuys import GroupBuy, Offer, ServedPlace
from catalog.models.supply import (
    Package,
    PackageItem,
    PackageVersion,
    Supplier,
    SupplierPaper,
)

__all__ = [
    "Batch",
    "GroupBuy",
    "Offer",
    "Package",
    "PackageItem",
    "PackageVersion",
    "ServedPlace",
    "Stock",
    "Supplier",
    "SupplierPaper",
]
