"""hyqa: questions about Hengyang answered by verbatim quotes, each with its source.

What it exports stands in ``exports.py``, which is loaded when the first of it is asked for: a command
that finds nothing to do, such as ``hyqa index --if-stale``, then takes a third of the time.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hyqa.exports import *  # noqa: F403
    from hyqa.exports import __all__ as __all__

_PARTS = frozenset(path.stem for path in Path(__file__).parent.iterdir())
"""Modules and folders, which Python finds by itself."""


def __getattr__(name: str) -> object:
    """Find what is exported; Python then asks the package itself no more for it."""
    if name not in _PARTS and (name == "__all__" or not name.startswith("__")):
        from hyqa import exports

        if hasattr(exports, name):
            return globals().setdefault(name, getattr(exports, name))
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    from hyqa import exports

    return sorted({*globals(), *exports.__all__})
