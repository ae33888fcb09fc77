"""Comparisons and other turns of a conversation, over a small corpus with names."""

from collections.abc import Sequence
from datetime import date

import pytest

from hyqa import (
    Answer,
    Conversation,
    Engine,
    HashEncoder,
    Language,
    Status,
    build_index,
    open_index,
)
from hyqa.question.comparison import enumeration
from hyqa.question.slots import without_introduction
from hyqa.text.names import Names

TODAY = date(2026, 1, 2)
FILES = {
    "heron.md": "---\ntitle: 白鹭高新区概况\nkind: profile\nlanguage: zh\n---\n\n"
    "白鹭高新区规划面积18平方公里，入驻企业52家。\n\n白鹭高新区的主导产业是制药。\n",
    "heron-news.md": "---\ntitle: 白鹭高新区签约新闻\nlanguage: zh\n---\n\n"
    "2025年，白鹭高新区签约项目9个，投资额增长。\n",
    "bamboo.md": "---\ntitle: 竹溪高新区概况\nlanguage: zh\n---\n\n"
    "竹溪高新区规划面积7平方公里，入驻企业31家。\n",
    "doctors.md": "---\ntitle: 云岭市博士行动\nlanguage: zh\n---\n\n博士生活补贴每月3000元。\n",
    "masters.md": "---\ntitle: 云岭市硕士行动\nlanguage: zh\n---\n\n硕士生活补贴每月1500元。\n",
    "heron-en.md": "---\ntitle: Heron Park\nlanguage: en\n---\n\n"
    "Heron Park is large: it covers 18 square kilometres.\n",
    "bamboo-en.md": "---\ntitle: Bamboo Park\nlanguage: en\n---\n\n"
    "Bamboo Park is less large: it covers 7 square kilometres.\n",
    "glossary.toml": 'parks = [\n  [["白鹭高新区"], ["Heron Park"]],\n'
    '  [["竹溪高新区"], ["Bamboo Park"]],\n]\n[kinds]\nsites = "区 park"\n',
}
AREAS = ("白鹭高新区面积多大", "竹溪高新区面积多大")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    corpus, root = tmp_path_factory.mktemp("named"), tmp_path_factory.mktemp("index")
    for name, text in FILES.items():
        (corpus / name).write_text(text, encoding="utf-8")
    build_index(corpus, root, HashEncoder())
    return Engine(open_index(root), HashEncoder())


def last_of(engine: Engine, *questions: str) -> Answer:
    """The answer to the last of some questions that are asked one after another."""
    conversation = Conversation()
    for question in questions:
        answer = engine.ask(question, conversation=conversation, as_of=TODAY)
        conversation = conversation.add(question, answer)
    return answer


@pytest.mark.parametrize(
    ("talk", "query", "parts"),
    [
        ([*AREAS, "两个园区哪个大"], "白鹭高新区和竹溪高新区哪个大", ("18平方公里", "7平方公里")),
        ([*AREAS, "哪个更大？"], "白鹭高新区和竹溪高新区哪个更大？", ("18平方公里", "7平方公里")),
        (
            ["白鹭高新区和竹溪高新区哪个企业多"],
            "白鹭高新区和竹溪高新区哪个企业多",
            ("52家", "31家"),
        ),
        (["博士和硕士哪个生活补贴高？"], "博士和硕士哪个生活补贴高？", ("3000元", "1500元")),
        (
            ["How large is Heron Park?", "And Bamboo Park?", "Which of the two is larger?"],
            "Which is larger, Heron Park or Bamboo Park?",
            ("covers 18", "covers 7"),
        ),
        (
            ["Which is larger, Heron Park or Bamboo Park?"],
            "Which is larger, Heron Park or Bamboo Park?",
            ("covers 18", "covers 7"),
        ),
    ],
)
def test_a_comparison_quotes_the_same_of_both(
    talk: Sequence[str], query: str, parts: tuple[str, str], engine: Engine
) -> None:
    answer = last_of(engine, *talk)
    assert answer.status is Status.ANSWERED
    assert answer.query == query
    assert all(part in "".join(quote.text for quote in answer.quotes) for part in parts)
    assert len({quote.citation.document_id for quote in answer.quotes}) == 2


def test_a_comparison_with_what_is_not_there_names_it(engine: Engine) -> None:
    answer = last_of(engine, "白鹭高新区和长沙高新区哪个企业多")
    assert answer.status is Status.PARTIAL
    assert answer.missing == ("长沙高新区",)
    assert {quote.citation.document_id for quote in answer.quotes} == {"heron.md"}


@pytest.mark.parametrize(
    ("talk", "query"),
    [
        ([*AREAS, "上一个呢"], AREAS[0]),
        ([*AREAS, "两个哪个大", "上一个呢"], AREAS[0]),
        (["How large is Heron Park?", "And Bamboo Park?", "The previous one?"], "How large is Heron Park?"),
        ([AREAS[0], "那竹溪高新区呢"], AREAS[1]),
        ([AREAS[0], "不是，我问的是竹溪高新区"], AREAS[1]),
        ([AREAS[0], "另外，博士生活补贴多少？"], "博士生活补贴多少？"),
        ([AREAS[0], "顺便问下博士生活补贴多少？"], "博士生活补贴多少？"),
        ([AREAS[0], "换个话题，博士生活补贴多少？"], "博士生活补贴多少？"),
        ([AREAS[0], "By the way, what does Bamboo Park cover?"], "what does Bamboo Park cover?"),
    ],
)  # fmt: skip
def test_the_resolved_question_tells_what_is_meant(
    talk: Sequence[str], query: str, engine: Engine
) -> None:
    assert last_of(engine, *talk).query == query


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("用英文说", "en"),
        ("and in English?", "en"),
        ("请用中文再说一遍", "zh"),
        ("in Chinese please", "zh"),
    ],
)
def test_another_language_is_that_of_the_answer(
    question: str, language: str, engine: Engine
) -> None:
    answer = last_of(engine, AREAS[0], question)
    assert answer.language is Language(language)
    assert "18" in answer.quotes[0].text


