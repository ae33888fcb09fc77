import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyqa.parsing.characters import clean_text
from hyqa.parsing.plain.decoding import decode
from hyqa.types.errors import ParseError
from parsing.making import Read

SIMPLIFIED = "云岭市高新区对新引进的企业给予一次性奖励，最高三百万元。"
TRADITIONAL = "雲嶺市高新區對新引進的企業給予一次性獎勵，最高三百萬元。"
COMMON = st.text(st.sampled_from(SIMPLIFIED), min_size=8, max_size=40)


@pytest.mark.parametrize("length", [6, 12, len(SIMPLIFIED)])
def test_chinese_encodings_are_told_apart_by_a_few_characters(length: int) -> None:
    assert decode(SIMPLIFIED[:length].encode("gb18030")) == SIMPLIFIED[:length]
    assert decode(TRADITIONAL[:length].encode("big5")) == TRADITIONAL[:length]


@given(COMMON)
def test_a_text_in_gb18030_is_read_as_it_was_written(text: str) -> None:
    assert decode(text.encode("gb18030")) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", ["Land is free.\n", SIMPLIFIED + "\n甲 A1。\n"])
def test_wide_encodings_are_read_with_and_without_a_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_english_of_old_windows_keeps_its_quotes() -> None:
    text = "The city’s office takes “any” application – at £5 a page, at the café."
    assert decode(text.encode("cp1252")) == text


def test_a_broken_byte_does_not_lose_the_text() -> None:
    for encoding in ("utf-8", "gb18030"):
        data = (SIMPLIFIED * 20).encode(encoding)
        assert decode(data[:-1]).startswith(SIMPLIFIED * 19)


@pytest.mark.parametrize(
    "data",
    [b"\xff" * 9, b"GIF89a\x01\x00\x01\x00\x80\x00\x00", bytes(range(256)) * 4, b"\xff\xfea"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(ParseError):
        decode(data)


@given(st.binary(max_size=200))
def test_any_bytes_give_a_text_or_a_reason(data: bytes) -> None:
    try:
        assert isinstance(decode(data), str)
    except ParseError as error:
        assert str(error).startswith("it ")


@pytest.mark.parametrize(
    ("page", "codec"),
    [
        ('<meta charset="big5"><p>{}</p>', "big5"),
        ("<p>{}</p>", "big5"),
        ('<meta charset="gb2312"><p>{}</p>', "utf-8"),  # the server converted it and left this
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=x-nonsense"><p>{}</p>',
            "big5",
        ),
    ],
)
def test_pages_are_read_whatever_charset_they_name(read: Read, page: str, codec: str) -> None:
    assert read("a.html", page.format(TRADITIONAL).encode(codec)).text == TRADITIONAL


def test_width_stays_as_written_and_private_characters_as_they_look() -> None:
    assert clean_text("ＡＢＣ１２３，abc123,") == "ＡＢＣ１２３，abc123,"
    assert clean_text("\uf0b7 甲\n\uf0fe 同意 \uf0a8 不同意\ue123") == "• 甲\n☑ 同意 □ 不同意"
    assert clean_text(b"\xa6\xd9\xfe\x59\xa3\xa0".decode("gb18030")) == "︐龴\u3000"


def test_every_character_alone_is_cleaned_as_among_others() -> None:
    for code in range(0x110000):
        alone, among = clean_text(chr(code)), clean_text(f"\t{chr(code)}\t")
        assert among == f" {alone} " or chr(code) in "\r\n\t", hex(code)


@given(st.text(st.characters(exclude_categories=[]), max_size=60))
def test_clean_text_holds_no_controls_and_is_clean_already(raw: str) -> None:
    clean = clean_text(raw)
    assert clean_text(clean) == clean
    assert all(unicodedata.category(one) not in ("Cc", "Co", "Cs") or one == "\n" for one in clean)
