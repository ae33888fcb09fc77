"""What is measured of documents that nothing was foreseen for, over a small corpus."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.quality.unforeseen import (
    DAY,
    Asked,
    asked_of,
    drawn_groups,
    group_of,
    leading_to,
    measure,
    outcomes,
    sampled,
    unanswered_of,
    without,
)
from hyqa import Engine, HashEncoder, build_index, open_index
from hyqa.maintenance.evaluation.leave_one_out import Kin, LeaveOneOut
from hyqa.types import Language

SUBJECTS = ("用水", "用电", "排污", "消防", "绿化", "道路", "仓储", "招工", "食堂", "通勤")


def question(number: int) -> str:
    return f"{SUBJECTS[number]}一个月要交多少钱"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten documents, the first in two languages, each with what was foreseen and typed."""
    folder = tmp_path_factory.mktemp("unforeseen")
    asked = folder / "questions" / "asked"
    asked.mkdir(parents=True)
    foreseen: list[Mapping[str, object]] = []
    typed: list[Mapping[str, object]] = [{"question": "月球上能办厂吗", "lacks": "不是云岭的事"}]
    for number, subject in enumerate(SUBJECTS):
        text = f"云岭高新区{subject}每月收费{number + 3}17元，由园区公司收取。"
        (folder / f"{number}.md").write_text(f"# {subject}办法\n\n{text}\n", encoding="utf-8")
        words = {f"{number}.md": f"每月收费{number + 3}17元"}
        foreseen.append({"question": f"{subject}费用标准", "answers": words})
        miss = {
            "question": f"{subject}明年涨不涨",
            "documents": [f"{number}.md"],
            "lacks": "没有预测",
        }
        foreseen.append(miss)
        typed.append({"question": question(number), "answers": words})
    english = "Water costs 317 yuan a month in the Yunling zone, paid to the company of the park."
    (folder / "0-en.md").write_text(f"# Water\n\n{english}\n", encoding="utf-8")
    words = {"0-en.md": "317 yuan a month", "0.md": "每月收费317元"}
    typed.append({"question": "what does water cost a month", "answers": words})
    for path, lines in ((folder / "questions/0.jsonl", foreseen), (asked / "a.jsonl", typed)):
        path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def root(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unforeseen_index")
    assert build_index(corpus, folder, HashEncoder()).failures == ()
    return folder


@pytest.fixture(scope="module")
def engine(root: Path) -> Engine:
    return Engine(open_index(root), HashEncoder())


TYPED = frozenset(
    [*map(question, range(len(SUBJECTS))), "what does water cost a month", "月球上能办厂吗"]
)


def test_a_document_goes_with_the_other_language_and_a_fifth_goes_at_a_time() -> None:
    assert group_of("parks/a-en.pdf") == group_of("parks/a.md") == "parks/a"
    names = [f"{number}{end}" for number in range(10) for end in (".md", "-en.md")]
    drawn = drawn_groups(names, 1)
    assert len(drawn) == 2 and drawn <= {str(number) for number in range(10)}
    assert drawn == drawn_groups(names[::-1], 1)
    assert len({drawn_groups(names, seed) for seed in range(9)}) > 1


def test_all_questions_of_a_document_are_left_out(engine: Engine) -> None:
    questions = LeaveOneOut(engine, DAY).questions
    left = leading_to(questions, frozenset({"0"}))
    texts = {one.text for one in questions if one.number in left}
    own = {"用水费用标准", "用水明年涨不涨", question(0), "what does water cost a month"}
    assert texts == own
    bare = without(engine, left)
    [reading] = [
        one
        for one in bare.trace(question(0), as_of=DAY).readings
        if one.hit.chunk.document_id == "0.md"
    ]
    assert reading.hit.foreseen == () and reading.hit.near_miss is None
    assert engine.trace(question(0), as_of=DAY).readings[0].hit.foreseen


def test_what_people_typed_is_asked_with_where_its_answers_stand(engine: Engine) -> None:
    questions = LeaveOneOut(engine, DAY).questions
    chosen = asked_of(engine.index, questions, TYPED, frozenset({"0", "3"}))
    assert {one.text for one in chosen} == {
        question(0),
        question(3),
        "what does water cost a month",
    }
    [english] = [one for one in chosen if one.language is Language.ENGLISH]
    assert {name for name, _, _ in english.places} == {"0.md", "0-en.md"} and english.only
    [unanswered] = unanswered_of(questions, TYPED)
    assert unanswered.text == "月球上能办厂吗" and not unanswered.places
    assert [one.language for one in sampled(chosen, 1, 0)] == [Language.CHINESE, Language.ENGLISH]


def test_an_answer_is_right_by_its_words_its_places_or_its_figures(engine: Engine) -> None:
    trace = engine.trace(question(3), as_of=DAY)
    [quote, *_] = trace.answer.quotes
    assert quote.citation.document_id == "3.md"
    elsewhere = Asked(question(3), Language.CHINESE, frozenset({("9.md", 0, 9)}), (), True)
    wrong = ["shown wrongly"]
    assert outcomes(trace, elsewhere) == wrong
    there = replace(elsewhere, places=frozenset({("3.md", quote.start, quote.end)}))
    assert outcomes(trace, there) == ["document first", "shown rightly"]
    for words, right in (
        ("每月收费617元", True),
        ("617yuan", True),
        ("61", False),
        ("6171元", False),
    ):
        told = outcomes(trace, replace(elsewhere, words=(words,)))
        assert told == (["shown rightly"] if right else wrong), words


def test_the_table_has_a_row_for_each_language_and_what_is_foreseen(
    engine: Engine, corpus: Path
) -> None:
    told = measure(engine, corpus, count=5, seed=2)
    assert told.startswith("2 documents, each in its languages, without their 7 questions.")
    rows = [line.split(" | ") for line in told.splitlines() if line.startswith("| Chinese")]
    kinds = [(row[0], row[1], row[2]) for row in rows]
    assert kinds == [
        (f"| Chinese{kind}", foreseen, count)
        for kind, count in (("", "2"), (", not held", "1"), (", only these", "2"))
        for foreseen in ("nothing", "other wordings")
    ]
    for row in rows:
        shares = [float(share.removesuffix(" |")) for share in row[4:]]
        assert abs(sum(shares) - 1) < 0.02


def test_the_command_explains_itself() -> None:
    command = [sys.executable, "-m", "benchmarks.quality.unforeseen", "--help"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "--corpus" in shown and "--seed" in shown


def test_documents_are_without_foreseen_questions_whether_they_answer_or_not(
    engine: Engine,
) -> None:
    asking = LeaveOneOut(engine, DAY)

    def without_any(kin: Kin, *, answering: bool) -> set[str]:
        """Documents of candidates that are without, of those that answer or of the others."""
        return {
            one.hit.chunk.document_id
            for written in asking.questions
            if written.answers
            for one in asking.ask(written, kin).candidates
            if not one.hit.foreseen
            and (one.hit.chunk.document_id in written.documents) == answering
        }

    assert without_any(Kin.WORDING, answering=False) == set()
    # Its question leads to the Chinese document as well, and goes with that one's.
    assert without_any(Kin.DOCUMENT, answering=False) <= {"0-en.md"}
    assert len(without_any(Kin.DOCUMENT, answering=True)) > 5
    assert len(without_any(Kin.OTHERS, answering=False)) > 5
    usual = without_any(Kin.WORDING, answering=True)
    assert without_any(Kin.OTHERS, answering=True) == usual
