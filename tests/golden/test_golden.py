"""Questions of our own about the shipped corpus, asked of the real encoder: they gate a release."""

import json
from pathlib import Path

import pytest

from hyqa import Conversation, Engine, Status

QUESTIONS = [
    json.loads(line)
    for line in (Path(__file__).parent / "questions.jsonl").read_text("utf-8").splitlines()
]

pytestmark = pytest.mark.model


@pytest.mark.parametrize("golden", QUESTIONS, ids=[one["question"] for one in QUESTIONS])
def test_a_golden_question_is_answered_as_it_should_be(
    shipped: Engine, golden: dict[str, list[str]]
) -> None:
    conversation = Conversation()
    for earlier in golden.get("history", []):
        conversation = conversation.add(earlier, shipped.ask(earlier, conversation=conversation))
    answer = shipped.ask(str(golden["question"]), conversation=conversation)
    assert answer.status == golden.get("status", Status.ANSWERED)
    for quote in answer.quotes:
        text = shipped.document(quote.citation.document_id).text
        assert text[quote.start : quote.end] == quote.text
    if answer.quotes:
        shown = _bare("".join(quote.text for quote in answer.quotes))
        assert all(_bare(part) in shown for part in golden["contains"]), shown
        assert answer.quotes[0].citation.document_id in golden["documents"]


def _bare(text: str) -> str:
    """A text without white space: documents write 200万元 and 200 万元."""
    return "".join(text.split())
