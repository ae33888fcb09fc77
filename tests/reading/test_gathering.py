from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyqa.index.build import Index
from hyqa.question.analysis import analyse
from hyqa.question.query import make_query
from hyqa.reading.gathering import LIST_ROOM, MEANS_ROOM, TOTAL_ROOM, gather
from hyqa.reading.relevance import probabilities, size_of
from hyqa.reading.sentences import sentences_of
from hyqa.types import Document, Metadata, Section

REPORT = (
    "云岭港2024年采取了疏浚航道、扩建泊位、减免费用等举措，提高了吞吐量。\n"
    "首先，2024年3月，港口疏浚了主航道。水深因此达到八米。\n"
    "随后，港口聘请了新的会计。\n"
    "此外，港口扩建了三个泊位。这一工程缩短了候泊。\n"
    "此外，港口减免了停泊费用。\n"
    "最后，港口举办了运动会。"
)
NOTICE = (
    "云岭港发布办事须知。办公室设在城南。\n"
    "申请停泊补贴需要以下材料：\n1.申请表。\n2.船舶证书。\n3.航次记录。\n"
    "补贴按季度发放。\n"
)
RECORD = (
    "# 云岭港检查记录\n港口按章巡查。\n"
    "## 违章停泊事实\n甲船占用航道。船长承认。\n乙船越过界线。\n丙船未挂信号。\n"
    "## 处理\n三船共计罚款九千元。其余从略。"
)


@pytest.fixture(scope="module")
def index(index_of: Callable[..., Index]) -> Index:
    return index_of(REPORT, NOTICE, RECORD)


def _gathered(question: str, text: str, index: Index) -> list[str]:
    document = Document("a", Metadata("云岭港"), text, (Section((), 0, len(text)),), (), "")
    sentences = sentences_of(document, [(0, len(text))], 0)
    sought = analyse(make_query(question), index)
    likely = probabilities(document, sentences, [((0, len(text)), 1.0)], sought)
    places = gather(document, sentences, likely, sought)
    return [text[sentences[place].start : sentences[place].end] for place in sorted(places)]


def test_each_means_is_gathered_with_its_effect(index: Index) -> None:
    question = "云岭港是如何通过疏浚航道、扩建泊位和减免费用来提高吞吐量的？"
    found = _gathered(question, REPORT, index)
    for stated in (
        "港口疏浚了主航道",
        "水深因此达到八米",
        "扩建了三个泊位",
        "缩短了候泊",
        "减免了停泊费用",
    ):
        assert any(stated in sentence for sentence in found)
    assert not any("会计" in sentence or "运动会" in sentence for sentence in found)


def test_a_list_is_gathered_whole_for_who_asks_for_its_items(index: Index) -> None:
    found = _gathered("申请停泊补贴需要哪些材料？", NOTICE, index)
    assert found == ["申请停泊补贴需要以下材料：", "1.申请表。", "2.船舶证书。", "3.航次记录。"]


def test_what_is_counted_is_gathered_from_under_its_heading(index: Index) -> None:
    found = _gathered("检查记录里一共有几次违章停泊？", RECORD, index)
    for ship in ("甲船占用航道。", "乙船越过界线。", "丙船未挂信号。"):
        assert ship in found


def test_who_asks_for_a_sum_is_told_it_where_the_text_does(index: Index) -> None:
    assert "三船共计罚款九千元。" in _gathered("三船罚款的总金额是多少？", RECORD, index)


def test_a_question_for_one_fact_gathers_nothing(index: Index) -> None:
    assert _gathered("停泊补贴多少钱？", NOTICE, index) == []
    assert _gathered("云岭港有几个泊位？", REPORT, index) == []


def test_what_is_gathered_has_an_end(index: Index) -> None:
    items = "".join(
        f"{number}.停泊材料第{number}份，一式两份，加盖公章。\n" for number in range(1, 99)
    )
    found = _gathered("申请停泊补贴需要哪些材料？", f"申请停泊补贴需要以下材料：\n{items}", index)
    assert 0 < sum(map(size_of, found)) <= LIST_ROOM


@given(
    st.text(max_size=150),
    st.sampled_from(
        [
            "云岭港一共有几次停泊？",
            "哪些材料？",
            "怎么通过停泊、装卸来提高？",
            "停泊和装卸分别是多少",
            "步骤",
        ]
    ),
)
def test_any_text_is_gathered_from_within_its_room(index: Index, text: str, question: str) -> None:
    found = _gathered(question, text, index) if text.strip() else []
    assert len(found) <= 1 or sum(map(size_of, found)) <= MEANS_ROOM + LIST_ROOM + TOTAL_ROOM
