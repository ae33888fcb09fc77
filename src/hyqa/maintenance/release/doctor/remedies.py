"""Commands that help, to be typed as they stand; words in capitals are for a person to fill in."""

import shlex
from pathlib import Path

from hyqa.config import Settings

FILE = "FILE"
"""Stands in a command for a file that only a person can find."""


def remedy(
    *words: str,
    index: Path | None = None,
    corpus: Path | None = None,
    originals: Path | None = None,
) -> str:
    """Write a ``hyqa`` command, with the folders that it would not take by itself.

    Args:
        words: the command and what it is for.
        index: folder of the index, where the command needs it.
        corpus: folder of the documents, where it needs that.
        originals: folder of originals, where it needs that.
    """
    usual = Settings.from_environment()
    folders = (
        ("--index", index, usual.index),
        ("--corpus", corpus, usual.corpus),
        ("--originals", originals, usual.originals),
    )
    options = [
        word
        for option, folder, known in folders
        if folder not in (None, known)
        for word in (option, str(folder))
    ]
    return shlex.join(["hyqa", *words, *options])
