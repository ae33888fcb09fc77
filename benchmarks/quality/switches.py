"""Switch a rule of the library off, by what does nothing in its place, and on again.

``from x import f`` copies a name, so that a function stands in many modules: it is replaced in each
that holds the same object. One that a rule names in a module that only imports it is replaced there
alone. What was computed before and is remembered would hide a switch: all that modules remember is
forgotten, but for what encoders do, of which no rule knows.
"""

import importlib
import re
import sys
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

NEVER = re.compile(r"(?!)")
"""In place of an expression: it finds nothing."""
PACKAGE = "hyqa."
ENGINE = "hyqa.engine"
"""What loads all that answers a question."""
ENCODERS = "hyqa.models"
Undo = Callable[[], None]
Entry = tuple[str, int, str, object, str]
"""A rule in a table: its name, its lines, what is replaced in the module, by what, and what it is for."""
_Holder = tuple[Any, str]
"""A module or a class, and the name under which it holds something."""


@dataclass(frozen=True, slots=True)
class Around:
    """In place of something, what is made of it."""

    make: Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Rule:
    """A decision by hand on questions or passages, which can be switched off.

    Attributes:
        name: its module's, and its own.
        about: what it is for.
        lines: lines of code, with those of what only it uses.
        module: where it stands.
        targets: what is replaced: names in the module, of a method behind its class's.
        instead: what stands in their place.
        part: whether it is a part of another rule, or small beside the others of its module.
        early: whether what is searched for is all that it changes: what becomes of a query does not.
    """

    name: str
    about: str
    lines: int
    module: str
    targets: tuple[str, ...]
    instead: object
    part: bool = False
    early: bool = False

    def off(self) -> Undo:
        """Switch it off; what is returned switches it on again.

        Raises:
            LookupError: when there is no such thing any more.
        """
        holders = [one for target in self.targets for one in _holders(self.module, target)]
        before = [(where, name, vars(where)[name]) for where, name in holders]
        made = {id(was): self._instead_of(was) for _, _, was in before}
        for where, name, was in before:
            setattr(where, name, made[id(was)])
        forget()

        def undo() -> None:
            for where, name, was in before:
                setattr(where, name, was)
            forget()

        return undo

    def _instead_of(self, was: object) -> object:
        return self.instead.make(was) if isinstance(self.instead, Around) else self.instead


def rules_of(
    module: str, *entries: Entry, parts: Iterable[Entry] = (), early: bool = False
) -> tuple[Rule, ...]:
    """Make the rules of a module, such as ``question.slots``, out of a table's entries."""
    return (
        *(_rule(module, entry, part=False, early=early) for entry in entries),
        *(_rule(module, entry, part=True, early=early) for entry in parts),
    )


def _rule(module: str, entry: Entry, *, part: bool, early: bool) -> Rule:
    name, lines, targets, instead, about = entry
    name = f"{module.rpartition('.')[2]}.{name}"
    return Rule(name, about, lines, PACKAGE + module, tuple(targets.split()), instead, part, early)


def loaded() -> Iterator[ModuleType]:
    """The modules of the library that are loaded."""
    for name, module in list(sys.modules.items()):
        if f"{name}.".startswith(PACKAGE) and isinstance(module, ModuleType):
            yield module


def forget() -> None:
    """Forget what functions remember of what they were asked before."""
    for module in loaded():
        if not module.__name__.startswith(ENCODERS):
            for one in list(vars(module).values()):
                if clear := getattr(one, "cache_clear", None):
                    clear()


def _holders(module: str, target: str) -> list[_Holder]:
    """Where something stands that is named in a module."""
    importlib.import_module(ENGINE)
    home: Any = importlib.import_module(module)
    *owner, name = target.split(".")
    if owner:
        home = vars(home).get(owner[0])
    if home is None or name not in vars(home):
        raise LookupError(f"{module} has no {target}: what did that is elsewhere, or gone.")
    one = vars(home)[name]
    named = callable(one)
    if owner or (named and one.__module__ != module):
        return [(home, name)]
    return [
        (where, other)
        for where in loaded()
        for other, held in vars(where).items()
        if held is one and (named or other == name)
    ]


def says(value: object) -> Callable[..., object]:
    """A function that says the same of anything."""
    return lambda *_, **__: value


def gives(place: int) -> Callable[..., object]:
    """A function that gives back what it is given at a place."""
    return lambda *given, **_: given[place]


def fresh(make: Callable[[], object]) -> Callable[..., object]:
    """A function that makes the same anew each time: its callers may change it, or use it up."""
    return lambda *_, **__: make()


NOTHING = fresh(lambda: iter(()))
"""In place of a function that yields: it yields nothing."""
NO_PLACES = fresh(set)
"""In place of one that chooses sentences: it chooses none."""


def naught(*names: str) -> Around:
    """Numbers by name, with 0 for some; a ``LookupError`` where there are none of these names."""

    def make(was: Mapping[str, float]) -> object:
        check(names, was)
        return {**was, **dict.fromkeys(names, 0.0)}

    return Around(make)


def check(names: Iterable[str], there: Container[str]) -> None:
    """Raise a ``LookupError`` for names that are not there."""
    if lacking := [name for name in names if name not in there]:
        raise LookupError(f"There is no {', '.join(lacking)} any more.")
