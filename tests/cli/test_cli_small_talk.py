"""Small talk in the terminal: a fitting reply, never a quote, and nothing of it stays."""

import json

import pytest

from cli.conftest import QUESTION, Run
from hyqa import Language
from hyqa.cli.small_talk import reply
from hyqa.index.foreseen import small_talk

INTENTS = [topic.name for topic in small_talk()]


@pytest.mark.parametrize("language", Language)
def test_each_intent_has_a_reply_of_its_own_without_empty_lines(language: Language) -> None:
    replies = {intent: reply(intent, language) for intent in INTENTS}
    assert replies["menu"] == replies["capabilities"]
    assert len(set(replies.values())) == len(INTENTS) - 1
    assert all(line.strip() for text in replies.values() for line in text.split("\n"))
    assert reply("something new", language) == replies["capabilities"]


@pytest.mark.parametrize("language", Language)
def test_what_can_be_asked_is_told_with_three_examples_and_the_commands(language: Language) -> None:
    lines = reply("capabilities", language).split("\n")
    assert sum(line.startswith("- ") for line in lines) == 3
    assert all(word in lines[-2] for word in ("/help", "/reset", "/quit"))
    assert "hyqa search" in lines[-1] and "hyqa --help" in lines[-1]


@pytest.mark.parametrize("language", Language)
def test_nobody_sits_behind_a_terminal_and_no_number_is_invented(language: Language) -> None:
    text = reply("person", language)
    assert "Telegram" in text and "/person" in text
    assert not any(char.isdigit() for char in text)


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("你好", "您好！"),
        ("转人工", "终端里没有工作人员"),
        ("你是机器人吗", "不是真人"),
        ("菜单", "/reset"),
        ("thanks", "You are welcome"),
        ("are you a robot", "not a person"),
        ("what are your sources", "each with its own date"),
        ("that's wrong", "Sorry"),
    ],
)
def test_a_message_gets_the_reply_to_it(answering: Run, message: str, told: str) -> None:
    result = answering("ask", message)
    assert (result.code, result.err) == (0, "")
    assert told in result.out and "│" not in result.out and "[1]" not in result.out


def test_json_names_the_intent_and_quotes_nothing(answering: Run) -> None:
    record = json.loads(answering("ask", "谢谢", "--json").out)
    assert (record["status"], record["intent"]) == ("small_talk", "thanks")
    assert record["quotes"] == record["nearest"] == record["related"] == []


def test_an_explanation_of_small_talk_has_no_steps(answering: Run) -> None:
    shown = answering("ask", "--explain", "谢谢").out
    assert shown.endswith("└── decide: status small_talk, small talk thanks\n")
    told = json.loads(answering("ask", "--explain", "--json", "谢谢").out)["explanation"]
    assert told["understand"]["message"] == "谢谢"
    assert told["steps"] == []
    assert told["decide"] == {"status": "small_talk", "small talk": "thanks"}


def test_a_follow_up_goes_on_from_before_the_small_talk(answering: Run) -> None:
    plain = answering("chat", stdin=f"{QUESTION}\n那硕士呢？\n".encode()).out.split("\n\n")
    thanked = answering("chat", stdin=f"{QUESTION}\n谢谢\n那硕士呢？\n".encode()).out.split("\n\n")
    assert thanked == [plain[0], reply("thanks", Language.CHINESE), plain[1]]
