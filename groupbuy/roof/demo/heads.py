"""Two building heads of 瞿南小区: their links, and what was said in one's chat group today."""

from datetime import datetime

from django.db import transaction

from catalog.models import Batch
from groupbuy.community.actions.head_links import make_head_link
from groupbuy.community.models import Building, HeadLink, head
from groupbuy.roof.demo.ordering import helper_of
from orders.actions.hand_in_chain import hand_in_chain
from orders.actions.paste_chain import paste_chain
from orders.models import Chain

WULIQIAO, COMPOUND = "huixuan-abc", "瞿南小区"
HEADS = {"1": "王阿姨", "3": "李师傅"}

# As people write: a heading, nicknames, remarks, a question, a change, a doubt.
SAID = """\
1号楼接龙，明天送，写门牌+套餐+份数
1. 101 A1份
2. 102王阿姨 A一份 B一份
3. 203室 B2 现金
4. 301 C一份，独居老人请送上门
李家 303 两份A
402 A+C各一份
A里面有鸡蛋吗？
503 ABC各一
203 再加一份A
602 A或者B都行
谢谢楼长，辛苦了[玫瑰]
"""


@transaction.atomic
def load_heads(now: datetime) -> None:
    """Links that are not there yet; a chain only where this open day has none."""
    for name, called in HEADS.items():
        place = Building.objects.filter(compound__name=COMPOUND, name=name).first()
        if place is None:
            continue
        link = place.head_links.filter(revoked_at__isnull=True).first()
        if link is None:
            by = helper_of(place.compound)
            link = make_head_link(place, name=called, by=by, now=now)
        if name == next(iter(HEADS)):
            say(link, now)


def say(link: HeadLink, now: datetime) -> None:
    """Today's chain, handed in once; what needs a person is left for the head's page."""
    batch = Batch.objects.filter(
        group_buy__token=WULIQIAO,
        state=Batch.State.OPEN,
        opens_at__lt=now,
        until_heads__gt=now,
    ).first()
    if batch is None or Chain.objects.filter(batch=batch).exists():
        return
    by = head([link.building_id], link_id=link.pk)
    chain = paste_chain(batch, link.building, text=SAID, by=by, now=now)
    hand_in_chain(chain, by=by, now=now)
