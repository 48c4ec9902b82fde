"""The demo's links as lines for a terminal: the three that matter first."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse

from groupbuy.roof.demo.links import links

INVENTED = (
    "示例说明：镇名、居委名与代码、七家供应商的名字、100元和60元套餐、五里桥的收单规则来自公开资料；"
    "其余都是编的：小区归属、地址、楼号、户数、居民、电话、证照号、限购、库存、时间，"
    "以及标为示例的套餐和价格。\n"
    "Invented: which compound belongs to which committee, addresses, buildings, homes, residents, "
    "telephone numbers, suppliers' papers and contacts, limits, quotas, purchase prices, "
    "Maqiao's and Fengxian's hours, and every package and price marked as sample. From public "
    "sources: names and codes of towns and committees, the suppliers' names, the 100 and 60 yuan "
    "packages, Wuliqiao's rules."
)

ROLES = {
    "town_staff": "镇工作人员 town staff",
    "committee_staff": "居委工作人员 committee staff",
    "head": "楼长 building head",
    "superuser": "管理员 administrator",
}


def printed(base_url: str) -> str:
    """Resident, staff, volunteer; then everything else; last, what is invented."""
    found = links(base_url)
    if not found["group_buys"]:
        return ""
    blocks = [three(found, base_url.rstrip("/")), rest(found), [INVENTED]]
    return "\n\n".join("\n".join(block) for block in blocks)


def three(found: dict[str, list[dict[str, Any]]], base: str) -> list[str]:
    """One line each for the three main users."""
    volunteers = found["volunteer_links"]
    sheet = volunteers[0]["link"] if volunteers else f"{base}{reverse('batches')}"
    return [
        f"居民 resident      {found['group_buys'][0]['compound_link']}",
        f"工作人员 staff     {base}{reverse('sign-in')}   {sign_in(found['logins'][0])}",
        f"志愿者 volunteer   {sheet}",
    ]


def sign_in(login: dict[str, Any]) -> str:
    return f"{login['username']} / {login['password']}"


def rest(found: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    for row in found["group_buys"]:
        yield f"团 group buy    {row['town']} · {row['name']}   {row['link']}"
    for row in found["logins"]:
        place = row["place"] or "/admin/"
        yield f"登录 sign-in    {place} · {ROLES[row['role']]}   {sign_in(row)}"
    for row in found["head_links"]:
        yield f"楼长 head       {row['for']} · {row['name']}   {row['link']}"
    for row in found["volunteer_links"]:
        yield f"志愿者          {row['for']} · {row['delivery_on']}   {row['link']}"
    for row in found["supplier_links"]:
        yield f"供应商 supplier {row['for']} · {row['delivery_on']}   {row['link']}"
    if settings.PRODUCTION:
        yield "示例密码只属于本站。 This demo password is this site's own: keep it."
