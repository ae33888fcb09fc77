"""QR codes and print-ready posters for campaigns."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.languages import Tongue
from bot.rendering.fonts import font_file
from bot.texts import TEXTS

if TYPE_CHECKING:
    from fpdf import FPDF
    from fpdf.enums import WrapMode

SCALE = 20
"""Dots a module: a code of some 30 modules is printed sharp at 15 cm."""
_BAND = 62
"""Height of the coloured band on top; all lengths are in millimetres, sizes of letters in points."""
_GAP, _MARGIN = 6.5, 15
_LARGEST_CODE, _SMALLEST_CODE = 140, 70
"""The larger can be scanned from three metres, the smaller from one and a half."""
_SCALES = (1.0, 0.92, 0.84, 0.76, 0.68, 0.6)
"""How far letters shrink until the smallest code has room beside a long name and a long contact."""
_LEADING = 0.52
"""Millimetres of a line for each point of its letters."""
_INK, _SOFT, _ACCENT, _PAPER = (28, 34, 38), (86, 96, 104), (11, 93, 102), (255, 255, 255)
_CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Block:
    """Words, the size of their letters, their colour, and the room above them."""

    text: str
    size: float
    colour: tuple[int, int, int]
    gap: float = 0.0

    def scaled(self, by: float) -> "Block":
        """The same, smaller."""
        return Block(self.text, self.size * by, self.colour, self.gap * by)


def png(link: str) -> bytes:
    """The QR code of a link, with the quiet zone that scanners need."""
    import segno

    written = io.BytesIO()
    segno.make(link, error="q", micro=False).save(written, kind="png", scale=SCALE, border=4)
    return written.getvalue()


def pdf(
    link: str, name: str, font: str = "", *, on_page: bool = False, contact: Sequence[str] = ()
) -> bytes:
    """A page of A4 with a campaign's name, its code, its link and how to use it.

    The code takes what the words leave, so that the page is full.

    Args:
        link: that the code leads to.
        name: of the campaign.
        font: file of a font with Chinese; '' for the one that comes with the bot.
        on_page: whether it leads to the page, which any browser opens, or to Telegram.
        contact: what documents state of whom to turn to, a line each; () where they state nothing.
    """
    from fpdf import FPDF  # 25 MB, and few campaigns are made

    page = FPDF(format="A4")
    page.set_auto_page_break(False)
    page.set_margin(_MARGIN)
    page.c_margin = 0
    page.add_font("poster", fname=font_file(font))
    page.add_page()
    address = re.sub("^https?://", "", link)
    for scale in _SCALES:
        titles, above, below = (
            [one.scaled(scale) for one in some]
            for some in (
                _titles(),
                [Block(name, 24, _INK, _GAP)],
                _below(address, on_page, contact),
            )
        )
        below[0] = _on_one_line(page, below[0])
        room = page.h - _BAND * scale - _MARGIN - _GAP - _height(page, above) - _height(page, below)
        if room >= _SMALLEST_CODE:
            break
    page.set_fill_color(*_ACCENT)
    page.rect(0, 0, page.w, _BAND * scale, style="F")
    page.set_y((_BAND * scale - _height(page, titles)) / 2)
    _write(page, titles)
    page.set_y(_BAND * scale)
    _write(page, above)
    side = min(_LARGEST_CODE, room)
    page.image(io.BytesIO(png(link)), x=(page.w - side) / 2, y=page.get_y() + _GAP, w=side)
    page.set_y(page.get_y() + _GAP + side)
    _write(page, below, (room - side) / len(below))
    return bytes(page.output())


def _titles() -> list[Block]:
    chinese, english = TEXTS[Tongue.SIMPLIFIED], TEXTS[Tongue.ENGLISH]
    return [Block(chinese.poster_title, 42, _PAPER), Block(english.poster_title, 23, _PAPER)]


def _below(address: str, on_page: bool, contact: Sequence[str]) -> list[Block]:
    """What stands below the code: its address, how to use it, and whom to turn to."""
    chinese, english = (
        texts.poster_steps_page if on_page else texts.poster_steps
        for texts in (TEXTS[Tongue.SIMPLIFIED], TEXTS[Tongue.ENGLISH])
    )
    return [
        Block(address, 26, _ACCENT, _GAP),
        Block(chinese, 19, _INK, _GAP),
        Block(english, 15, _INK, _GAP / 2),
        *(Block(words, 10.5, _SOFT, _GAP / 2) for words in contact),
    ]


def _on_one_line(page: "FPDF", block: Block) -> Block:
    """An address so small that it can be typed off the poster."""
    page.set_font("poster", size=block.size)
    return block.scaled(min(1.0, page.epw / page.get_string_width(block.text) * 0.99))


def _height(page: "FPDF", blocks: Sequence[Block]) -> float:
    """How much room blocks take."""
    total = 0.0
    for one in blocks:
        page.set_font("poster", size=one.size)
        lines = page.multi_cell(
            0, text=one.text, wrapmode=_wrap(one.text), dry_run=True, output="LINES"
        )
        total += one.gap + one.size * _LEADING * (len(lines) if isinstance(lines, list) else 1)
    return total


def _write(page: "FPDF", blocks: Sequence[Block], spare: float = 0.0) -> None:
    """Write blocks below each other, with some room more above each."""
    for one in blocks:
        page.set_y(page.get_y() + one.gap + spare)
        page.set_font("poster", size=one.size)
        page.set_text_color(*one.colour)
        page.multi_cell(
            0, one.size * _LEADING, one.text, align="C", wrapmode=_wrap(one.text),
            new_x="LMARGIN", new_y="NEXT",
        )  # fmt: skip


def _wrap(text: str) -> "WrapMode":
    """Chinese lines may end anywhere, English ones between words."""
    from fpdf.enums import WrapMode

    is_chinese = len(_CHINESE.findall(text)) > len(text) / 3
    return WrapMode.CHAR if is_chinese else WrapMode.WORD
