"""``hyqa ask --explain``: how an answer came about, as a tree."""

import sys
from collections.abc import Mapping

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from hyqa.answer.explanation import Explanation, explain
from hyqa.index.build import Index
from hyqa.types import Status, Trace

WIDEST = 100
"""Columns of the widest page: longer lines are hard to follow."""


def explanation_of(trace: Trace, index: Index) -> Explanation:
    """What :func:`hyqa.answer.explanation.explain` tells; of small talk, which takes no steps, less."""
    told = explain(trace, index)
    if trace.answer.status is Status.SMALL_TALK:
        told["decide"] = {"status": trace.answer.status.value, "small talk": trace.answer.intent}
    return told


def show_explanation(explanation: Mapping[str, object], *, colours: bool) -> None:
    """Print what :func:`explanation_of` tells; what is empty is left out."""
    console = Console(
        file=sys.stdout, no_color=not colours, highlight=False, markup=False, emoji=False,
        force_terminal=None if colours else False,
    )  # fmt: skip
    console.width = min(console.width, WIDEST)
    tree = Tree("how this answer came about")
    _grow(tree, explanation)
    console.print(tree)


def _grow(tree: Tree, value: object) -> None:
    """Add a branch for each part of a value."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            if _is_told(part):
                _add(tree, str(name), part)
    elif isinstance(value, list):
        for number, part in enumerate(value, 1):
            _add(tree, str(number), part)


def _add(tree: Tree, name: str, part: object) -> None:
    if _is_flat(part):
        tree.add(Text(f"{name}: {_flat(part)}"))
    else:
        _grow(tree.add(Text(name)), part)


def _is_told(part: object) -> bool:
    return part is not None and part != "" and part != [] and part != {}


def _is_flat(part: object) -> bool:
    """Whether a part fits a line: no part of it has parts itself."""
    parts = [*part.values()] if isinstance(part, Mapping) else part
    return not isinstance(parts, list) or not any(isinstance(one, Mapping | list) for one in parts)


def _flat(part: object) -> str:
    if isinstance(part, Mapping):
        return ", ".join(f"{name} {value}" for name, value in part.items() if _is_told(value))
    if isinstance(part, list):
        return " / ".join(map(str, part))
    return str(part)
