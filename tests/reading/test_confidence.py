from dataclasses import replace
from datetime import date
from pathlib import Path

from hyqa.index.build import Index, build_index, open_index
from hyqa.index.search import retrieve
from hyqa.models import HashEncoder
from hyqa.question.analysis import analyse
from hyqa.question.query import make_query
from hyqa.reading.lexical import LexicalReader
from hyqa.types import Query, Ranking, Reading

TODAY = date(2025, 11, 1)


def _read(query: Query, index: Index, ranking: Ranking) -> tuple[Reading, ...]:
    return LexicalReader(index).read(query, analyse(query, index), ranking)


def _readings(question: str, index: Index) -> tuple[Reading, ...]:
    query = make_query(question)
    return _read(query, index, retrieve(index, HashEncoder(), query, as_of=TODAY))


def test_an_answerable_question_is_above_the_threshold(index: Index) -> None:
    best = _readings("博士每月生活补贴多少钱", index)[0]
    assert best.answers
    assert best.hit.chunk.document_id == "talent.md"


def test_an_unrelated_question_is_far_below_it(index: Index) -> None:
    assert _readings("推荐一部好看的电影", index)[0].answer_probability < 0.1


def test_a_question_about_another_city_is_less_sure(index: Index) -> None:
    here, there = _readings("博士购房补贴多少钱", index), _readings("长沙博士购房补贴多少钱", index)
    assert there[0].answer_probability < here[0].answer_probability


def test_a_question_for_what_the_passage_lacks_is_less_sure(index: Index) -> None:
    assert not _readings("青螺洲工业园电话", index)[0].answers


def test_confidence_is_a_probability_and_the_order_is_by_support(index: Index) -> None:
    readings = _readings("青螺洲工业园规划面积多大", index)
    assert all(0 <= one.answer_probability <= 1 for one in readings)
    assert "12.5平方公里" in readings[0].hit.chunk.text


def test_without_hits_there_is_nothing_to_read(index: Index) -> None:
    assert _read(make_query("补贴"), index, Ranking((), 0.0, 0.0)) == ()


def test_where_all_text_is_in_the_other_language_the_best_ranked_stays_first(
    tmp_path: Path,
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name in ("a", "b"):
        (corpus / f"{name}.md").write_text(f"# 措施\n\n博士补贴三千元，{name}。\n", "utf-8")
    build_index(corpus, tmp_path / "index", HashEncoder())
    index = open_index(tmp_path / "index")
    query = make_query("What allowance does a doctor get?")
    first, second = retrieve(index, HashEncoder(), query, as_of=TODAY).hits
    weak = replace(first, score=3.0, sparse_score=0.05)
    strong = replace(second, score=2.99, sparse_score=1.0)
    found = Ranking(
        (weak, strong), 0.0, 0.0, cross_lingual=(weak, strong), mean_cross_lingual_score=2.9
    )
    readings = _read(query, index, found)
    assert [one.hit for one in readings] == [weak, strong]
    assert [one.answers for one in readings] == [False, True]
