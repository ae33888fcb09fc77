"""PDFs that are held as they came, to be seen beside the text that was read from them.

In the folder of originals, ``NAME.toml`` names a file of the folder and its hash; the document that
was read from it has the id ``originals/NAME.pdf``.
"""

import tomllib
from pathlib import Path

from hyqa import Document

PREFIX, SUFFIX = "originals/", ".pdf"
MOST_SIDECAR = 100_000
"""Bytes of a sidecar, which holds ten lines."""
_BEGINS = b"%PDF-"


def pdf_of(document: Document, folder: Path) -> Path | None:
    """The PDF that a document was read from; None where exactly that one is not held.

    Args:
        document: of the index.
        folder: of originals, which need not be there.
    """
    if not (document.id.startswith(PREFIX) and document.id.lower().endswith(SUFFIX)):
        return None
    root = folder.resolve()
    name = document.id[len(PREFIX) : -len(SUFFIX)]
    sidecar = (root / f"{name}.toml").resolve()
    if not sidecar.is_relative_to(root):
        return None
    try:
        with sidecar.open("rb") as opened:
            told = tomllib.loads(opened.read(MOST_SIDECAR).decode("utf-8"))
        path = (root / str(told.get("file", ""))).resolve()
        # Another version would have other words on its pages.
        if not path.is_relative_to(root) or told.get("sha256") != document.sha256:
            return None
        return path if path.suffix.lower() == SUFFIX and _is_pdf(path) else None
    except (OSError, ValueError, RecursionError):
        return None


def _is_pdf(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as opened:
        return opened.read(len(_BEGINS)) == _BEGINS
