from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyqa.index.build import Index, build_index, open_index
from hyqa.index.search import (
    EXPIRED_PENALTY,
    MEANING_WEIGHT,
    OPENING_SHARE,
    SAME_LANGUAGE_BONUS,
    TOP_K,
    retrieve,
)
from hyqa.models import HashEncoder
from hyqa.question.query import make_query
from hyqa.types import Hit, Language

NOW = date(2025, 9, 1)
STIPEND = "全日制博士到云岭市企业工作的，每月发放生活补贴"


def hits(
    index: Index,
    question: str,
    *,
    as_of: date = NOW,
    top_k: int = TOP_K,
    language: Language | None = None,
) -> tuple[Hit, ...]:
    query = make_query(question, language)
    return retrieve(index, HashEncoder(), query, top_k=top_k, as_of=as_of).hits


def names(found: tuple[Hit, ...]) -> list[str]:
    return [hit.chunk.document_id for hit in found]


@pytest.fixture
def index_of(tmp_path: Path) -> "IndexOf":
    return IndexOf(tmp_path)


class IndexOf:
    """Builds an index of a few files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, **files: str) -> Index:
        (self._folder / "corpus").mkdir()
        for name, text in files.items():
            (self._folder / "corpus" / f"{name}.md").write_text(text, encoding="utf-8")
        build_index(self._folder / "corpus", self._folder / "index", HashEncoder())
        return open_index(self._folder / "index")


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("鹭鸣站货场年吞吐量", "railway.md"),
        ("云院发[2024]第17号", "court.md"),
        ("综合保税区何时封关运行", "parks/bonded.md"),
        ("钟表企业有几家", "parks/clock-valley.html"),
        ("living allowance for a doctor", "talent-en.md"),
        ("warehousing beside the railway", "parks/snail-isle-en.md"),
    ],
)
def test_the_document_that_speaks_of_it_leads(question: str, document: str, index: Index) -> None:
    assert names(hits(index, question))[0] == document


def test_documents_issued_after_the_day_are_left_out(index: Index) -> None:
    dated = {
        date(2019, 1, 1): set[str](),
        date(2020, 4, 30): set[str](),
        date(2020, 5, 1): {"talent-2020.md"},
        date(2025, 2, 28): {"talent-2020.md"},
        date(2025, 3, 1): {"talent-2020.md", "talent.md"},
        date(2026, 1, 31): {"talent-2020.md", "talent.md"},
        date(2026, 2, 1): {"talent-2020.md", "talent.md", "talent-2026.md"},
    }
    policies = {"talent-2020.md", "talent.md", "talent-2026.md"}
    for day, expected in dated.items():
        assert set(names(hits(index, STIPEND, as_of=day, top_k=99))) & policies == expected


def test_a_year_alone_counts_from_its_first_day(index: Index) -> None:
    question = "青螺洲工业园规划面积"
    assert "parks/snail-isle.md" in names(hits(index, question, as_of=date(2025, 1, 1)))
    assert "parks/snail-isle.md" not in names(
        hits(index, question, as_of=date(2024, 12, 31), top_k=99)
    )


def test_documents_without_a_date_are_always_there(index: Index) -> None:
    assert names(hits(index, "综合保税区封关", as_of=date(1990, 1, 1)))[0] == "parks/bonded.md"


def test_on_a_day_before_all_dated_documents_there_may_be_nothing(index_of: IndexOf) -> None:
    index = index_of(only='---\ntitle: 甲\nissued: "2025"\n---\n\n补贴三千元。\n')
    assert hits(index, "补贴", as_of=date(2020, 1, 1)) == ()
    assert names(hits(index, "补贴")) == ["only.md"]


@pytest.mark.parametrize("expires", ["2023", "2023-12", "2023-12-31"])
def test_an_expired_document_falls_behind_its_equal_and_is_still_found(
    expires: str, index_of: IndexOf
) -> None:
    text = "全日制博士每月发放生活补贴。\n"
    index = index_of(
        a=f'---\ntitle: 措施\nexpires: "{expires}"\n---\n\n{text}',
        b=f"---\ntitle: 措施\n---\n\n{text}",
    )
    assert names(hits(index, "博士生活补贴", as_of=date(2023, 12, 31))) == ["a.md", "b.md"]
    assert names(hits(index, "博士生活补贴", as_of=date(2024, 1, 1))) == ["b.md", "a.md"]
    before, after = (
        {hit.chunk.document_id: hit.score for hit in hits(index, "博士生活补贴", as_of=day)}
        for day in (date(2023, 12, 31), date(2024, 1, 1))
    )
    assert before["b.md"] == pytest.approx(after["b.md"])
    assert before["a.md"] > after["a.md"]


def test_of_two_that_say_the_same_the_one_that_opens_with_what_is_asked_leads(
    index_of: IndexOf,
) -> None:
    said = "## 其他\n\n符合条件的，每平方米补贴十元，每年不超过五十万元。\n"
    index = index_of(
        a=f"# 措施\n\n我市举办马拉松比赛，报名于三月截止。\n\n{said}",
        b=f"# 措施\n\n为支持仓库租赁，对租赁仓库的企业给予补贴。\n\n{said}",
    )
    found = hits(index, "租赁仓库每平方米补贴多少")
    whole = [hit for hit in found if "每平方米" in hit.chunk.text]
    assert names(tuple(whole)) == ["b.md", "a.md"]
    assert whole[0].dense_score == pytest.approx(whole[1].dense_score)
    assert whole[0].sparse_score == pytest.approx(whole[1].sparse_score)


def test_text_in_the_language_of_the_asker_gains_a_little(index: Index) -> None:
    found = {language: hits(index, "!?", language=language, top_k=99) for language in Language}
    for language, ranked in found.items():
        same = [index.store.document(h.chunk.document_id).meta.language is language for h in ranked]
        vector = HashEncoder().encode_queries(["!?"])[0]
        gap = abs(float(index.language_gap @ vector))
        for hit, own in zip(ranked, same, strict=True):
            opening = np.array(index.store.rows_of_document(hit.chunk.document_id)[:1])
            (near,) = index.dense.cosines(vector)[opening]
            meant = (1 - OPENING_SHARE) * hit.dense_score + OPENING_SHARE * float(near)
            gained = hit.score - MEANING_WEIGHT * meant - hit.sparse_score
            if own:
                late = hit.chunk.document_id == "talent-2020.md"
                assert gained == pytest.approx(
                    SAME_LANGUAGE_BONUS - late * EXPIRED_PENALTY, abs=1e-5
                )
            else:
                assert -EXPIRED_PENALTY - 1e-5 <= gained <= MEANING_WEIGHT * gap + 1e-5


def test_the_best_of_the_other_language_is_given_back_besides(index: Index) -> None:
    query = make_query("What living allowance does a doctor get a month?")
    ranking = retrieve(index, HashEncoder(), query, top_k=1, as_of=NOW)
    languages = [
        index.store.document(hit.chunk.document_id).meta.language for hit in ranking.cross_lingual
    ]
    assert languages
    assert set(languages) == {Language.CHINESE}
    assert ranking.cross_lingual[0].score <= ranking.hits[0].score


@given(question=st.text(min_size=1, max_size=30), top_k=st.integers(1, 60))
def test_hits_of_any_question_are_sorted_distinct_and_whole(
    question: str, top_k: int, index: Index
) -> None:
    found = hits(index, question, top_k=top_k)
    assert len(found) <= top_k
    assert len({hit.chunk.id for hit in found}) == len(found)
    assert all(left.score >= right.score for left, right in pairwise(found))
    for hit in found:
        assert 0 <= hit.sparse_score <= 1
        assert -1.001 <= hit.dense_score <= 1.001
        chunk = hit.chunk
        assert index.store.document(chunk.document_id).text[chunk.start : chunk.end] == chunk.text


def test_fewer_hits_are_the_first_of_more(index: Index) -> None:
    many = hits(index, STIPEND, top_k=12)
    assert len(many) == 12
    assert hits(index, STIPEND, top_k=3) == many[:3]
    assert len(hits(index, STIPEND)) == TOP_K


def test_an_index_of_one_chunk_answers(index_of: IndexOf) -> None:
    index = index_of(only="# 措施\n\n博士每月补贴三千元。\n")
    assert index.manifest.chunks == 1
    (hit,) = hits(index, "博士补贴", top_k=50)
    assert hit.chunk.text == "博士每月补贴三千元。"
    assert hits(index, "unheard of")[0].chunk == hit.chunk


def test_an_index_without_keywords_answers_by_meaning(index_of: IndexOf) -> None:
    index = index_of(a="Привет", b="Пока")
    assert names(hits(index, "Привет"))[0] == "a.md"


def test_more_later_documents_than_candidates_do_not_hide_an_earlier_one(
    index_of: IndexOf,
) -> None:
    later = {
        f"later{number}": f'---\ntitle: 新{number}\nissued: "2026"\n---\n\n博士每月补贴五千元。\n'
        for number in range(120)
    }
    index = index_of(**later, early='---\ntitle: 旧\nissued: "2020"\n---\n\n博士补贴一千元。\n')
    assert names(hits(index, "博士每月补贴", as_of=date(2021, 1, 1))) == ["early.md"]
