"""Reading ``sources.toml``: metadata of files that cannot carry their own."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from hyqa.parsing.corpus.opening import open_regular
from hyqa.types.errors import ConfigError, ParseError

GLOSSARY = "glossary.toml"
"""Name of the file, at the top of a corpus's folder."""
QUESTIONS = "questions"
"""Folder of a corpus with the questions that its documents are foreseen to be asked."""
DRAFTS = "drafts"
"""Folder in that one with questions that nobody has accepted yet; no index reads them."""
GAPS = "gaps.toml"
"""Name of the file that tells what is often asked and no document holds."""
PARKS, CHAINS = "parks.toml", "chains.toml"
"""Names of the files with the parks and the industrial chains, each cell the words of a document."""
GOLDEN = "golden.jsonl"
"""Name of the file, at the top of a corpus's folder, with questions that a build must answer."""
SOURCES = "sources.toml"
MAX_BYTES = 5_000_000
"""Size of the largest list: a file takes some 300 bytes of it."""
DEEPEST = 64
"""Parts of the longest dotted key: the memory that reading one takes grows with their square."""
_TOO_DEEP = re.compile(
    rf"""(?<![\w-])(?:(?>[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){{{DEEPEST},}}"""
)

Listed = Mapping[str, Mapping[str, object]]


def _read(path: Path) -> str:
    try:
        with open_regular(path) as file:
            data = file.read(MAX_BYTES + 1)
    except ParseError as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
    if len(data) > MAX_BYTES:
        raise ConfigError(f"{path} is larger than {MAX_BYTES // 1_000_000} MB; it lists too much")
    text = data.decode("utf-8")
    if _TOO_DEEP.search(text):
        raise ConfigError(f"{path} has a key of more than {DEEPEST} parts; name one file a table")
    return text


def read_sources(folder: Path) -> Listed:
    """Return the fields of each file, by its path in the folder; nothing without the file.

    Raises:
        ConfigError: It cannot be read. Without it, digests would pass for official texts.
    """
    path = folder / SOURCES
    if not path.exists() and not path.is_symlink():
        return {}
    try:
        tables = tomllib.loads(_read(path))
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path} cannot be read as TOML: {error}") from error
    wrong = next((name for name, table in tables.items() if not isinstance(table, dict)), None)
    if wrong is not None:
        raise ConfigError(f'{path}: {wrong} is no table; write ["folder/file.pdf"] above fields')
    return tables
