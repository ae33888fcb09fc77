import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyqa.parsing.blocks import assemble
from hyqa.parsing.formats import FORMATS
from hyqa.parsing.pdf.document import read_blocks, read_parts
from hyqa.parsing.pdf.layout.pages import Page, Rule, Run
from hyqa.types import Document, ParseFailure
from hyqa.types.errors import ParseError
from parsing.making import pdf_bytes, read_here, word_bytes

LINE = st.text(
    st.sampled_from("一二章第（）、。，“”# -*|1.A b\t\u200b\u00a0\ue000") | st.characters(),
    max_size=30,
)
TEXT = st.lists(LINE, max_size=12).map("\n".join)
SEEDS = {
    ".pdf": pdf_bytes("A page of words that are long enough to be read.\n" * 5),
    ".docx": word_bytes(lambda document: document.add_paragraph("甲。")),
}


def check(document: Document) -> None:
    assert document.text and document.meta.title
    assert not any(
        unicodedata.category(character) in ("Cc", "Cs", "Co") and character != "\n"
        for character in document.text
    )
    end = 0
    for section in document.sections:
        words = document.text[section.start : section.end]
        assert end <= section.start < section.end <= len(document.text)
        assert words == words.strip("\n")
        assert all(name in document.text for name in section.heading_path)
        end = section.end
    offsets = [start.offset for start in document.page_starts]
    assert offsets == sorted(offsets) and all(offset < len(document.text) for offset in offsets)


def results(suffix: str, data: bytes) -> list[Document | ParseFailure]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"x{suffix}"
        path.write_bytes(data)
        return read_here(path)


@given(TEXT, st.sampled_from([".md", ".txt", ".html"]))
@settings(deadline=None)
def test_texts_keep_their_shape(text: str, suffix: str) -> None:
    for result in results(suffix, text.encode("utf-8", "replace")):
        if isinstance(result, Document):
            check(result)
        else:
            assert result.reason


@pytest.mark.parametrize("suffix", FORMATS)
@given(data=st.binary(max_size=300))
@settings(deadline=None, max_examples=60)
def test_random_bytes_give_documents_or_reasons(suffix: str, data: bytes) -> None:
    entry = FORMATS[suffix]
    if entry.parse is not None:
        try:
            entry.parse(data)
        except ParseError as error:
            assert str(error)
    for result in results(suffix, data):
        if isinstance(result, Document):
            check(result)


@pytest.mark.parametrize("suffix", SEEDS)
@given(st.data())
@settings(deadline=None, max_examples=60)
def test_damage_gives_documents_or_reasons(suffix: str, data: st.DataObject) -> None:
    content = bytearray(SEEDS[suffix])
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=20)):
        content[place] = data.draw(st.integers(0, 255))
    parse = FORMATS[suffix].parse
    assert parse is not None
    try:
        parse(bytes(content))
    except ParseError as error:
        assert str(error)


RUNS = st.builds(
    lambda text, left, top, size, bold: Run(
        text, left, top, left + size * len(text), top + size, size, "", bold
    ),
    TEXT.filter(str.strip).map(str.strip),
    st.floats(-50, 700),
    st.floats(-50, 900),
    st.floats(0.1, 60),
    st.booleans(),
)
RULES = st.builds(
    lambda left, top, long, level: (
        Rule(left, top, left + long, top + 1) if level else Rule(left, top, left + 1, top + long)
    ),
    st.integers(0, 6).map(lambda step: step * 80.0),
    st.integers(0, 6).map(lambda step: step * 80.0),
    st.integers(1, 6).map(lambda step: step * 80.0),
    st.booleans(),
)


@given(st.lists(st.tuples(st.lists(RUNS, max_size=8), st.lists(RULES, max_size=12)), max_size=4))
@settings(deadline=None)
def test_each_page_begins_where_its_mark_says(drawn: list[tuple[list[Run], list[Rule]]]) -> None:
    pages = [
        Page(number, 595, 842, tuple(runs), tuple(rules))
        for number, (runs, rules) in enumerate(drawn, start=1)
    ]
    parts = read_parts(pages, [page.runs for page in pages])
    blocks, _, _ = read_blocks(pages, parts)
    for block in blocks:
        offsets = [mark.offset for mark in block.pages]
        assert offsets == sorted(set(offsets))
    try:
        parsed = assemble(blocks)
    except ParseError:
        return
    assert [mark.page for mark in parsed.page_starts] == sorted(
        {mark.page for mark in parsed.page_starts}
    )
    assert all(parsed.text[mark.offset] != "\n" for mark in parsed.page_starts)
