"""Comparing two runs over the same questions: which were won, which were lost."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hyqa.maintenance.evaluation.metrics import sign_test
from hyqa.types.errors import ConfigError

Details = Mapping[str, object]
"""What :func:`hyqa.maintenance.evaluation.details_record` gives for a question."""
_MEASURES: Mapping[str, Callable[[Details], bool]] = {
    "right document ranked first": lambda one: one.get("rank") == 1,
    "answered, the right document's quote first": lambda one: bool(one.get("right_first")),
    "answer inside the quotes": lambda one: bool(one.get("inside")),
    "every evidence sentence inside the quotes": lambda one: bool(one.get("evidenced")),
    "answered where it can be, refused where not": (
        lambda one: bool(one.get("doc_ids")) == bool(one.get("answerable"))
    ),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """By one measure, the ids of the questions that a run wins and loses against an earlier one."""

    measure: str
    won: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def chance(self) -> float:
        """Probability that two equally good runs differ at least so unevenly."""
        return sign_test(len(self.won), len(self.lost))


def read_details(path: Path) -> list[Details]:
    """Read what ``hyqa eval --details`` wrote.

    Raises:
        ConfigError: when the file cannot be read or holds something else.
    """
    try:
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise ConfigError(f"{path} does not hold what `hyqa eval --details` writes.") from error
    if not lines or not all(isinstance(line, dict) and "id" in line for line in lines):
        raise ConfigError(f"{path} does not hold what `hyqa eval --details` writes.")
    return lines


def compare(earlier: Sequence[Details], later: Sequence[Details]) -> list[Comparison]:
    """Compare two runs by every measure, over the questions that both hold."""
    before = {str(one["id"]): one for one in earlier}
    pairs = [(before[str(one["id"])], one) for one in later if str(one["id"]) in before]
    return [
        Comparison(
            name,
            tuple(str(new["id"]) for old, new in pairs if right(new) and not right(old)),
            tuple(str(new["id"]) for old, new in pairs if right(old) and not right(new)),
        )
        for name, right in _MEASURES.items()
    ]


def comparison_text(comparisons: Sequence[Comparison], earlier: str) -> str:
    """Write what was won and lost, a measure a paragraph."""
    return "\n".join([f"against {earlier}:", *_lines(comparisons)])


def comparison_record(comparisons: Sequence[Comparison]) -> list[dict[str, object]]:
    """Write the same as records for programs."""
    return [
        {"measure": one.measure, "won": one.won, "lost": one.lost, "chance": one.chance}
        for one in comparisons
    ]


def _lines(comparisons: Sequence[Comparison]) -> Iterator[str]:
    for one in comparisons:
        if one.won or one.lost:
            counts = f"{len(one.won)} won, {len(one.lost)} lost"
            yield f"  {one.measure}: {counts}, by chance {one.chance:.3f}"
            yield from (f"    + {name}" for name in one.won)
            yield from (f"    - {name}" for name in one.lost)
        else:
            yield f"  {one.measure}: no question differs"
