"""Which part of a question nothing covers."""

import pytest

from hyqa.coverage import missing_parts, missing_words
from hyqa.index import Index
from hyqa.questions import make_query

TALENT = ["talent.md"]


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("博士每月生活补贴多少钱", ()),
        ("博士生活补贴多少，购房补贴多少？", ()),
        ("博士生活补贴多少，高铁票价多少？", ("高铁票价多少",)),
        ("博士的生活补贴以及托儿所", ("托儿所",)),
        ("长沙博士的生活补贴", ("长沙",)),
        ("2031年博士的生活补贴", ("2031",)),
        ("博士在青年公寓和酒店的住宿", ("博士在青年公寓", "酒店的住宿")[1:]),
        ("高铁票价多少，酒店多少", ()),
        ("？", ()),
    ],
)
def test_parts_that_documents_do_not_speak_of(
    question: str, missing: tuple[str, ...], index: Index
) -> None:
    assert missing_parts(index, make_query(question), TALENT) == missing


def test_only_the_last_question_of_a_chain_is_looked_at(index: Index) -> None:
    query = make_query("高铁票价多少，酒店多少\n博士的生活补贴呢")
    assert missing_parts(index, query, TALENT) == ()


def test_words_that_nothing_holds(index: Index) -> None:
    query = make_query("博士的生活补贴和高铁票价")
    assert "高铁" in missing_words(index, query, TALENT)
    assert "生活补贴" not in missing_words(index, query, TALENT)
    assert "生活补贴" in missing_words(index, query, [])
    english = make_query("living allowance and kindergarten")
    assert missing_words(index, english, ["talent-en.md"]) == ("kindergarten",)
