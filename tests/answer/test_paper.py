"""An answer as a PDF: what a reader finds on it, and that no text breaks it."""

import io
import logging
import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from sheets import letters, links_of, read_sheet

from hyqa.answer.highlights import highlights_of
from hyqa.answer.writing.paper import Place, Sheet, print_sheet
from hyqa.answer.writing.paper.characters import MISSING, signs
from hyqa.answer.writing.paper.lines import Cell, broken
from hyqa.answer.writing.paper.sheet import MOST_QUOTED, SHORT, ending, stretches
from hyqa.answer.writing.paper.words import ENGLISH, IN_TONGUES, SIMPLIFIED
from hyqa.types import Answer, Citation, Form, Language, Metadata, Quote, Status

DAY = date(2026, 3, 1)
META = Metadata(
    title="云岭市鼓励外商投资办法",
    publisher="云岭市人民政府",
    number="云政发〔2024〕3号",
    issued="2024-05-06",
    expires="2025-12-31",
    url="https://example.org/policies/外商(一).html",
)
TEXT = (
    "外商投资企业当年实际到资的，按到资额的2%给予奖励，最高不超过500万元。但房地产项目除外。\n"
    "| 年份 | 起始价 |\n| 2025 | 每亩18万元 |\n"
)
ENGLISH_TEXT = (
    "Ships longer than ninety metres need a pilot when they enter the harbour of Yunling. "
)


def quoted(text: str, **more: object) -> Quote:
    meta = replace(META, **more)  # type: ignore[arg-type]
    return Quote(text, Citation("a.md", meta), 7, 7 + len(text), highlights_of(text, 7))


def sheet(*quotes: Quote, tongue: str = "zh-Hans", **more: object) -> Sheet:
    question = str(more.pop("question", "到资奖励多少？"))
    status = Status.ANSWERED if quotes else Status.NOT_FOUND
    answer = Answer(question, question, status, Language.CHINESE, 0.9, quotes)
    return Sheet(answer, question, tongue, DAY, DAY, **more)  # type: ignore[arg-type]


def test_a_quote_stands_on_it_letter_for_letter_with_its_source() -> None:
    place = Place("https://invest.example.org/d/a.md?q=7-9#q", META.url)
    words = read_sheet(
        print_sheet(sheet(quoted(TEXT), place=lambda citation, quotes: place, lines=["只答其一"]))
    )
    assert letters(TEXT) in words
    source = "[1]《云岭市鼓励外商投资办法》（云政发〔2024〕3号），云岭市人民政府，2024年5月6日"
    assert source in words and "已于2025年12月31日到期" in words
    for told in ("到资奖励多少？", "答复日期：2026-03-01", "只答其一", SIMPLIFIED.official):
        assert told in words
    assert words.index("只答其一") < words.index(letters(TEXT)) < words.index(source)
    assert letters(SIMPLIFIED.notice.format(day="2026-03-01")) in words


def test_the_words_that_come_closest_stand_on_it_below_what_is_said_of_them() -> None:
    refused = sheet(lines=["没有找到", "最接近的原文"])
    refused = replace(refused, answer=replace(refused.answer, closest=(quoted(TEXT),)))
    words = read_sheet(print_sheet(refused))
    assert words.index("最接近的原文") < words.index(letters(TEXT)) < words.index("[1]《云岭市")


def test_a_digest_is_said_to_be_one_in_each_language() -> None:
    for tongue, told in IN_TONGUES.items():
        digest = print_sheet(sheet(quoted(TEXT, form=Form.DIGEST), tongue=tongue))
        assert letters(told.digest) in read_sheet(digest)
        assert letters(told.notice.format(day="2026-03-01")) in read_sheet(digest)
        assert letters(told.question) in read_sheet(digest)


@pytest.mark.parametrize(("text", "tongue"), [(TEXT * 60, "zh-hans"), (ENGLISH_TEXT * 60, "en")])
def test_a_long_quote_goes_on_over_pages(text: str, tongue: str) -> None:
    pdf = PdfReader(io.BytesIO(print_sheet(sheet(quoted(text), tongue=tongue))))
    assert len(pdf.pages) >= 2
    pages = [letters(page.extract_text()) for page in pdf.pages]
    assert all(page.endswith(str(number)) for number, page in enumerate(pages, 1))
    # At the foot of a page stands its number.
    unnumbered = "".join(page.removesuffix(str(number)) for number, page in enumerate(pages, 1))
    assert letters(text) in unnumbered


def test_links_lead_to_the_page_the_original_and_the_answer() -> None:
    long = "https://invest.example.org/d/a.md?" + "x" * SHORT
    pdf = print_sheet(
        sheet(
            quoted(TEXT),
            link="https://invest.example.org/?q=a",
            place=lambda c, q: Place(long, c.meta.url),
        )
    )
    assert links_of(pdf) == [
        long,
        "https://example.org/policies/%E5%A4%96%E5%95%86(%E4%B8%80).html",
        "https://invest.example.org/?q=a",
    ]
    assert "xxx" not in read_sheet(pdf) and "example.org/policies" in read_sheet(pdf)
    assert links_of(print_sheet(sheet(quoted(TEXT)))) == []


