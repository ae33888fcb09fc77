"""Which part of a question nothing covers."""

from dataclasses import replace
from datetime import date

import pytest

from hyqa.answer.coverage import (
    missing_parts,
    missing_words,
    share_spoken_of,
    years_left_open,
)
from hyqa.answer.quotes import quote_words
from hyqa.index.build import Index
from hyqa.question.analysis import analyse
from hyqa.question.query import make_query
from hyqa.text.names import Names
from hyqa.types import Query

TALENT = ["talent.md"]
DAY = date(2026, 11, 30)


def _missing_parts(index: Index, query: Query, documents: list[str]) -> tuple[str, ...]:
    return missing_parts(index, query, analyse(query, index), documents)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("博士每月生活补贴多少钱", ()),
        ("博士生活补贴多少，购房补贴多少？", ()),
        ("博士生活补贴和高铁票价各多少？", ("高铁票价各多少",)),
        ("博士的生活补贴以及托儿所", ("托儿所",)),
        ("博士的生活补贴、托儿所有哪些", ("托儿所有哪些",)),
        ("博士在“青年公寓、酒店”的生活补贴", ()),
        ("我开托儿所，博士生活补贴多少", ()),
        ("博士生活补贴多少（托儿所）", ()),
        ("living allowance and kindergarten", ()),
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
    assert _missing_parts(index, make_query(question), TALENT) == missing


@pytest.mark.parametrize(
    ("question", "words", "missing"),
    [
        ("去年招了多少人", "2023 年新增 310 人", ("2025",)),
        ("前年招了多少人", "2024 年新增 310 人", ()),
        ("去年招了多少人", "新增 310 人", ()),
        ("去年什么时候开始", "2023 年新增 310 人", ()),
        ("2025年招了多少人", "2023 年新增 310 人", ()),
        ("how many were hired last year", "2023 年新增 310 人", ("2025",)),
        ("2023年招了多少人\n那去年呢", "2023 年新增 310 人", ("2025",)),
        ("2023年怎么招的\n那去年呢", "2023 年新增 310 人", ()),
    ],
)
def test_a_year_told_from_today_is_left_open_by_a_figure_of_another_year(
    question: str, words: str, missing: tuple[str, ...], index: Index
) -> None:
    query = make_query(question)
    talent = index.store.document(TALENT[0])
    [quote] = [replace(quote_words(talent, talent.text[:9]), text=words)]
    other = replace(quote, citation=replace(quote.citation, document_id="park.md"), text="2025 年")
    assert years_left_open(query, analyse(query, index), [quote, other], DAY) == missing


def test_what_a_question_is_about_is_spoken_of_by_its_names_or_its_nouns(index: Index) -> None:
    def share(question: str, *names: str) -> float:
        return share_spoken_of(index, question, Names(names), TALENT)

    assert share("博士的生活补贴") == 1
    assert share("托儿所有多少") == 0
    assert 0 < share("博士的托儿所") < 1
    assert share("云岭市的托儿所", "云岭市") == 1
    assert share("白鹭高新区的生活补贴", "白鹭高新区") == 0
    assert share("总共多少") == 1


def test_documents_in_another_language_are_not_asked_for_words(index: Index) -> None:
    query = make_query("Changsha kindergarten and living allowance in 2031")
    assert _missing_parts(index, query, TALENT) == ("2031",)
    assert "kindergarten" in " ".join(_missing_parts(index, query, ["talent-en.md"]))


def test_only_the_last_question_of_a_chain_is_looked_at(index: Index) -> None:
    query = make_query("高铁票价多少，酒店多少\n博士的生活补贴呢")
    assert _missing_parts(index, query, TALENT) == ()


def test_words_that_nothing_holds(index: Index) -> None:
    query = make_query("博士的生活补贴和高铁票价")
    assert "高铁" in missing_words(index, analyse(query, index), TALENT)
    assert "生活补贴" not in missing_words(index, analyse(query, index), TALENT)
    assert "生活补贴" in missing_words(index, analyse(query, index), [])
    english = make_query("living allowance and kindergarten")
    assert missing_words(index, analyse(english, index), ["talent-en.md"]) == ("kindergarten",)
