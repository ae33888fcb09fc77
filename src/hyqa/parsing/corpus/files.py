"""Which files of a corpus are read."""

import os
from collections.abc import Iterator
from pathlib import Path

from hyqa.parsing.corpus.opening import NOT_REGULAR
from hyqa.parsing.corpus.sources import GOLDEN, QUESTIONS, SOURCES
from hyqa.parsing.formats import find_format, readable_suffixes, suffix_of
from hyqa.types import ParseFailure
from hyqa.types.errors import ConfigError

SKIPPED_NAMES = frozenset(("README.md", SOURCES, "Thumbs.db", "desktop.ini"))
SKIPPED_SUFFIXES = frozenset(
    (".py", ".toml", ".yaml", ".yml", ".sh", ".css", ".js", ".bak", ".tmp", ".swp", ".orig")
)
SKIPPED_STARTS = (".", "~$", "#")
"""Hidden files, and what Word and Emacs leave beside a file that is open."""


def _is_skipped(name: str) -> bool:
    return (
        name in SKIPPED_NAMES
        or name.startswith(SKIPPED_STARTS)
        or name.endswith("~")
        or suffix_of(name) in SKIPPED_SUFFIXES
    )


def _walk(folder: Path, below: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield every file and link below a folder with its name in it, without following links to folders.

    Raises:
        OSError: A folder cannot be listed.
    """
    with os.scandir(folder / below) as entries:
        for entry in entries:
            name = below + entry.name
            if _is_skipped(entry.name) or name in (QUESTIONS, GOLDEN):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(folder, f"{name}/")
            else:
                yield name, entry


def _fault(entry: os.DirEntry[str], root: Path) -> str:
    """Return why a file of a folder is not to be read, or an empty string."""
    if entry.is_symlink():
        target = Path(os.path.realpath(entry.path))
        if not target.is_relative_to(root.resolve()):
            return "it is a link that leads out of the folder, and is not followed"
        if target.is_dir():
            return "it is a link to a folder, and is not followed"
    return "" if entry.is_file() else NOT_REGULAR


def _safe(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")


def list_files(path: Path) -> list[tuple[str, Path] | ParseFailure]:
    """Return the files to read, each with its document id, and those that cannot be, in order.

    Args:
        path: A folder, which is searched through, or a single file.

    Raises:
        ConfigError: There is nothing at the path, or a folder cannot be listed.
    """
    check_there(path)
    if not path.is_dir():
        return [_entry(path.name, path, "" if path.is_file() else NOT_REGULAR)]
    try:
        found = sorted(_walk(path), key=lambda one: one[0].split("/"))
    except OSError as error:
        raise ConfigError(f"{path} cannot be listed: {error.strerror}") from error
    return [_entry(name, path / name, _fault(entry, path)) for name, entry in found]


def check_there(path: Path) -> None:
    """Make sure that there is a corpus.

    Raises:
        ConfigError: There is nothing at the path.
    """
    if not path.exists():
        raise ConfigError(f"there is no file or folder {path}")


def _entry(name: str, file: Path, fault: str) -> tuple[str, Path] | ParseFailure:
    if not fault and find_format(name) is None:
        fault = f"its format is not readable; readable are {', '.join(readable_suffixes())}"
    if not fault and _safe(name) != name:
        fault = "its name is not UTF-8; rename it"
    return ParseFailure(_safe(name), fault) if fault else (name, file)
