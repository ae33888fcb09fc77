"""What a downloaded file is: by its content, which its address and its host must not deny."""

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from hyqa.parsing.formats import FORMATS
from hyqa.parsing.sniffing import actual_suffix, family
from hyqa.types.errors import FetchError, ParseError

HTML = ".html"
_OLD_OFFICE = frozenset((".doc", ".xls", ".wps", ".et"))
_DECLARED: Mapping[str, str] = {
    "application/pdf": ".pdf",
    "text/html": HTML,
    "application/xhtml+xml": HTML,
    "text/plain": ".txt",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
_UNTOLD = frozenset(("", "application/octet-stream", "binary/octet-stream", "application/download"))
"""Types by which a host says nothing of a file."""
_FILES = frozenset(FORMATS) - {HTML, ".htm", ".md", ".jsonl"}
"""Suffixes of an address behind which a file is, and never a page."""
_CLOSED = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_END_OF_PDF = 2048
"""Bytes at a PDF's end among which its mark stands; some have a signature or zeros behind it."""


def suffix_of(url: str, declared: str, data: bytes) -> str:
    """Tell what a download is.

    Args:
        url: where it came from in the end.
        declared: its ``Content-Type``.
        data: all of it.

    Returns:
        The suffix under which it is read.

    Raises:
        FetchError: It is of no type that is read, or another thing than what was promised, such
            as a page that says sorry in the place of a PDF.
    """
    told = declared.partition(";")[0].strip().lower()
    named = PurePosixPath(unquote(urlsplit(url).path)).suffix.lower()
    promised = named if named in _FILES else _DECLARED.get(told, "")
    kind = family(data)
    if kind == "html" and promised not in ("", HTML):
        raise FetchError(f"a page came in the place of a {promised} file")
    if kind in ("pdf", "zip"):
        return _packed(data)
    if kind == "html":
        return HTML
    if kind == "ole" and promised in _OLD_OFFICE:
        return promised
    if told in _UNTOLD and promised != ".txt":
        raise FetchError("it is of no type that is read")
    return _text(told, promised, data)


def _packed(data: bytes) -> str:
    """The suffix of a PDF or of an Office file."""
    try:
        suffix = actual_suffix("file", data)
    except ParseError as error:
        raise FetchError("it is of no type that is read") from error
    if suffix not in FORMATS:
        raise FetchError("it is of no type that is read")
    return suffix


def _text(told: str, promised: str, data: bytes) -> str:
    """The suffix of what has no mark: a page without a head, or plain text."""
    if b"\0" in data or promised not in (HTML, ".txt") or _DECLARED.get(told, "") != promised:
        raise FetchError("it is of no type that is read, or none that its host says")
    if promised == HTML and b"<" not in data:
        raise FetchError("it is no page, though its host says so")
    return promised


def check_whole(suffix: str, data: bytes, *, measured: bool) -> None:
    """Make sure that a download does not end early.

    Args:
        suffix: what it is.
        data: all of it.
        measured: whether its host said how long it is.

    Raises:
        FetchError: It does.
    """
    cut = FetchError("it ends early", passing=True)
    if suffix == ".pdf" and b"%%EOF" not in data[-_END_OF_PDF:]:
        raise cut
    if suffix in (".docx", ".xlsx", ".xlsm"):
        try:
            zipfile.ZipFile(io.BytesIO(data)).close()
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise cut from error
    if suffix == HTML and not _CLOSED.search(data):
        raise cut
    if suffix not in (HTML, ".pdf", ".docx", ".xlsx", ".xlsm") and not measured:
        raise cut
