import pytest

from hyqa.question.kinds import KINDS, asked_count, asked_kind, counts_in
from hyqa.text.tokens import normalize


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("衡阳工业用电一度多少钱", "unit price"),
        ("高新区标准厂房租金每平米", "money"),
        ("功能性总部奖励多少", "money"),
        ("What is the rent at the park?", "money"),
        ("市商务局招商电话", "contact"),
        ("青螺洲招商文件是哪个文号", "document number"),
        ("Which document number does the reform have?", "document number"),
        ("What is the phone number of the bureau?", "contact"),
        ("办个公司要几天", "duration"),
        ("How long does approval take?", "duration"),
        ("全部建成要多少年", "duration"),
        ("陈链长怎么联系", "contact"),
        ("有手机号吗", "contact"),
        ("Hengyang GDP 2025", "money"),
        ("园区有多大", "area"),
        ("What are the areas of the parks?", "area"),
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


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("引进了多少人", "引进博士833名", "投资36亿元，签约26家企业"),
        ("签约了几家企业", "签约企业36家", "引进博士833名"),
        ("签约了几家企业", "36 companies signed", "833 doctors came"),
        ("How many workers does it have?", "It has 1,500 workers.", "It covers 1,500 mu of land."),
        (
            "How many companies are there?",
            "Companies there number 36.",
            "Since 2012 companies came",
        ),
        ("厂房每平米多少钱", "租金每平方米8元", "总投资20亿元，占地550亩"),
    ],
)
def test_what_is_counted_must_stand_beside_the_number(
    question: str, holds: str, lacks: str
) -> None:
    kind = asked_kind(normalize(question))
    assert kind is not None
    assert kind.found.search(normalize(holds))
    assert not kind.found.search(normalize(lacks))


@pytest.mark.parametrize(
    "question", ["博士安家费多少", "奖金有多少", "2023年GDP多少", "耒阳的产值呢"]
)
def test_amounts_are_money_however_they_are_called(question: str) -> None:
    asked = asked_kind(normalize(question))
    assert asked is not None
    assert asked.name == "money"


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("到第三季时，累计引进博士833名。", True),
        ("833 名博士到场。", True),
        ("引进的博士服务了205个企事业单位。", False),
    ],
)
def test_a_count_is_of_the_very_things_that_are_counted(text: str, *, tells: bool) -> None:
    question = "博士行动引进了几个博士"
    count = asked_count(question, asked_kind(question))
    assert count is not None
    assert counts_in(count, normalize(text)) is tells


@pytest.mark.parametrize(
    "question", ["一共多少亩", "补贴多少钱", "How many are there?", "几点开门"]
)
def test_nothing_is_counted_without_a_noun(question: str) -> None:
    assert asked_count(question, asked_kind(question)) is None


@pytest.mark.parametrize(
    "question", ["基金盘子有多大", "食品产业要做到多大", "how big is its capacity?"]
)
def test_not_all_that_is_large_has_an_area(question: str) -> None:
    asked = asked_kind(normalize(question))
    assert asked is None or asked.name != "area"
