"""A question's way through the engine: flat, each stage entered once a query."""

import ast
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import hyqa.engine
from hyqa import Conversation, Engine, HashEncoder
from hyqa.index.build import Index

TODAY = date(2025, 11, 1)
STAGES = ("analyse", "retrieve", "leading_readings", "choose_quotes", "decide")
"""What the engine calls for a query; reading is counted on the reader itself."""


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, index: Index) -> tuple[Engine, Counter[str]]:
    """An engine, and how often it entered each stage."""
    engine, counted = Engine(index, HashEncoder()), Counter[str]()

    def counting(name: str, stage: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            counted[name] += 1
            return stage(*args, **options)

        return call

    for name in STAGES:
        monkeypatch.setattr(hyqa.engine, name, counting(name, getattr(hyqa.engine, name)))
    monkeypatch.setattr(engine.reader, "read", counting("read", engine.reader.read))
    return engine, counted


@pytest.mark.parametrize(
    "question",
    [
        "博士每月生活补贴多少钱？",
        "长沙博士住房公积金缴存比例",
        "博士生活补贴多少，高铁票价多少？",
        "青螺洲工业园和云岭综合保税区哪个大？",
        "How much living allowance does a doctor receive?",
    ],
)
def test_each_stage_is_entered_once_a_query(
    question: str, calls: tuple[Engine, Counter[str]]
) -> None:
    engine, counted = calls
    trace = engine.trace(question, as_of=TODAY)
    assert set(counted.values()) == {len(trace.steps)}
    assert set(counted) == {*STAGES, "read"}


def test_a_follow_up_that_turns_to_another_thing_is_asked_once(
    calls: tuple[Engine, Counter[str]],
) -> None:
    engine, counted = calls
    first = engine.ask("青螺洲工业园规划面积多大", as_of=TODAY)
    counted.clear()
    talk = Conversation().add(first.question, first)
    trace = engine.trace("那云岭综合保税区的呢", conversation=talk, as_of=TODAY)
    assert set(counted.values()) == {len(trace.steps)}
    assert len({step.query for step in trace.steps}) == len(trace.steps)


def _calls_of_own(function: ast.FunctionDef) -> set[str]:
    """Names of the methods that a method names of its own object."""
    return {
        node.attr
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in ("self", "cls")
    }


def test_no_function_of_the_engine_calls_itself_directly_or_around() -> None:
    tree = ast.parse(Path(hyqa.engine.__file__).read_text("utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    reached = {one.name: _calls_of_own(one) & {f.name for f in functions} for one in functions}
    assert "_step" in reached["trace"]
    for _ in functions:
        reached = {
            name: called.union(*(reached[one] for one in called))
            for name, called in reached.items()
        }
    assert [name for name, called in reached.items() if name in called] == []
