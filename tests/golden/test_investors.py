"""Investors' questions of our own, each round written before the engine answered it: none may get worse."""

from pathlib import Path

import pytest

from hyqa import Engine
from hyqa.evaluation import judge, read_questions

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("name", "told_at_least", "refused_at_least", "asked_back_at_most"),
    [
        # Of 75 that the shipped documents answer and 28 that they do not; 61 and 20 at first.
        ("investors", 64, 25, 2),
        # Of 70 and 40; 50 and 26 at first. The models are fitted on these and the next.
        ("brief", 56, 33, 2),
        # Of 75 and 45; 50 and 39 at first.
        ("varied", 57, 38, 3),
        # Of 70 and 40, on which nothing is fitted; 54 and 27 at first.
        ("held_out", 58, 31, 2),
        # Of 80 and 30 in words far from the documents'; 35 and 24 at first. Fitted on, too.
        ("colloquial", 47, 23, 3),
        # Of 80 and 30 of the same kind, on which nothing is fitted; 31 and 28 at first.
        ("colloquial_held_out", 39, 25, 3),
    ],
)
def test_investors_get_the_fact_or_an_honest_no(
    name: str,
    told_at_least: int,
    refused_at_least: int,
    asked_back_at_most: int,
    shipped: Engine,
) -> None:
    questions, failures = read_questions(Path(__file__).parent / f"{name}.jsonl")
    assert failures == []
    outcomes = [judge(shipped, question) for question in questions]
    told = [one for one in outcomes if one.question.answerable and one.inside]
    refused = [one for one in outcomes if not one.question.answerable and one.refused]
    assert len(told) >= told_at_least
    assert len(refused) >= refused_at_least
    assert sum(one.asked_back for one in outcomes) <= asked_back_at_most
    assert not any(one.not_verbatim for one in outcomes)
    cited = [set(one.quoted) & one.question.document_ids for one in told]
    assert cited.count(set()) <= 1
