"""The shipped golden questions, on the shipped documents and the real encoder: they hold, and they bite."""

from datetime import date
from pathlib import Path

import pytest
from fixtures import ROOT

from hyqa.engine import Engine
from hyqa.index.build import open_index
from hyqa.maintenance.evaluation.metrics import share
from hyqa.maintenance.release import faults_of, golden_questions
from hyqa.maintenance.release.replaying import replay
from release.making import Halved, shuffle_a_third, spoilt

pytestmark = pytest.mark.model


def test_each_shipped_golden_question_gets_what_is_expected(shipped: Engine) -> None:
    golden, unread = golden_questions(ROOT / "docs_corpus")
    assert unread == []
    answerable = [one.question.answerable for one in golden]
    assert (answerable.count(True), answerable.count(False)) == (120, 30)
    replies = replay(shipped, golden, date.today())
    assert [one.name for one in golden if not replies[one.key].right] == []
    assert all(one.verbatim for one in replies.values())


def test_with_half_of_the_threshold_refusals_are_lost(shipped: Engine) -> None:
    golden, _ = golden_questions(ROOT / "docs_corpus")
    refused = [one for one in golden if not one.question.answerable]
    halved = Engine(shipped.index, shipped.encoder, Halved(shipped.reader))
    replies = replay(halved, refused, date.today())
    lost = share([not one.right for one in replies.values()])
    assert lost.count >= 3


def test_the_shipped_index_is_sound_and_shuffled_vectors_are_found(
    shipped: Engine, shipped_root: Path, tmp_path: Path
) -> None:
    assert faults_of(shipped.index, shipped.encoder) == []
    torn = open_index(spoilt(shipped_root, tmp_path / "torn", shuffle_a_third))
    faults = faults_of(torn, shipped.encoder)
    assert faults and all("another text's" in one for one in faults[:-1])
