"""docs/faults.md names tests and mutants that there are."""

import re
from pathlib import Path

import pytest

from benchmarks.bot_branches import MUTANTS, Mutant
from benchmarks.bot_mutants import recorded

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "faults.md").read_text("utf-8")
TESTS = sorted(set(re.findall(r"`(tests/\S+\.py)::(\w+)`", PAGE)))
NAMED = sorted(set(re.findall(r"of `((?:bot|storage)/[\w/]+\.py)`: `([^`]+)`", PAGE)))
FEWEST = 30
"""Branches that have to have a mutant."""


@pytest.mark.parametrize(("path", "name"), TESTS)
def test_a_test_that_is_named_is_there(path: str, name: str) -> None:
    assert re.search(rf"def {name}\(", (ROOT / path).read_text("utf-8"))


@pytest.mark.parametrize(("path", "line"), NAMED)
def test_a_mutant_that_is_named_is_there(path: str, line: str) -> None:
    lines = [" ".join(one.line.split()) for one in MUTANTS if one.path == path]
    assert any(one.startswith(line) for one in lines)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.path)
def test_a_mutant_changes_a_line(mutant: Mutant) -> None:
    assert mutant.line in (ROOT / mutant.path).read_text("utf-8")
    assert mutant.line != mutant.instead


def test_what_is_recorded_found_a_mutant_of_the_list() -> None:
    assert recorded().keys() <= {one.name for one in MUTANTS}


def test_there_are_mutants_enough() -> None:
    assert len({one.name for one in MUTANTS}) == len(MUTANTS) >= FEWEST
