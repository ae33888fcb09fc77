"""Telling by its content what a file is, whatever its name says.

Files that were saved by hand from web sites often carry another suffix than their content has.
"""

import io
import re
import zipfile
from pathlib import PurePath

from hyqa.types.errors import ParseError

HEAD = 1024
"""Bytes at a file's start among which its mark stands; readers of PDF look as far."""

_HTML = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,400}?-->\s*)*"
                   rb"(?:<!doctype\s+html|<html)[\s>]", re.IGNORECASE | re.DOTALL)  # fmt: skip
_OFFICE = (("word/document.xml", ".docx"), ("xl/workbook.xml", ".xlsx"))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_GIVEN_AS_HTML = frozenset((".doc", ".wps", ".xls", ".txt"))
"""Suffixes under which web sites give away HTML on purpose; elsewhere it is an error's page."""
_NAMES = {".pdf": "PDF", ".docx": "Word document", ".xlsx": "Excel file"}
_ALIKE = {".htm": ".html", ".xhtml": ".html", ".docm": ".docx", ".xlsm": ".xlsx"}
_TEXTS = frozenset((".md", ".jsonl"))
"""Suffixes of formats in which HTML is content like any other."""


def family(head: bytes) -> str:
    """Return what the first bytes of a file show it to be.

    Returns:
        ``pdf``, ``zip``, ``ole`` (old Office files, and protected new ones), ``html``, or an
        empty string.
    """
    head = head[:HEAD]
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith(_OLE):
        return "ole"
    if _HTML.match(head):
        return "html"
    return "pdf" if b"%PDF-" in head and b"\0" not in head.partition(b"%PDF-")[0] else ""


def _office(data: bytes) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return ""
    return next((suffix for part, suffix in _OFFICE if part in names), "")


def actual_suffix(name: str, data: bytes) -> str:
    """Return the suffix that a file's content asks for: its own, where nothing says otherwise.

    Raises:
        ParseError: It is an HTML page under the name of another format, as is left when a
            download fails.
    """
    own = PurePath(name).suffix.lower()
    kind = family(data)
    if kind == "html" and own not in _TEXTS and _ALIKE.get(own, own) != ".html":
        if own in _GIVEN_AS_HTML:
            return ".html"
        raise ParseError(
            f"it is no {_NAMES.get(own, own)} but an HTML page: look whether its download failed,"
            " else rename it to .html"
        )
    suffix = {"pdf": ".pdf", "zip": _office(data) if kind == "zip" else ""}.get(kind, "")
    return own if not suffix or suffix == _ALIKE.get(own, own) else suffix
