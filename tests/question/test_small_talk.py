"""Small talk, told from questions by examples, and by a classifier fitted to the bundled encoder."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from benchmarks.quality.small_talk import encoded
from hyqa import HashEncoder
from hyqa.index.build import Index, build_index, open_index
from hyqa.models import Encoder
from hyqa.models.softmax import Softmax
from hyqa.question.follow_ups import Conversation, Turn
from hyqa.question.small_talk import (
    LEAST,
    NO_SMALL_TALK,
    hear,
    shipped_classifier,
    small_talk_in,
)
from hyqa.question.understanding import Question

TEST = Path(__file__).parents[2] / "benchmarks" / "quality" / "small_talk_test.jsonl"
TEXTS = {"park.md": "---\ntitle: 甲园区\n---\n# 面积\n\n甲园区规划面积 20 平方公里。\n"}


@pytest.fixture
def index(index_foreseen: Callable[..., Index]) -> Index:
    return index_foreseen(TEXTS, [{"question": "面积多大", "answers": {"park.md": "20 平方公里"}}])


def test_the_classifier_was_fitted_to_the_encoder_that_is_shipped(shipped_encoder: Encoder) -> None:
    assert shipped_classifier().about["encoder"] == shipped_encoder.name


def test_most_messages_that_were_not_fitted_on_are_heard_and_few_questions(
    shipped_encoder: Encoder,
) -> None:
    lines = [json.loads(line) for line in TEST.read_text("utf-8").splitlines()]
    vectors = encoded(shipped_encoder, [line["text"] for line in lines])
    heard = np.array([
        shipped_classifier().probabilities(one)[NO_SMALL_TALK] <= 1 - LEAST for one in vectors
    ])  # fmt: skip
    talk = np.array([line["kind"] != NO_SMALL_TALK for line in lines])
    assert heard[talk].mean() >= 0.85
    assert heard[~talk].mean() <= 0.01


@pytest.mark.model
def test_where_nothing_was_foreseen_small_talk_must_be_near_an_example(
    shipped_encoder: Encoder, tmp_path: Path
) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "play.md").write_text("The plot of the play is short: a king dies.\n")
    build_index(tmp_path / "corpus", tmp_path / "index", shipped_encoder)
    index, question = open_index(tmp_path / "index"), "Tell the plot of the play in short."
    [vector] = encoded(shipped_encoder, [question])
    assert shipped_classifier().probabilities(vector)[NO_SMALL_TALK] <= 1 - LEAST
    assert small_talk_in(index, shipped_encoder, question) is None
    talk = small_talk_in(index, shipped_encoder, "thank you so very much")
    assert talk and talk.intent == "thanks"


def test_an_example_is_heard_in_any_spelling_by_any_encoder(index: Index) -> None:
    for message in ("Thanks", "ＴＨＡＮＫＳ", "多谢"):
        talk = small_talk_in(index, HashEncoder(), message)
        assert talk and talk.intent == "thanks"
    assert small_talk_in(index, HashEncoder(), "面积多大") is None


def test_doubt_asks_the_last_question_again_and_other_talk_is_replied_to(index: Index) -> None:
    before = Conversation((Turn("甲园区面积多大", "甲园区面积多大", "20 平方公里"),))
    asked, talk = hear(index, HashEncoder(), Question("真的吗", before, None))
    assert (asked.words, asked.conversation, talk) == ("甲园区面积多大", Conversation(), None)
    asked, talk = hear(index, HashEncoder(), Question("谢谢", before, None))
    assert talk and (talk.intent, asked.words) == ("thanks", "谢谢")


def test_probabilities_are_those_of_multinomial_logistic_regression() -> None:
    weights, biases = np.array([[0.0, 0], [1, 2], [3, -1]]), np.array([0.0, 0.5, -1])
    model = Softmax(("a", "b", "c"), weights.astype("f4"), biases.astype("f4"), {})
    told = Softmax.from_json(model.to_json()).probabilities(np.array([0.2, 0.4], "f4"))
    logits = weights @ [0.2, 0.4] + biases
    expected = np.exp(logits) / np.exp(logits).sum()
    assert list(told) == ["a", "b", "c"]
    assert list(told.values()) == pytest.approx(expected.tolist(), abs=1e-3)


@pytest.mark.parametrize(
    "text",
    ["{}", "[]", '{"classes": ["a"], "weights": [[1], [2]], "biases": [0], "about": {}}'],
)
def test_what_is_no_classifier_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"classifier|each class"):
        Softmax.from_json(text)
