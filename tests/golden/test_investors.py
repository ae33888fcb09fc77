"""Investors' questions of our own, each round written before the engine answered it: none may get worse."""

from pathlib import Path

import pytest

from hyqa import Engine
from hyqa.maintenance.evaluation import judge, read_questions

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("name", "told_at_least", "refused_at_least", "asked_back_at_most"),
    [
        # Of 77 that the shipped documents answer and 26 that they do not.
        ("investors", 76, 23, 3),
        # Of 72 and 38. The model is fitted on these, the next and the colloquial ones.
        ("brief", 68, 32, 2),
        # Of 79 and 41.
        ("varied", 72, 36, 3),
        # Of 71 and 39, on which nothing is fitted.
        ("held_out", 66, 34, 2),
        # Of 80 and 30 in words far from the documents'.
        ("colloquial", 70, 26, 3),
        # Of 80 and 30 of the same kind, on which nothing is fitted.
        ("colloquial_held_out", 70, 27, 3),
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
