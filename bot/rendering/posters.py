"""QR codes and print-ready posters for campaigns."""

import io
import re
from typing import TYPE_CHECKING

from bot.languages import Tongue
from bot.rendering.fonts import font_file
from bot.texts import TEXTS

if TYPE_CHECKING:
    from fpdf import FPDF

SCALE = 20
"""Dots a module: a code of some 30 modules is printed sharp at 10 cm."""
_CODE = 100
"""Width of the code on the poster in millimetres; it can be scanned from two metres."""


def png(link: str) -> bytes:
    """The QR code of a link, with the quiet zone that scanners need."""
    import segno

    written = io.BytesIO()
    segno.make(link, error="q", micro=False).save(written, kind="png", scale=SCALE, border=4)
    return written.getvalue()


def pdf(link: str, name: str, font: str = "", *, on_page: bool = False) -> bytes:
    """A page of A4 with a campaign's name, its code, its link and how to use it.

    Args:
        link: that the code leads to.
        name: of the campaign.
        font: file of a font with Chinese; '' for the one that comes with the bot.
        on_page: whether it leads to the page, which any browser opens, or to Telegram.
    """
    from fpdf import FPDF  # 25 MB, and few campaigns are made

    page = FPDF(format="A4")
    page.set_auto_page_break(False)
    page.add_font("poster", fname=font_file(font))
    page.add_page()
    chinese, english = TEXTS[Tongue.SIMPLIFIED], TEXTS[Tongue.ENGLISH]
    page.set_y(25)
    _lines(page, chinese.poster_title, 30)
    _lines(page, english.poster_title, 18)
    page.ln(6)
    _lines(page, name, 16)
    left = (page.w - _CODE) / 2
    page.image(io.BytesIO(png(link)), x=left, y=page.get_y() + 6, w=_CODE)
    page.set_y(page.get_y() + _CODE + 12)
    _lines(page, re.sub("^https?://", "", link), 14)
    page.ln(6)
    for texts in (chinese, english):
        _lines(page, texts.poster_steps_page if on_page else texts.poster_steps, 14)
        page.ln(3)
    return bytes(page.output())


def _lines(page: "FPDF", text: str, size: int) -> None:
    page.set_font("poster", size=size)
    page.multi_cell(0, size * 0.55, text, align="C", new_x="LMARGIN", new_y="NEXT")
