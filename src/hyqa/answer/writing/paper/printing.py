"""Drawing a sheet as a PDF of A4 pages."""

import gc
import logging
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote as percent_encoded

from hyqa.answer.writing.paper.characters import MISSING, signs
from hyqa.answer.writing.paper.lines import Cell, broken
from hyqa.answer.writing.paper.sheet import Mark, Sheet, Stretch, ending, stretches

if TYPE_CHECKING:
    pass

_MARGIN, _FOOT = 20.0, 22.0
"""Lengths are in millimetres, sizes of letters in points."""
_POINT = 25.4 / 72
_LEADING = 1.55
"""Height of a line in that of its letters: Chinese needs more than Latin."""
_INK, _SOFT, _ACCENT, _AMOUNT, _WARN, _BAR = (
    (28, 34, 38), (86, 96, 104), (11, 93, 102), (122, 59, 0), (156, 34, 24), (150, 190, 194),
)  # fmt: skip
_ADDRESS = ":/?#[]@!$&'()*+,;=%~"
"""Signs that mean something in an address; all beyond ASCII is encoded, as PDF asks for."""
_ONE_AT_A_TIME = threading.Lock()
"""A font takes some 20 MB while it is in use."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks: size and colour of its letters, the room above it, its indent."""

    size: float
    colour: tuple[int, int, int]
    gap: float
    indent: float = 0.0
    is_quote: bool = False


_LOOKS = {
    "site": Look(9, _ACCENT, 0),
    "label": Look(9, _SOFT, 5),
    "question": Look(15, _INK, 0.5),
    "line": Look(10.5, _INK, 4),
    "quote": Look(10.5, _INK, 5, 5, is_quote=True),
    "cited": Look(9, _INK, 2, 5),
    "digest": Look(8.5, _WARN, 0.5, 5),
    "small": Look(8.5, _SOFT, 0.5),
    "names": Look(8.5, _SOFT, 0.5, 5),
    "link": Look(8.5, _ACCENT, 0.5, 5),
    "notice": Look(8.5, _SOFT, 3),
}


def print_sheet(sheet: Sheet, font: str = "") -> bytes:
    """Draw a sheet; the same one gives the same bytes.

    Args:
        sheet: that is drawn, whatever characters its texts hold.
        font: file of a font with Chinese; '' for Noto Sans SC, which comes along.
    """
    with _ONE_AT_A_TIME:
        try:
            return _Printing(sheet, font).printed()
        finally:
            gc.collect()  # fonts hold each other: without it, memory grows by 100 MB


def _font_file(named: str) -> str:
    if named:
        return named
    from pylopdf_fonts_zh_cn import sans_path

    return str(sans_path())


class _Printing:
    """The pages of one sheet."""

    def __init__(self, sheet: Sheet, font: str) -> None:
        from fpdf import FPDF  # 60 MB, and few answers are taken away
        from fpdf.fonts import TTFFont

        self._sheet = sheet
        self._page = page = FPDF(format="A4")
        # It tells of every character that it puts into a file: those of somebody's question.
        logging.getLogger("fontTools").setLevel(logging.WARNING)
        page.set_auto_page_break(False)
        page.set_margin(_MARGIN)
        page.alias_nb_pages("")  # a text that holds the usual mark of it would be changed
        page.add_font("sheet", fname=_font_file(font))
        page.set_font("sheet", size=10)
        held = page.fonts["sheet"]
        self._drawn = held.cmap if isinstance(held, TTFFont) else {}
        self._has_missing = False

    def printed(self) -> bytes:
        """Draw all of it."""
        page, sheet = self._page, self._sheet
        page.set_creation_date(datetime(sheet.day.year, sheet.day.month, sheet.day.day, tzinfo=UTC))
        page.set_lang({"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}.get(sheet.tongue.lower(), "en"))
        page.set_title("".join(signs(" ".join(sheet.question.split()), self._drawn)))
        page.add_page()
        self._write_all(stretches(sheet))
        self._page.set_y(self._page.get_y() + 5)
        if self._has_missing:
            told = sheet.words.missing_sign.format(sign=MISSING)
            self._write_all([Stretch(told, "notice")])
        self._write_all(ending(sheet))
        self._number_page()
        return bytes(page.output())

    def _write_all(self, all_: Iterable[Stretch]) -> None:
        for one in all_:
            self._write(one)

    def _number_page(self) -> None:
        """Write its number at the foot of a page that is full, after what is read before it."""
        page = self._page
        page.set_font("sheet", size=8.5)
        page.set_text_color(*_SOFT)
        number = str(page.page_no())
        page.text((page.w - page.get_string_width(number)) / 2, page.h - _FOOT / 2, number)

    def _write(self, stretch: Stretch) -> None:
        """Write a paragraph below what stands there, on as many pages as it takes."""
        page, look = self._page, _LOOKS[stretch.look]
        page.set_y(page.get_y() + look.gap)
        page.set_font("sheet", size=look.size)
        measure = cache(page.get_string_width)
        for line in broken(self._cells(stretch), page.epw - look.indent, measure):
            self._write_line(line, look, stretch.url)

    def _write_line(self, line: list[Cell], look: Look, url: str) -> None:
        page, height = self._page, look.size * _POINT * _LEADING
        if page.get_y() + height > page.h - _FOOT:
            self._number_page()
            page.add_page()
            page.set_y(_MARGIN)
        page.set_font("sheet", size=look.size)
        left, top = _MARGIN + look.indent, page.get_y()
        right = self._write_runs(line, look, left, top + height * 0.72)
        if look.is_quote:
            page.set_fill_color(*_BAR)
            page.rect(_MARGIN + 1, top, 1, height, style="F")
        if url and right > left:
            page.link(left, top, right - left, height, percent_encoded(url, safe=_ADDRESS))
        page.set_y(top + height)

    def _write_runs(self, line: list[Cell], look: Look, left: float, base: float) -> float:
        """Write a line, a run of one kind after the other; gives where it ends."""
        for kinds, run in groupby(line, lambda cell: cell.kinds):
            text = "".join(cell.sign for cell in run)
            wide = self._page.get_string_width(text)
            self._write_run(text, kinds, look, left, base)
            if "condition" in kinds:
                self._page.set_draw_color(*_WARN)
                self._page.set_line_width(0.25)
                self._page.line(left, base + 1, left + wide, base + 1)
            left += wide
        return left

    def _write_run(
        self, text: str, kinds: frozenset[str], look: Look, left: float, base: float
    ) -> None:
        """Write signs that look the same; the font has no bold ones, so they get an edge."""
        page = self._page
        colour = _AMOUNT if "amount" in kinds else look.colour
        page.set_text_color(*colour)
        if not kinds & {"amount", "date"}:
            page.text(left, base, text)
            return
        with page.local_context(text_mode="FILL_STROKE", line_width=0.12, draw_color=colour):
            page.text(left, base, text)

    def _cells(self, stretch: Stretch) -> Iterator[Cell]:
        kinds = _kinds(len(stretch.text), stretch.marks)
        for sign, kind in zip(signs(stretch.text, self._drawn), kinds, strict=True):
            self._has_missing |= sign == MISSING
            if sign:
                yield Cell(sign, kind)


def _kinds(length: int, marks: Iterable[Mark]) -> list[frozenset[str]]:
    """Of which kinds each character of a text is."""
    kinds: list[frozenset[str]] = [frozenset()] * length
    for mark in marks:
        for place in range(max(mark.start, 0), min(mark.end, length)):
            kinds[place] |= {mark.kind}
    return kinds
