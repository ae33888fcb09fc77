"""Names of files in a corpus: safe ones, and never outside its folder."""

import unicodedata
from pathlib import Path, PurePosixPath

from hyqa.parsing.corpus.files import SKIPPED_NAMES
from hyqa.parsing.corpus.sources import QUESTIONS
from hyqa.parsing.formats import find_format, readable_suffixes
from hyqa.types.errors import ConfigError

LONGEST = 60
"""Characters of the longest name without its suffix; in UTF-8 and with what is added to it in
the history, it stays below what file systems take."""
_KEPT = frozenset("-_.（）()〔〕《》")
_STARTS = "-.~#$_ "


def safe_name(name: str) -> str:
    """Make a file's name safe: no folder, nothing hidden, nothing that is not printed.

    Raises:
        ConfigError: A file of that suffix is not read.
    """
    bare = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    if find_format(bare) is None:
        raise ConfigError(
            f"{_shown(bare)} is of no format that is read: {', '.join(readable_suffixes())}."
        )
    suffix = PurePosixPath(bare).suffix
    stem = "".join(
        one if one.isalnum() or one in _KEPT else "-" for one in bare.removesuffix(suffix)
    )
    stem = "-".join(filter(None, stem.split("-"))).lstrip(_STARTS)[:LONGEST].rstrip("-. ")
    made = f"{stem or 'document'}{suffix.lower()}"
    return f"document-{made}" if made in SKIPPED_NAMES else made


def is_address(text: str) -> bool:
    """Whether somebody names an address of the web rather than a file."""
    return text.lower().startswith(("http://", "https://"))


def place_of(corpus: Path, document_id: str) -> Path:
    """Return where a document's file is, or would be.

    Raises:
        ConfigError: It would be no document of the corpus, or outside of its folder.
    """
    parts = PurePosixPath(document_id).parts
    wrong = (
        not parts
        or document_id != "/".join(parts)
        or any(part in ("..", ".") or part.startswith((".", "/", "~$", "#")) for part in parts)
        or parts[0] == QUESTIONS
        or parts[-1] in SKIPPED_NAMES
        or not document_id.isprintable()
        or "\\" in document_id
    )
    path = corpus / document_id
    if wrong or not path.resolve().is_relative_to(corpus.resolve()):
        raise ConfigError(
            f"{_shown(document_id)} is no place for a document: name a file in {corpus},"
            " such as parks/overview.md."
        )
    if path.is_symlink():
        raise ConfigError(f"{_shown(document_id)} is a link: change the file that it leads to.")
    return path


def _shown(name: str) -> str:
    return "".join(one if one.isprintable() else "�" for one in name)[:200]
