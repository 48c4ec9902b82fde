"""Plain data for the documents' tests; every name and number in it is invented."""

from collections import Counter
from collections.abc import Sequence

from delivery.documents.shapes import (
    BuildingSection,
    Contact,
    Expected,
    GateSection,
    HomeRow,
    ListData,
    NoticeData,
    PackageTotal,
    SupplyData,
    SupplyStop,
)

OFFICE = Contact("品质苑居委会", "021-54330000")
TITLES = {"A": "绿叶菜套餐", "B": "耐储套餐", "C": "鲜奶套餐"}
SUPPLIERS = {"A": "龙吴路果蔬市场", "B": "龙吴路果蔬市场", "C": "光明随心订"}


def home(room: str, *items: tuple[str, int], **more: object) -> HomeRow:
    return HomeRow(room=room, items=items or (("A", 1),), **more)  # type: ignore[arg-type]


def building(name: str, *homes: HomeRow) -> BuildingSection:
    return BuildingSection(name, f"{name}号楼", homes)


def gate(*buildings: BuildingSection, name: str = "南门") -> GateSection:
    counted: Counter[str] = Counter()
    for one in (h for b in buildings for h in b.homes):
        counted.update(dict(one.items))
    expected = tuple(
        Expected(SUPPLIERS[code], code, TITLES[code], counted[code]) for code in TITLES
    )
    return GateSection(name, "紫龙路500弄", expected, buildings)


def pickup_list(*gates: GateSection, version: int = 1) -> ListData:
    return ListData(
        town="马桥镇",
        compound="嘉怡水岸",
        group_buy="古藤马桥",
        delivery="4月21日（星期四）",
        window="15:00–18:30",
        version=version,
        made_at="4月20日 17:02",
        contact=OFFICE,
        volunteer_url="https://tuan.example/v/3f9a0c71e5d24b68",
        gates=gates,
    )


def homes(count: int) -> Sequence[HomeRow]:
    rooms = [f"{floor}{door:02d}" for floor in range(1, 40) for door in range(1, 5)]
    return [home(room, ("A", 1), ("C", 2)) for room in rooms[:count]]


def supply(gates: int = 2) -> SupplyData:
    stop = SupplyStop(
        "嘉怡水岸", "南门", "紫龙路500弄", OFFICE, "13:00–14:30", (("A", 30), ("B", 12))
    )
    totals = (
        PackageTotal("A", "绿叶菜套餐", 30 * gates),
        PackageTotal("B", "耐储套餐", 12 * gates),
    )
    return SupplyData(
        town="马桥镇",
        supplier="龙吴路果蔬市场",
        group_buy="古藤马桥",
        delivery="4月21日（星期四）",
        version=1,
        made_at="4月20日 17:02",
        contact=Contact("马桥镇服务站", "021-54331111"),
        totals=totals,
        stops=(stop,) * gates,
        confirm_url="https://tuan.example/s/77aa",
    )


def notice(title: str = "古藤马桥：蔬菜、肉、奶") -> NoticeData:
    return NoticeData(
        town="马桥镇",
        compound="品质苑",
        title=title,
        from_cents=3000,
        to_cents=13850,
        cutoff="4月20日（星期三）下午5点",
        delivery="4月21日（星期四）",
        window="下午3点到6点半",
        contact=OFFICE,
        url="https://tuan.example/g/3f9a0c71e5d24b68?c=12",
        site="tuan.example",
        check_code="青山 4827",
    )
