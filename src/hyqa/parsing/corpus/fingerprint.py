"""Telling whether a corpus is still the one that an index was built from."""

import hashlib
from pathlib import Path

from hyqa.parsing.corpus.files import list_files
from hyqa.parsing.corpus.glossary import GLOSSARY
from hyqa.parsing.corpus.sources import SOURCES
from hyqa.types import ParseFailure


def _digest(path: Path) -> str:
    """Returns the hash of a file's bytes, or words that change when it becomes readable."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "unreadable"


def corpus_fingerprint(path: Path) -> str:
    """Returns a hash over names and contents of all files that ``read_corpus`` would read.

    Nothing is parsed; ``sources.toml`` and ``glossary.toml`` count as well.

    Raises:
        ConfigError: There is nothing at the path.
    """
    files = [entry for entry in list_files(path) if not isinstance(entry, ParseFailure)]
    beside = [(name, path / name) for name in (SOURCES, GLOSSARY)]
    files += [(name, file) for name, file in beside if path.is_dir() and file.is_file()]
    total = hashlib.sha256()
    for name, file in files:
        total.update(f"{name}\0{_digest(file)}\n".encode())
    return total.hexdigest()
