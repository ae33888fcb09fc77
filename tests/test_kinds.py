import pytest

from hyqa.kinds import KINDS, asked_kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("衡阳工业用电一度多少钱", "unit price"),
        ("高新区标准厂房租金每平米", "money"),
        ("功能性总部奖励多少", "money"),
        ("What is the rent at the park?", "money"),
        ("市商务局招商电话", "contact"),
        ("What is the phone number of the bureau?", "contact"),
        ("办个公司要几天", "duration"),
        ("How long does approval take?", "duration"),
        ("衡器园有多大", "area"),
        ("How big is Leiyang?", "area"),
        ("综保区哪年批的", "time"),
        ("When was it approved?", "time"),
        ("松木港有几个泊位", "number"),
        ("How many companies are there?", "number"),
        ("五外联动是什么", None),
        ("Who leads investment promotion?", None),
    ],
)
def test_a_question_tells_what_kind_of_thing_it_asks_for(question: str, kind: str | None) -> None:
    asked = asked_kind(question)
    assert (asked.name if asked else None) == kind


@pytest.mark.parametrize(
    ("kind", "holds", "lacks"),
    [
        ("money", "最高奖励300万元", "位于珠晖区"),
        ("money", "up to RMB 3 million", "in the third park"),
        ("contact", "咨询电话0734-8866123", "由市商务局负责2025年工作"),
        ("duration", "压缩到0.5个工作日", "由市政府办公室印发"),
        ("area", "规划8800亩", "共有36家企业"),
        ("time", "自2025年5月1日起施行", "由省人大常委会通过"),
        ("number", "湖南首家综合保税区", "由园区管委会负责"),
    ],
)
def test_a_text_holds_a_kind_of_thing_or_lacks_it(kind: str, holds: str, lacks: str) -> None:
    found = next(one for one in KINDS if one.name == kind).found
    assert found.search(holds)
    assert not found.search(lacks)