def test_what_is_near_stands_where_nothing_is_quoted() -> None:
    near = ("最接近的文件：", [Citation("a.md", META)])
    words = read_sheet(print_sheet(sheet(lines=["请问商务局。"], near=near, after=["换个问法。"])))
    assert words.index("请问商务局") < words.index("最接近的文件") < words.index(META.title)
    assert words.index(META.title) < words.index("换个问法")


HOSTILE = (
    "\u202e\u2066倒\u2069{nb}\x00\x07\x1b[31m（\\)<b>&amp; %PDF endobj 😀\U0001f468\u200d\U0001f469 العربية "
    "\ue000\ufffe\u0378\ufe0f\ud800 e" + "\u0301" * 50 + "\r\n\u2028a\tb\xa0c\u3000d\xad"
)


@pytest.mark.parametrize(
    "text",
    [
        HOSTILE,
        "长" * 2000,
        "x" * 2000,
        " " * 2000,
        "\n" * 300,
        "(" * 2000,
        "，" * 2000,
        "😀" * 500,
        "",
    ],
)
def test_no_text_breaks_it(text: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        pdf = print_sheet(
            sheet(quoted(text, title=text, publisher=text, number=text), question=text, lines=[text],
                  earlier=[text], after=[text])
        )  # fmt: skip
    words = read_sheet(pdf)
    assert letters(SIMPLIFIED.notice.format(day="2026-03-01")) in words
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in words)
    assert not [one for one in caplog.records if one.name.startswith("fontTools")]
    assert not [one for one in caplog.records if one.levelno >= logging.WARNING]


def test_what_the_font_lacks_is_marked_and_explained() -> None:
    told = letters(SIMPLIFIED.missing_sign.format(sign=MISSING))
    words = read_sheet(print_sheet(sheet(quoted("码头😀共有27个"))))
    assert f"码头{MISSING}共有27个" in words and told in words
    assert told not in read_sheet(print_sheet(sheet(quoted("码头\u200b共有27个"))))


def test_what_is_too_long_is_cut_openly() -> None:
    said = list(stretches(sheet(quoted("长" * MOST_QUOTED), quoted("尾"))))
    assert [len(one.text) for one in said if one.look == "quote"] == [MOST_QUOTED, 0]
    assert said[-1].text == SIMPLIFIED.cut
    whole = list(stretches(sheet(quoted("长" * MOST_QUOTED))))
    assert SIMPLIFIED.cut not in [one.text for one in whole]
    assert [one.look for one in ending(sheet(quoted("长")))] == ["notice"]


def test_amounts_and_conditions_are_marked_where_they_stand() -> None:
    (quote,) = (one for one in stretches(sheet(quoted(TEXT))) if one.look == "quote")
    marked = {(mark.kind, quote.text[mark.start : mark.end]) for mark in quote.marks}
    assert ("amount", "500万元") in marked
    assert any(kind == "condition" and "除外" in words for kind, words in marked)
    many = replace(quoted(TEXT), highlights=quoted(TEXT).highlights * 20)
    (quote,) = (one for one in stretches(sheet(many)) if one.look == "quote")
    assert {mark.kind for mark in quote.marks} == {"condition"}


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert print_sheet(sheet(quoted(TEXT))) == print_sheet(sheet(quoted(TEXT)))


@given(st.text(alphabet="ab ，（）1长\n-", max_size=200), st.integers(1, 30))
def test_lines_lose_nothing_and_fit(text: str, width: int) -> None:
    lines = list(broken(map(Cell, text), width, lambda sign: 2 if sign > "\u3000" else 1))
    assert "".join(cell.sign for line in lines for cell in line) == text.replace("\n", "")
    for line in lines:
        seen = "".join(cell.sign for cell in line).rstrip(" ")
        assert sum(2 if sign > "\u3000" else 1 for sign in seen) <= max(width, 2)


def test_lines_break_where_people_break_them() -> None:
    def lines(text: str, width: int) -> list[str]:
        found = broken(map(Cell, text), width, lambda sign: 1)
        return ["".join(cell.sign for cell in line) for line in found]

    assert lines("need a pilot now", 10) == ["need a ", "pilot now"]
    assert lines("每亩十八万元，但房产除外。", 6) == ["每亩十八万", "元，但房产除", "外。"]
    assert lines("奖励（不含税）", 3) == ["奖励", "（不含", "税）"]


@given(st.text(max_size=50))
def test_each_character_has_one_sign(text: str) -> None:
    found = signs(text, {ord(char) for char in "abc 中"})
    assert len(found) == len(text)
    assert set("".join(found)) <= set("abc 中\n" + MISSING)


def test_english_labels_stand_around_english_quotes() -> None:
    words = read_sheet(
        print_sheet(sheet(quoted(ENGLISH_TEXT, language=Language.ENGLISH), tongue="en"))
    )
    assert letters(ENGLISH_TEXT) in words and "Answeredon2026-03-01" in words
    assert letters(ENGLISH.official) in words
