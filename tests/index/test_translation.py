import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyqa.index.build import Index, build_index, open_index
from hyqa.index.dictionary import Rendering
from hyqa.index.search import retrieve
from hyqa.models import HashEncoder
from hyqa.parsing.corpus.sources import GLOSSARY
from hyqa.question.query import make_query
from hyqa.types import Language
from hyqa.types.errors import SnapshotError

FILES = {
    "allowance.md": "# 生活补贴\n\n博士每月领取生活补贴三千元。\n",
    "fire.md": "# 消防演练\n\n学校每年举行一次消防演练。\n",
    "isle.md": "# 青螺洲工业园\n\n青螺洲工业园有码头两座。\n",
    "valley.md": "# 时针谷\n\n时针谷生产钟表机芯，位于鹭鸣镇。\n",
    "wharf-en.md": "---\ntitle: Luming wharf\nlanguage: en\n---\n\nThe wharf of Luming takes barges.\n",
    "tax-en.md": "---\ntitle: Customs\nlanguage: en\n---\n\nImported machines are free of customs duty.\n",
    GLOSSARY: 'parks = [[["青螺洲工业园"], ["Snail Isle Industrial Park"]]]\n',
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    corpus, root = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("index")
    for name, text in FILES.items():
        (corpus / name).write_text(text, encoding="utf-8")
    build_index(corpus, root, HashEncoder())
    return open_index(root)


def best_of(index: Index, question: str, language: Language) -> str:
    """The document of another language that keywords alone put first."""
    scores = index.sparse.group_scores(index.translations.groups(make_query(question)))
    chinese = index.validity.chinese == (language is Language.CHINESE)
    row = int((scores * chinese).argmax())
    return index.store.chunks([row])[0].document_id


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("Is there a living allowance for a PhD or a doctor?", "allowance.md"),
        ("How often are fire drills held at schools?", "fire.md"),
        ("Does the Snail Isle Industrial Park have a wharf?", "isle.md"),
        ("Are clocks made in Luming?", "valley.md"),
    ],
)
def test_english_words_find_chinese_text(index: Index, question: str, document: str) -> None:
    assert best_of(index, question, Language.CHINESE) == document


@pytest.mark.parametrize(
    ("question", "document"),
    [("鹭鸣的码头能停什么船？", "wharf-en.md"), ("进口机器要交关税吗", "tax-en.md")],
)
def test_chinese_words_find_english_text(index: Index, question: str, document: str) -> None:
    assert best_of(index, question, Language.ENGLISH) == document


def test_text_in_the_askers_language_leads_where_it_answers_as_well(index: Index) -> None:
    query = make_query("What does the wharf of Luming take?")
    ranking = retrieve(index, HashEncoder(), query, as_of=date(2025, 9, 1))
    assert ranking.hits[0].chunk.document_id == "wharf-en.md"


def test_a_figure_and_a_latin_word_stand_for_themselves(index: Index) -> None:
    tokens = {
        candidate.tokens
        for group in index.translations.groups(make_query("ABB在2024年的11号文件"))
        for candidate in group
    }
    assert {("abb",), ("2024",), ("11",)} <= tokens


def test_a_word_nobody_knows_counts_as_not_seen(index: Index) -> None:
    known = index.translations.groups(make_query("fire drills"))
    doubtful = index.translations.groups(make_query("fire drills of Xyzzyx"))
    best, less = (index.sparse.group_scores(groups).max() for groups in (known, doubtful))
    assert 0 < less < best <= 1


@given(st.text(max_size=60))
def test_scores_stay_between_nothing_and_everything(index: Index, question: str) -> None:
    for language in Language:
        groups = index.translations.groups(make_query(question, language))
        scores = index.sparse.group_scores(groups)
        assert scores.shape == (len(index.sparse),)
        assert 0 <= scores.min() <= scores.max() <= 1 + 1e-6


def test_a_damaged_file_is_told_as_a_damaged_index(index: Index, tmp_path: Path) -> None:
    from hyqa.index.translation import Translations

    with pytest.raises(SnapshotError, match="damaged"):
        Translations(tmp_path, index.sparse)
    connection = sqlite3.connect(tmp_path / "translations.sqlite")
    connection.execute("CREATE TABLE other (a)")
    connection.close()
    with pytest.raises(SnapshotError, match="damaged"):
        Translations(tmp_path, index.sparse)


class OneWord:
    """A dictionary that knows one word."""

    def renderings(self, tokens: Iterable[str]) -> Iterator[Rendering]:
        yield Rendering("泊位", ("quay",))

    def is_common(self, word: str) -> bool:
        return True


def test_another_dictionary_may_be_given(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("云岭港有三个泊位。", encoding="utf-8")
    root = tmp_path / "index"
    build_index(tmp_path / "corpus", root, HashEncoder(), dictionary=OneWord())
    index = open_index(root)
    groups = index.translations.groups(make_query("quay"))
    assert [one.tokens for group in groups for one in group] == [("quay",), ("泊位",)]
    assert len(index.translations.groups(make_query("harbour"))[0]) == 1