@pytest.mark.parametrize(
    "question",
    ["哪个大", "上一个呢", "Which one is larger?", "the previous one", "谁和谁哪个大", "哪个"],
)
def test_nothing_to_compare_is_no_comparison(question: str, engine: Engine) -> None:
    assert len({one.citation.document_id for one in last_of(engine, question).quotes}) < 2


@pytest.mark.parametrize(
    "question", ["哪个园区企业最多", "哪里有博士补贴多少", "和", "哪个和哪个", "和和和哪个大"]
)
def test_a_question_that_only_looks_like_a_comparison_is_asked_as_it_is(
    question: str, engine: Engine
) -> None:
    assert last_of(engine, question).query == question


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("白鹭高新区和竹溪高新区面积多少", ("18平方公里", "7平方公里")),
        ("竹溪高新区、白鹭高新区的面积", ("18平方公里", "7平方公里")),
        (
            "What is the area of Heron Park and Bamboo Park?",
            ("18 square kilometres", "7 square kilometres"),
        ),
    ],
)
def test_what_is_asked_of_several_things_is_quoted_of_each(
    question: str, parts: tuple[str, ...], engine: Engine
) -> None:
    answer = last_of(engine, question)
    text = " ".join(quote.text for quote in answer.quotes)
    assert all(part in text for part in parts)
    assert answer.status is Status.ANSWERED


NAMES = Names(["白鹭高新区", "竹溪高新区", "Heron Park", "Bamboo Park"])


@pytest.mark.parametrize(
    "question",
    [
        "白鹭高新区和竹溪高新区之间有多远",
        "白鹭高新区和竹溪高新区签约多少项目",
        "白鹭高新区面积多少，竹溪高新区呢",
        "白鹭高新区面积多少",
        "介绍白鹭高新区和竹溪高新区",
    ],
)
def test_what_is_asked_of_two_things_as_one_is_no_enumeration(question: str) -> None:
    assert enumeration(question, NAMES) is None


def test_an_enumeration_asks_the_same_of_each() -> None:
    listed = enumeration("2024年白鹭高新区和竹溪高新区产值多少", NAMES)
    assert listed is not None
    assert listed.names == ("白鹭高新区", "竹溪高新区")
    assert listed.questions == ("2024年白鹭高新区产值多少", "2024年竹溪高新区产值多少")


@pytest.mark.parametrize(
    ("talk", "shown", "query"),
    [
        (["白鹭高新区面积多大", "竹溪高新区入驻企业多少家"], "31家", "竹溪高新区入驻企业多少家"),
        (["白鹭高新区面积多大", "不是白鹭，我问的是竹溪"], "7平方公里", "竹溪高新区面积多大"),
    ],
)
def test_a_follow_up_that_names_another_thing_is_about_that(
    talk: list[str], shown: str, query: str, engine: Engine
) -> None:
    answer = last_of(engine, *talk)
    assert shown in answer.quotes[0].text
    assert answer.question == talk[-1]
    assert query in answer.query


def test_two_questions_in_one_message_are_both_answered(engine: Engine) -> None:
    answer = last_of(engine, "白鹭高新区规划面积多大，博士生活补贴每月多少")
    text = " ".join(quote.text for quote in answer.quotes)
    assert "18平方公里" in text and "3000元" in text


@pytest.mark.parametrize(
    "question",
    [
        "介绍一下白鹭高新区",
        "白鹭高新区",
        "能讲讲白鹭高新区吗",
        "白鹭高新区概况",
    ],
)
def test_who_asks_of_a_park_and_nothing_more_is_told_how_its_profile_begins(
    question: str, engine: Engine
) -> None:
    answer = last_of(engine, question)
    assert answer.quotes[0].citation.document_id == "heron.md"
    assert answer.quotes[0].text.startswith("白鹭高新区规划面积18平方公里")


def test_so_is_one_who_asked_of_something_else_before(engine: Engine) -> None:
    answer = last_of(engine, "竹溪高新区面积多大", "介绍一下白鹭高新区")
    assert answer.query == "白鹭高新区"
    assert answer.quotes[0].citation.document_id == "heron.md"


def test_so_is_one_who_asks_in_english(engine: Engine) -> None:
    answer = last_of(engine, "Tell me about the Heron Park")
    assert answer.quotes[0].citation.document_id == "heron-en.md"


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("介绍一下白鹭高新区", "白鹭高新区"),
        ("我想了解一下竹溪高新区", "竹溪高新区"),
        ("竹溪高新区的基本情况", "竹溪高新区"),
        ("could you tell me more about Heron Park?", "Heron Park?"),
        ("give me an overview of Heron Park", "Heron Park"),
        ("了解到的情况", "了解到的情况"),
        ("介绍", "介绍"),
        ("tell me a joke", "tell me a joke"),
    ],
)
def test_the_words_that_only_ask_to_be_told_are_left_out(question: str, bare: str) -> None:
    assert without_introduction(question) == bare
