"""Words of the other language, copied from the snapshot before where they are the same.

They depend on which words a corpus holds, and on nothing else of its documents. After most changes they
are the same: few bring a word that no other document holds, and that a dictionary or a name could render.
"""

import sqlite3
from collections.abc import Sequence
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from hyqa.index.dictionary import Dictionary, StableDictionary
from hyqa.index.sparse import SparseIndex
from hyqa.index.translation import FILE, may_be_name, write_translations
from hyqa.parsing.corpus.glossary import Term
from hyqa.parsing.corpus.remembering import Memory, key_of

_KIND = "translations"


def copy_translations(
    folder: Path,
    terms: Sequence[Term],
    sparse: SparseIndex,
    dictionary: Dictionary,
    memory: Memory,
    before: Path | None,
) -> None:
    """Do what :func:`hyqa.index.translation.write_translations` does, to the letter.

    Args:
        folder: of the snapshot.
        terms: of the glossary.
        sparse: the tokens of the corpus.
        dictionary: renders its words.
        memory: holds a checksum of what was written for the same words.
        before: folder of a snapshot that may have it; None where there is none.
    """
    if not isinstance(dictionary, StableDictionary):
        write_translations(folder, terms, sparse, dictionary)
        return
    names = sorted(filter(may_be_name, sparse.tokens()))
    by = (sqlite3.sqlite_version, version("pypinyin"), repr(terms), *names)
    key = key_of("\n".join(by).encode(), dictionary.checksum(sparse.tokens()))
    known = memory.fetch(_KIND, [key]).get(key)
    if known is None or before is None or not _copied(before / FILE, folder / FILE, known):
        write_translations(folder, terms, sparse, dictionary)
        memory.keep(_KIND, key, _checksum((folder / FILE).read_bytes()))


def _copied(old: Path, new: Path, checksum: bytes) -> bool:
    """Copy a file if it is still what was written."""
    try:
        data = old.read_bytes()
    except OSError:  # it has gone meanwhile
        return False
    if _checksum(data) != checksum:
        return False
    new.write_bytes(data)
    return True


def _checksum(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()
