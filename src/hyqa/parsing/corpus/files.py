"""Which files of a corpus are read."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from hyqa.parsing.corpus.opening import NOT_REGULAR
from hyqa.parsing.corpus.sources import GOLDEN, QUESTIONS, SOURCES
from hyqa.parsing.formats import find_format, readable_suffixes
from hyqa.types import ParseFailure
from hyqa.types.errors import ConfigError

SKIPPED_NAMES = frozenset(("README.md", SOURCES, "Thumbs.db", "desktop.ini"))
SKIPPED_SUFFIXES = frozenset(
    (".py", ".toml", ".yaml", ".yml", ".sh", ".css", ".js", ".bak", ".tmp", ".swp", ".orig")
)
SKIPPED_STARTS = (".", "~$", "#")
"""Hidden files, and what Word and Emacs leave beside a file that is open."""


def _is_skipped(path: Path) -> bool:
    name = path.name
    return (
        name in SKIPPED_NAMES
        or name.startswith(SKIPPED_STARTS)
        or name.endswith("~")
        or path.suffix.lower() in SKIPPED_SUFFIXES
    )


def _walk(folder: Path) -> Iterator[Path]:
    """Yield every file and link below a folder, without following links to folders.

    Raises:
        OSError: A folder cannot be listed.
    """
    for path in folder.iterdir():
        if _is_skipped(path):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        else:
            yield path


def _fault(path: Path, root: Path) -> str:
    """Return why a file of a folder is not to be read, or an empty string."""
    if path.is_symlink():
        target = Path(os.path.realpath(path))
        if not target.is_relative_to(root.resolve()):
            return "it is a link that leads out of the folder, and is not followed"
        if target.is_dir():
            return "it is a link to a folder, and is not followed"
    if not path.is_file():
        return NOT_REGULAR
    if find_format(path.name) is None:
        return f"its format is not readable; readable are {', '.join(readable_suffixes())}"
    return ""


def _safe(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")


def list_files(path: Path) -> list[tuple[str, Path] | ParseFailure]:
    """Return the files to read, each with its document id, and those that cannot be, in order.

    Args:
        path: A folder, which is searched through, or a single file.

    Raises:
        ConfigError: There is nothing at the path, or a folder cannot be listed.
    """
    if not path.exists():
        raise ConfigError(f"there is no file or folder {path}")
    if not path.is_dir():
        return [_entry(path.name, path, "" if path.is_file() else NOT_REGULAR)]
    try:
        found = sorted(
            (PurePosixPath(file.relative_to(path)), file)
            for file in _walk(path)
            if file.relative_to(path).parts[0] != QUESTIONS and file != path / GOLDEN
        )
    except OSError as error:
        raise ConfigError(f"{path} cannot be listed: {error.strerror}") from error
    return [_entry(str(name), file, _fault(file, path)) for name, file in found]


def _entry(name: str, file: Path, fault: str) -> tuple[str, Path] | ParseFailure:
    if not fault and find_format(name) is None:
        fault = f"its format is not readable; readable are {', '.join(readable_suffixes())}"
    if not fault and _safe(name) != name:
        fault = "its name is not UTF-8; rename it"
    return ParseFailure(_safe(name), fault) if fault else (name, file)
