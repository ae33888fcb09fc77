"""What a corpus is known not to hold: said so, with the words that come nearest."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from hyqa import ConfigError, Engine, HashEncoder, Status
from hyqa.index.build import BuildResult, build_index, open_index
from hyqa.index.foreseen.topics import row_of, topic_of
from hyqa.types import Topic, TopicKind

TODAY = date(2025, 9, 1)
WATER = """
[water-price]
questions = ["水费多少钱一吨", "price of water"]
zh = "收录的文件里没有水价。"
en = "The documents do not hold the price of water."
nearest = ["park.md", "gone.md"]
"""
WORDS = """
[water-price.words]
"supply.md" = "云岭的水厂每天供水 5 万吨。"
"supply-en.md" = "The waterworks of Yunling supply 50,000 tonnes a day."
"""
TEXTS = {
    "park.md": "---\ntitle: 云岭高新区\n---\n## 企业开办\n\n企业开办在云岭高新区0.5个工作日办结。\n",
    "supply.md": "---\ntitle: 供水\n---\n## 水厂\n\n云岭的水厂每天供水 5 万吨。它建于 2015 年。\n",
    "supply-en.md": "---\ntitle: Supply\nlanguage: en\n---\n## Works\n\n"
    "The waterworks of Yunling supply 50,000 tonnes a day. They are of 2015.\n",
}
HOMES = {f"{n}.md": f"长沙市第{n}号园区位于长沙城东，规划面积{n}平方公里。" for n in range(8)}
HOMES["glossary.toml"] = '[regions]\nplaces = "长沙 株洲"\n'
Built = Callable[..., tuple[BuildResult, Engine]]


@pytest.fixture
def built(tmp_path: Path) -> Built:
    """Builds an index of three documents with a file of gaps, and others by their names."""

    def build(gaps: str, others: Mapping[str, str] = {}) -> tuple[BuildResult, Engine]:
        corpus, root = tmp_path / "corpus", tmp_path / "index"
        corpus.mkdir()
        for name, text in (TEXTS | dict(others)).items():
            (corpus / name).write_text(text, encoding="utf-8")
        (corpus / "gaps.toml").write_text(gaps, encoding="utf-8")
        result = build_index(corpus, root, HashEncoder())
        return result, Engine(open_index(root), HashEncoder())

    return build


def test_what_is_known_not_to_be_held_is_refused_with_a_pointer(built: Built) -> None:
    result, engine = built(WATER)
    answer = engine.ask("水费多少钱一吨", as_of=TODAY)
    assert (answer.status, answer.quotes, answer.closest) == (Status.NOT_FOUND, (), ())
    assert answer.pointer == "收录的文件里没有水价。"
    assert [one.document_id for one in answer.nearest] == ["park.md"]
    assert engine.ask("price of water", as_of=TODAY).pointer.startswith("The documents do not")
    assert result.failures == ()


def test_what_is_not_held_of_the_corpus_s_own_place_says_nothing_of_another(built: Built) -> None:
    _, engine = built(WATER, HOMES)
    answer = engine.ask("株洲水费多少钱一吨", as_of=TODAY)
    assert (answer.pointer, answer.missing) == ("收录的文件里没有水价。", ("株洲",))
    assert engine.ask("长沙水费多少钱一吨", as_of=TODAY).missing == ()


@pytest.mark.parametrize(
    ("question", "document", "words"),
    [
        ("水费多少钱一吨", "supply.md", "云岭的水厂每天供水 5 万吨。"),
        ("price of water", "supply-en.md", "The waterworks of Yunling supply 50,000 tonnes a day."),
    ],
)
def test_the_words_that_come_nearest_are_quoted_in_the_askers_language(
    built: Built, question: str, document: str, words: str
) -> None:
    _, engine = built(WATER + WORDS)
    answer = engine.ask(question, as_of=TODAY)
    assert (answer.status, answer.quotes) == (Status.NOT_FOUND, ())
    [closest] = answer.closest
    assert (closest.citation.document_id, closest.text) == (document, words)
    held = engine.index.store.document(document)
    assert held.text[closest.start : closest.end] == words
    assert closest.citation.heading_path == held.sections[-1].heading_path


def test_of_another_place_no_words_are_quoted_that_do_not_name_it(built: Built) -> None:
    # At home in Changsha, which all name; asked about Zhuzhou.
    _, engine = built(WATER + WORDS, HOMES)
    assert engine.ask("长沙水费多少钱一吨", as_of=TODAY).closest
    answer = engine.ask("株洲水费多少钱一吨", as_of=TODAY)
    assert answer.pointer and answer.closest == ()


def test_words_that_do_not_stand_in_their_document_are_named_and_not_shown(built: Built) -> None:
    result, engine = built(WATER + WORDS.replace("5 万吨", "6 万吨"))
    [failure] = result.failures
    assert failure.source == "gaps.toml"
    assert "water-price" in failure.reason and "supply.md" in failure.reason
    answer = engine.ask("水费多少钱一吨", as_of=TODAY)
    assert answer.pointer and answer.closest == ()
    assert [one.document_id for one in answer.nearest] == ["supply.md", "park.md"]


@pytest.mark.parametrize("gaps", ["[a]\nquestions = 1", "[a", '[a]\nquestions = []\nzh = "甲"'])
def test_a_wrong_file_of_gaps_says_what_it_needs(built: Built, gaps: str) -> None:
    with pytest.raises(ConfigError, match=r"gaps\.toml cannot be read: each table needs"):
        built(gaps)


def test_a_topic_of_before_names_documents_alone() -> None:
    topic = Topic("a", TopicKind.GAP, (), {}, {"park.md": "words"})
    assert topic_of(*row_of(topic)) == topic
    assert topic_of("a", "gap", "{}", '["park.md"]').nearest == {"park.md": ""}
