"""Changing a module that is in use to what another text of it says: functions, and constants.

Whoever has imported a function or a class holds the object, so that a new module would change
nothing for them. Here the functions stay who they are and get other code.
"""

import gc
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType


def swap(path: str, text: str, root: Path) -> bool:
    """Let the functions of a module do what a text says; says whether anything is changed.

    Args:
        path: of the module, below the root, such as ``bot/logs.py``.
        text: of the whole module, changed within functions or in one line's constants.
        root: folder that modules are imported from.

    Raises:
        ValueError: The text holds other functions than the module.
    """
    module = import_module(path.removesuffix(".py").replace("/", "."))
    before = _codes(compile((root / path).read_text("utf-8"), path, "exec"))
    after = _codes(compile(text, path, "exec"))
    if {name: len(codes) for name, codes in before.items()} != {
        name: len(codes) for name, codes in after.items()
    }:
        raise ValueError(f"{path}: the text holds other functions than the module")
    changed = False
    for function in _functions(str(module.__file__)):
        old = function.__code__
        places = [one.co_firstlineno for one in before[old.co_qualname]]
        new = after[old.co_qualname][places.index(old.co_firstlineno)]
        if new.co_code != old.co_code or _told(new) != _told(old):
            function.__code__ = new.replace(co_filename=old.co_filename)
            changed = True
    for line in set(text.splitlines()) - set((root / path).read_text("utf-8").splitlines()):
        if line[:1] not in ("", " ") and "=" in line:
            exec(line, vars(module))
            changed = True
    return changed


def _functions(file: str) -> Iterator[FunctionType]:
    """All functions that a file has made so far, wherever they are kept."""
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename == file:
            yield one


def _codes(whole: CodeType) -> dict[str, list[CodeType]]:
    """Codes of a module by their qualified names, those of one name in their order."""
    found: dict[str, list[CodeType]] = defaultdict(list)
    waiting = [whole]
    while waiting:
        code = waiting.pop(0)
        found[code.co_qualname].append(code)
        waiting += [one for one in code.co_consts if isinstance(one, CodeType)]
    return {
        name: sorted(codes, key=lambda one: one.co_firstlineno) for name, codes in found.items()
    }


def _told(code: CodeType) -> tuple[object, ...]:
    """What a code does besides its instructions: names, constants, and what stands inside it."""
    constants = tuple(
        (one.co_code, _told(one)) if isinstance(one, CodeType) else (type(one), one)
        for one in code.co_consts
    )
    return code.co_names, code.co_varnames, constants
