"""The table from suffix to parser; libraries are imported when a file first needs them."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version

from hyqa.parsing.blocks import Parsed
from hyqa.parsing.office import find_office

OFFICE = "LibreOffice"
"""The program that converts files of older formats."""


@dataclass(frozen=True, slots=True)
class Format:
    """How files of a kind are read.

    ``version`` is to be raised whenever a parser's output changes, so that indexes are
    built anew; ``library`` is the distribution whose version matters as well, and so does that
    of ``extra`` where it is installed, or that ``OFFICE`` is.
    ``parse`` is None for JSON lines, which hold many documents.
    """

    version: int
    library: str
    parse: Callable[[bytes], Parsed] | None
    extra: str = ""


def _markdown(data: bytes) -> Parsed:
    from hyqa.parsing.plain.markdown import parse_markdown

    return parse_markdown(data)


def _text(data: bytes) -> Parsed:
    from hyqa.parsing.plain.text import parse_text

    return parse_text(data)


def _html(data: bytes) -> Parsed:
    from hyqa.parsing.html.page import parse_html

    return parse_html(data)


def _pdf(data: bytes) -> Parsed:
    from hyqa.parsing.pdf.document import parse_pdf
    from hyqa.parsing.pdf.ocr import is_available, recognise

    return parse_pdf(data, recognise if is_available() else None)


def _word(data: bytes) -> Parsed:
    from hyqa.parsing.word.document import parse_word

    return parse_word(data)


def _excel(data: bytes) -> Parsed:
    from hyqa.parsing.excel.workbook import parse_excel

    return parse_excel(data)


def _old_word(suffix: str, data: bytes) -> Parsed:
    from hyqa.parsing.office import parse_old_word

    return parse_old_word(data, suffix)


def _old_excel(suffix: str, data: bytes) -> Parsed:
    from hyqa.parsing.office import parse_old_excel

    return parse_old_excel(data, suffix)


FORMATS: Mapping[str, Format] = {
    ".md": Format(3, "markdown-it-py", _markdown),
    ".txt": Format(3, "", _text),
    ".html": Format(4, "readability-lxml", _html),
    ".htm": Format(4, "readability-lxml", _html),
    ".pdf": Format(10, "pypdfium2", _pdf, "rapidocr"),
    ".docx": Format(5, "python-docx", _word),
    ".xlsx": Format(2, "openpyxl", _excel),
    ".xlsm": Format(2, "openpyxl", _excel),
    **{
        suffix: Format(3, "python-docx", partial(_old_word, suffix), OFFICE)
        for suffix in (".doc", ".wps", ".rtf", ".odt")
    },
    **{
        suffix: Format(2, "openpyxl", partial(_old_excel, suffix), OFFICE)
        for suffix in (".xls", ".et", ".ods")
    },
    ".jsonl": Format(3, "", None),
}


def find_format(name: str) -> Format | None:
    """Return how a file of that name is read, or None if it is not."""
    return FORMATS.get(suffix_of(name))


def suffix_of(name: str) -> str:
    """Return the suffix of a file's name in small letters, with its dot; of a hidden file, none."""
    base = os.path.basename(name)  # noqa: PTH119 - a path of each takes ten times as long
    dot = base.rfind(".")
    return base[dot:].lower() if 0 < dot < len(base) - 1 else ""


def readable_suffixes() -> tuple[str, ...]:
    """Return the suffixes of the files that can be read."""
    return tuple(FORMATS)


def parser_versions() -> Mapping[str, str]:
    """Return what reads each suffix, as in ``1, pypdfium2 5.1``; an index is stale if it changes."""
    return {suffix: ", ".join(_versions(entry)) for suffix, entry in FORMATS.items()}


def _versions(entry: Format) -> Iterator[str]:
    yield str(entry.version)
    if entry.library:
        yield f"{entry.library} {version(entry.library)}"
    if entry.extra == OFFICE:
        if find_office() is not None:
            yield OFFICE
    elif entry.extra:
        with suppress(PackageNotFoundError):
            yield f"{entry.extra} {version(entry.extra)}"
