"""Telling whether a corpus is still the one that an index was built from."""

import hashlib
from pathlib import Path

from hyqa.parsing.corpus.files import list_files
from hyqa.parsing.corpus.foreseen import question_files
from hyqa.parsing.corpus.originals import list_originals
from hyqa.parsing.corpus.sources import CHAINS, GAPS, GLOSSARY, PARKS, SOURCES
from hyqa.types import ParseFailure

BESIDE = (SOURCES, GLOSSARY, GAPS, PARKS, CHAINS)
"""Files at the top of a corpus's folder that are no documents, and that an index is made of."""


def _digest(path: Path) -> str:
    """Return the hash of a file's bytes, or words that change when it becomes readable."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "unreadable"


def corpus_fingerprint(
    path: Path, glossary: Path | None = None, originals: Path | None = None
) -> str:
    """Hash names and contents of all files that an index of a corpus is built from.

    These are the files that ``read_corpus`` reads, those of ``BESIDE`` and the foreseen questions.
    Nothing is parsed.

    Args:
        path: A folder of documents, or one file.
        glossary: A glossary in the place of the corpus's own.
        originals: A folder of originals that is read with it.

    Returns:
        64 hexadecimal digits.

    Raises:
        ConfigError: There is nothing at the path.
    """
    files = [entry for entry in list_files(path) if not isinstance(entry, ParseFailure)]
    beside = [(name, path / name) for name in BESIDE if path.is_dir()]
    if glossary is not None:
        beside = [*(one for one in beside if one[0] != GLOSSARY), (GLOSSARY, glossary)]
    files += [(name, file) for name, file in beside if file.is_file()]
    files += question_files(path)
    for one in list_originals(originals):
        if not isinstance(one, ParseFailure):
            files += [(one.id, one.path), (f"{one.id}.toml", one.sidecar)]
    total = hashlib.sha256()
    for name, file in files:
        total.update(f"{name}\0{_digest(file)}\n".encode())
    return total.hexdigest()
