"""Posters and charts: what stands on them can be read."""

import io

import numpy
import pypdfium2
import pytest
from PIL import Image, ImageFont

from bot.languages import Tongue
from bot.rendering import charts, posters
from bot.texts import TEXTS

LINK = "t.me/hengyang_bot?start=0123456789ab"

ZH, EN = TEXTS[Tongue.SIMPLIFIED], TEXTS[Tongue.ENGLISH]


def test_a_poster_without_a_font_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posters, "FONTS", ())
    with pytest.raises(posters.NoFont):
        posters.pdf("https://t.me/x?start=1", "x")


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


def test_the_code_of_a_poster_leads_to_the_link() -> None:
    cv2 = pytest.importorskip("cv2")
    picture = numpy.asarray(Image.open(io.BytesIO(posters.png(f"https://{LINK}"))).convert("L"))
    found, *_ = cv2.QRCodeDetector().detectAndDecode(picture)
    assert found == f"https://{LINK}"


def test_the_font_of_charts_has_chinese_latin_letters_and_digits() -> None:
    font = ImageFont.truetype(posters.font_file(), 24)
    shapes = {bytes(font.getmask(char)) for char in "衡阳東Aa19"}
    assert len(shapes) == len("衡阳東Aa19")  # what a font lacks all looks alike
