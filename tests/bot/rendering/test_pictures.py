"""Posters and charts: what stands on them can be read."""

import io
import re
import string
from dataclasses import asdict

import numpy
import pypdfium2
import pytest
from PIL import Image, ImageFont
from pylopdf_fonts_zh_cn import serif_path

from bot.languages import Tongue
from bot.rendering import charts, posters
from bot.rendering.fonts import font_file
from bot.texts import TEXTS

LINK = "t.me/hengyang_bot?start=0123456789ab"

ZH, EN = TEXTS[Tongue.SIMPLIFIED], TEXTS[Tongue.ENGLISH]


def test_a_chart_is_a_picture_of_its_size() -> None:
    picture = Image.open(io.BytesIO(charts.bars("衡阳", [("人数", 7, "7"), ("问题", None, "—")])))
    assert picture.size == (charts.WIDTH, 2 * charts.MARGIN + 50 + 2 * charts.ROW)


def test_a_poster_says_how_to_ask_in_both_languages_and_shows_the_link() -> None:
    page = pypdfium2.PdfDocument(posters.pdf(f"https://{LINK}", "2025云岭推介会"))[0]
    text = page.get_textpage().get_text_range().replace("\r\n", "\n")
    for words in (ZH.poster_title, EN.poster_title, "2025云岭推介会", LINK, *ZH.poster_steps.split("\n"),
                  *EN.poster_steps.split("\n")):  # fmt: skip
        assert words in text
    assert [round(side) for side in page.get_size()] == [595, 842]  # A4


CONTACT = [
    "园区 · 联系\n" + "企业可以拨打热线，每周七天开通。" * 6,
    "Park · Contact\n" + "Call the hotline. " * 20,
]


@pytest.mark.parametrize("name", ["会", "一场名称很长的推介会" * 6])
@pytest.mark.parametrize("contact", [[], CONTACT[:1], CONTACT])
@pytest.mark.parametrize("link", [LINK, f"https://a.very.long.name.of.a.page.example/c/{'0' * 40}"])
def test_a_poster_is_full_and_nothing_of_it_is_cut_off(
    name: str, contact: list[str], link: str
) -> None:
    document = pypdfium2.PdfDocument(posters.pdf(link, name, on_page=True, contact=contact))
    assert len(document) == 1
    text = document[0].get_textpage().get_text_range()
    assert "".join(name.split()) in "".join(text.split())
    assert link.removeprefix("https://") in text.splitlines()  # on one line, to be typed
    for words in contact:
        assert "".join(words.split()) in "".join(text.split())
    inked = numpy.asarray(document[0].render(scale=1).to_pil().convert("L")) < 240
    height, width = inked.shape
    rows, columns = (
        numpy.flatnonzero(inked.any(axis=1)),
        numpy.flatnonzero(inked[height // 3 :].any(axis=0)),
    )
    assert rows[0] == 0 and height * 0.9 < rows[-1] < height * 0.97
    assert width * 0.06 < columns[0] and columns[-1] < width * 0.94
    assert max(numpy.diff(rows)) < height * 0.1


@pytest.mark.parametrize("contact", [[], CONTACT])
def test_the_code_on_a_poster_can_be_read_off_it(contact: list[str]) -> None:
    cv2 = pytest.importorskip("cv2")
    link = "https://invest.example.org/c/0123456789ab"
    page = pypdfium2.PdfDocument(posters.pdf(link, "会" * 60, on_page=True, contact=contact))[0]
    found, *_ = cv2.QRCodeDetector().detectAndDecode(
        numpy.asarray(page.render(scale=2).to_pil().convert("L"))
    )
    assert found == link


def test_the_code_of_a_poster_leads_to_the_link() -> None:
    cv2 = pytest.importorskip("cv2")
    picture = numpy.asarray(Image.open(io.BytesIO(posters.png(f"https://{LINK}"))).convert("L"))
    found, *_ = cv2.QRCodeDetector().detectAndDecode(picture)
    assert found == f"https://{LINK}"


@pytest.mark.parametrize("tongue", Tongue)
def test_the_font_has_all_that_stands_on_posters_and_charts(tongue: Tongue) -> None:
    font = ImageFont.truetype(font_file(), 24)
    lacking = shape(font, "\U0010ffff")
    said = asdict(TEXTS[tongue])
    drawn = [text for name, text in said.items() if name.startswith(("poster", "stats", "subject"))]
    for char in {*"".join(drawn), *string.printable} - set(string.whitespace):
        assert shape(font, char) != lacking, char
    assert len({shape(font, char) for char in "衡阳陽東东Aa19"}) == len("衡阳陽東东Aa19")


def shape(font: ImageFont.FreeTypeFont, char: str) -> bytes:
    return bytes(font.getmask(char))


def test_another_font_may_be_named() -> None:
    named, rows = str(serif_path()), [("人数", 7, "7")]
    assert charts.bars("衡阳", rows, named) != charts.bars("衡阳", rows)
    assert fonts_of(posters.pdf(LINK, "x", named)) != fonts_of(posters.pdf(LINK, "x"))


def fonts_of(pdf: bytes) -> set[bytes]:
    """Names of the fonts that a PDF embeds, without the tags of their parts."""
    return set(re.findall(rb"/BaseFont /[A-Z]*\+?([\w-]+)", pdf))
