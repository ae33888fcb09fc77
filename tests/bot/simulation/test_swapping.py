"""Functions of a module in use are changed to what another text of it says."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from benchmarks.bot_branches import MUTANTS
from benchmarks.bot_mutants import OCCASIONS, ROOT
from benchmarks.bot_swapping import swap
from simulation.faults import draw

TEXT = """
from contextlib import contextmanager

WORDS = ("one",)


@contextmanager
def opened():
    yield "one"


class Teller:
    def tell(self):
        return [word + "!" for word in WORDS]

    @property
    def later(self):
        return (lambda: "one")()
"""


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A module that is imported, and whose parts others may hold."""
    (tmp_path / "told_once.py").write_text(TEXT, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield import_module("told_once")
    del sys.modules["told_once"]


def test_who_holds_a_function_gets_what_it_does_now(held: Any, tmp_path: Path) -> None:
    teller, opened = held.Teller(), held.opened
    assert swap("told_once.py", TEXT.replace('"one"', '"two"'), tmp_path)
    with opened() as word:
        assert (word, teller.tell(), teller.later) == ("two", ["two!"], "two")


def test_lines_that_are_gone_leave_the_functions_below_as_they_are(
    held: Any, tmp_path: Path
) -> None:
    shorter = TEXT.replace('    yield "one"\n', "    yield\n").replace("\n\n\n@", "\n@")
    assert swap("told_once.py", shorter, tmp_path)
    with held.opened() as word:
        assert (word, held.Teller().later) == (None, "one")


def test_a_text_that_says_the_same_changes_nothing(held: Any, tmp_path: Path) -> None:
    assert not swap("told_once.py", TEXT + "\n# and no more\n", tmp_path)


def test_a_text_with_other_functions_is_refused(held: Any, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="other functions"):
        swap("told_once.py", TEXT.replace("def tell", "def say"), tmp_path)


def test_each_mutant_changes_a_line_and_knows_its_occasion() -> None:
    for mutant in MUTANTS:
        assert mutant.line in (ROOT / mutant.path).read_text("utf-8"), mutant.name
        assert any(OCCASIONS[mutant.where](draw(seed)) for seed in range(1000)), mutant.name
