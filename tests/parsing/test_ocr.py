import io
import zlib
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from fpdf import FPDF
from PIL import Image

from hyqa import Engine, HashEncoder
from hyqa.answer.citing import cite
from hyqa.config import Limits
from hyqa.index.build import build_index, open_index
from hyqa.parsing import Readers, parser_versions, read_corpus
from hyqa.parsing.corpus.reading import Job, read_document
from hyqa.parsing.pdf import ocr
from hyqa.parsing.pdf.document import parse_pdf
from hyqa.parsing.pdf.layout.recognition import HOW
from hyqa.parsing.pdf.pdfium_pictures import render_page
from hyqa.types import Document, Language, ParseFailure, Recognised
from parsing import hostile
from parsing.making import pdf_bytes, write

LINES = (
    "Yunling pays a grant of 50,000 yuan to firms that move in.",
    "Applications are taken until 31 March 2025.",
)
needs_ocr = pytest.mark.skipif(not ocr.is_available(), reason="the extra ocr is not installed")


@cache
def picture() -> Image.Image:
    """A page of two lines, as a scanner would take it."""
    pixels, _ = render_page(pdf_bytes("\n".join(LINES)), 1)
    return Image.fromarray(pixels[:600])


def scan_bytes(*pages: Image.Image | str) -> bytes:
    """A PDF of pictures without text, and of pages of text between them."""
    pdf = FPDF(unit="pt", format=(612, 220))
    pdf.set_font("Helvetica", size=11)
    pdf.set_auto_page_break(False)
    for page in pages:
        pdf.add_page()
        if isinstance(page, str):
            pdf.cell(0, 20, page)
        else:
            pdf.image(page, 0, 0, 612, 220)
    return bytes(pdf.output())


def read(tmp_path: Path, data: bytes) -> Document:
    path = write(tmp_path, "scan.pdf", data)
    result = read_document(Job("scan.pdf", bytes(path)))
    assert isinstance(result, Document), result
    return result


@needs_ocr
def test_a_scanned_page_is_read_between_pages_of_text(tmp_path: Path) -> None:
    text = "The first page has a text layer that says all there is to say."
    document = read(tmp_path, scan_bytes(text, picture()))
    assert document.text.split("\n")[0] == text
    assert all("".join(line.split()) in "".join(document.text.split()) for line in LINES)
    (page,) = document.recognised
    assert page.page == 2 and 0.9 < page.confidence <= 1
    assert document.remarks == ()


@needs_ocr
def test_a_limited_process_reads_a_scan_within_its_limits(tmp_path: Path) -> None:
    write(tmp_path, "scan.pdf", scan_bytes(picture(), picture()))
    with Readers(Limits(seconds=120, megabytes=2000, readers=1)) as readers:
        (document,) = read_corpus(tmp_path, readers=readers)
    assert isinstance(document, Document), document
    assert [one.page for one in document.recognised] == [1, 2]
    assert "".join(LINES[0].split()) in "".join(document.text.split())


@needs_ocr
@pytest.mark.parametrize("declared", [60_000, 2_000_000_000])
def test_a_picture_of_a_huge_declared_size_is_one_clear_line(declared: int, tmp_path: Path) -> None:
    pixels = zlib.compress(bytes(7_500 * 20_000), 9)
    write(tmp_path, "bomb.pdf", hostile.pictured_page(declared, pixels))
    with Readers(Limits(seconds=60, megabytes=2000, readers=1)) as readers:
        (failure,) = read_corpus(tmp_path, readers=readers)
    assert isinstance(failure, ParseFailure)
    assert "\n" not in failure.reason and len(failure.reason) < 160


@needs_ocr
@pytest.mark.parametrize("angle", [2, 90])
def test_tilted_and_turned_pages_are_read_in_order(angle: int) -> None:
    turned = picture().rotate(angle, expand=True, fillcolor="white")
    out = io.BytesIO()
    turned.save(out, "PDF", resolution=200)
    runs = ocr.recognise(out.getvalue(), 1)
    assert runs is not None
    ordered = sorted(runs, key=lambda run: (round(run.top / 10), run.left))
    said = "".join("".join(run.text.split()) for run in ordered)
    assert said == "".join("".join(line.split()) for line in LINES)


def test_without_recognition_pages_of_text_are_read_and_the_others_named() -> None:
    text = "This page has a text layer, so that it can be read as it is."
    parsed = parse_pdf(scan_bytes(text, picture()))
    assert parsed.text == text and parsed.recognised == ()
    assert parsed.remarks == (
        f"page 2 was left out, as only pictures tell what stands there: {HOW}",
    )


def test_without_recognition_a_scan_is_refused_with_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    path = write(tmp_path, "scan.pdf", scan_bytes(picture()))
    result = read_document(Job("scan.pdf", bytes(path)))
    assert not isinstance(result, Document)
    assert "looks like a scan" in result.reason and "hyqa[ocr]" in result.reason


@needs_ocr
def test_a_blank_scan_says_that_nothing_is_seen(tmp_path: Path) -> None:
    blank = Image.fromarray(np.full((220, 612, 3), 255, np.uint8))
    path = write(tmp_path, "scan.pdf", scan_bytes(blank))
    result = read_document(Job("scan.pdf", bytes(path)))
    assert not isinstance(result, Document)
    assert "no text" in result.reason


def test_the_version_of_recognition_counts_where_it_is_installed() -> None:
    assert ("rapidocr" in parser_versions()[".pdf"]) == ocr.is_available()


@pytest.mark.parametrize(
    ("confidence", "chinese", "english"),
    [
        (0.999, "；扫描识别", "; read from a scan"),
        (0.8, "；扫描识别，可能有误", "; read from a scan, may contain errors"),
        (None, "第 1 页", "p. 1"),
    ],
)
def test_a_citation_says_that_its_words_were_read_from_a_scan(
    tmp_path: Path, confidence: float | None, chinese: str, english: str
) -> None:
    write(tmp_path, "corpus/a.pdf", pdf_bytes("\n".join(LINES)))
    build_index(tmp_path / "corpus", tmp_path / "index", HashEncoder())
    engine = Engine(open_index(tmp_path / "index"), HashEncoder())
    citation = engine.passages("the grant that Yunling pays to firms")[0].citation
    assert citation.recognised is None
    citation = replace(citation, recognised=confidence)
    assert cite(citation, Language.CHINESE).endswith(chinese)
    assert cite(citation, Language.ENGLISH).endswith(english)


def test_a_quote_takes_the_least_confidence_of_its_pages() -> None:
    from hyqa.answer.quotes import make_quote
    from hyqa.types import Metadata, PageStart, Section

    document = Document(
        "a.pdf", Metadata("t"), "一。二。三。", (Section((), 0, 6),),
        (PageStart(0, 1), PageStart(2, 2), PageStart(4, 3)), "0",
        recognised=(Recognised(2, 0.9), Recognised(3, 0.8)),
    )  # fmt: skip
    spans = {(0, 2): None, (0, 4): 0.9, (2, 6): 0.8, (4, 6): 0.8}
    assert {span: make_quote(document, (), span).citation.recognised for span in spans} == spans
