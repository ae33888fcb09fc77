"""Answers become messages that say where each quote stands, and what was not found."""

from dataclasses import replace

import pytest

from bot.languages import Tongue
from bot.rendering.answers import offered, render
from bot.rendering.quoting import EXPANDABLE_FROM
from bot.rendering.sources import SOURCE_LIMIT
from bot.texts import TEXTS
from hyqa import (
    Citation,
    Form,
    Metadata,
    Quote,
    Statement,
    Status,
)
from hyqa.types import Label
from rendering.answers import CITATION, META, answered, not_found, quote, seen

ZH = TEXTS[Tongue.SIMPLIFIED]


def test_a_quote_stands_above_its_numbered_source() -> None:
    other = replace(CITATION, heading_path=("住房",))
    [message] = seen(answered(quote("博士每人 10 万元。"), quote("硕士 <3 万元> & 住房。", other)))
    assert message.text == (
        "博士每人 10 万元。\n[1] 《人才政策》，2025年7月；补贴\n\n"
        "硕士 <3 万元> & 住房。\n[2] 《人才政策》，2025年7月；住房"
    )
    assert message.quotes == ["博士每人 10 万元。", "硕士 <3 万元> & 住房。"]
    assert message.stretches("text_link") == ["人才政策", "人才政策"]
    assert message.links == [META.url, META.url]


def test_labels_are_in_the_language_of_the_answer() -> None:
    [message] = seen(answered(quote("x")), Tongue.ENGLISH)
    assert message.text == "x\n[1] “人才政策”, July 2025; 补贴"


def test_a_long_quote_is_folded() -> None:
    [short] = seen(answered(quote("字" * EXPANDABLE_FROM)))
    [long] = seen(answered(quote("字" * (EXPANDABLE_FROM + 1))))
    assert short.entities[0].kind == "blockquote"
    assert long.entities[0].kind == "expandable_blockquote"


def test_a_digest_is_never_shown_as_the_official_text() -> None:
    meta = replace(META, form=Form.DIGEST, source_title="关于人才的通知", publisher="市政府")
    [message] = seen(answered(quote("x", Citation("d", meta))))
    assert message.text.startswith(
        "整理稿摘录，非官方原文：\nx\n[1] 整理自 市政府《关于人才的通知》"
    )
    assert message.stretches("text_link") == ["关于人才的通知"]
    [english] = seen(answered(quote("x", Citation("d", meta))), Tongue.ENGLISH)
    assert english.text.startswith("From a digest, not the official text:\nx\n[1] Digest of 市政府")


def test_an_expired_document_is_said_to_be() -> None:
    meta = replace(META, expires="2025-10-01")
    [message] = seen(answered(quote("x", Citation("d", meta))))
    assert "已于2025年10月1日到期" in message.text


@pytest.mark.parametrize("url", ["", "ftp://a.org", "javascript:alert(1)", "//a.org", "http://["])
def test_only_web_addresses_are_linked(url: str) -> None:
    [message] = seen(answered(quote("x", Citation("d", replace(META, url=url)))))
    assert message.links == []
    assert "《人才政策》" in message.text


def test_a_source_line_too_long_to_link_is_shortened() -> None:
    long = replace(META, url="https://example.org/" + "a" * SOURCE_LIMIT)
    [message] = seen(answered(quote("x", Citation("d", long))))
    assert (message.links, message.text) == ([], "x\n[1] 《人才政策》，2025年7月")
    [message] = seen(answered(quote("x", Citation("d", replace(META, title="&" * 9999)))))
    assert message.text.endswith("&&…")


@pytest.mark.parametrize("tongue", Tongue)
def test_nothing_found_names_what_is_near_and_how_to_ask(tongue: Tongue) -> None:
    near = [replace(CITATION, meta=replace(META, title=f"文件{n}")) for n in range(5)]
    [message] = seen(not_found(*near), tongue)
    texts = TEXTS[tongue]
    assert message.text.startswith(f"{texts.not_found}\n\n{texts.nearest}\n• ")
    assert message.stretches("text_link") == ["文件0", "文件1", "文件2"]
    assert message.text.endswith(f"\n\n{texts.ask_better}")
    assert message.quotes == []


def test_nothing_found_tells_what_the_nearest_do_not_mention() -> None:
    [message] = seen(replace(not_found(CITATION), missing=("长沙", "<电话>")))
    assert "其中没有提到：长沙、<电话>\n" in message.text


def test_nothing_found_and_nothing_near() -> None:
    [message] = seen(not_found())
    assert TEXTS[Tongue.SIMPLIFIED].nearest not in message.text


def test_quotes_of_one_section_stand_above_one_source() -> None:
    first, second = quote("博士10万元。"), Quote("须全职。", CITATION, 40, 44)
    [message] = seen(answered(first, second))
    assert message.quotes == ["博士10万元。", "须全职。"]
    assert message.text == "博士10万元。\n…\n须全职。\n[1] 《人才政策》，2025年7月；补贴"


def test_quotes_of_one_section_that_fill_messages_each_have_their_source() -> None:
    messages = seen(answered(quote("甲" * 3000), quote("乙" * 3000)))
    assert [message.text.count("[1] ") for message in messages] == [1, 1]


def test_english_names_stand_below_a_chinese_quote() -> None:
    text = "松木经开区的<园区>"
    names = (Label(50, 55, "Songmu Economic Development Zone"), Label(57, 59, "park & zone"))
    one = Quote(text, CITATION, 50, 50 + len(text), labels=names)
    [message] = seen(answered(one), Tongue.ENGLISH)
    assert message.text.splitlines()[:2] == [
        text,
        "松木经开区 = Songmu Economic Development Zone; 园区 = park & zone",
    ]
    assert message.quotes == [text]


@pytest.mark.parametrize("tongue", Tongue)
def test_a_part_that_is_left_open_is_told_first(tongue: Tongue) -> None:
    answer = replace(answered(quote("甲")), missing=("<长沙>", "电话"))
    message, *others = seen(replace(answer, status=Status.PARTIAL), tongue)
    assert others == []
    assert message.text.startswith(f"{TEXTS[tongue].partial}<长沙>")
    assert message.quotes == seen(answered(quote("甲")), tongue)[0].quotes


@pytest.mark.parametrize("tongue", Tongue)
def test_a_summary_stands_above_the_quotes(tongue: Tongue) -> None:
    summary = (Statement("甲<乙>", (1,)), Statement("丙", (1, 2, 3)))
    quotes = quote("甲"), quote("乙"), quote("丁", replace(CITATION, heading_path=("住房",)))
    message, *_ = seen(replace(answered(*quotes), summary=summary), tongue)
    assert message.text.startswith("甲<乙>[1] 丙[1][2]\n")  # by sources, two quotes have one


@pytest.mark.parametrize("tongue", Tongue)
def test_documents_that_differ_are_told_to(tongue: Tongue) -> None:
    message, *_ = seen(replace(answered(quote("甲"), quote("乙")), differs=True), tongue)
    assert message.text.startswith(TEXTS[tongue].differs)


@pytest.mark.parametrize("tongue", Tongue)
def test_a_question_asked_back_lists_the_choices_that_a_button_would_cut(tongue: Tongue) -> None:
    answer = replace(not_found(), status=Status.CLARIFY, nearest=(), choices=("甲？", "<乙>？"))
    [short] = seen(answer, tongue)
    assert short.text == TEXTS[tongue].clarify
    [long] = seen(replace(answer, choices=("甲？", "<乙>" * 99)), tongue)
    assert long.text == f"{TEXTS[tongue].clarify}\n1. 甲？\n2. {'<乙>' * 99}"


@pytest.mark.parametrize("tongue", Tongue)
def test_a_question_about_other_things_is_told_as_such(tongue: Tongue) -> None:
    [message] = seen(replace(not_found(), status=Status.OUT_OF_SCOPE), tongue)
    assert message.text.startswith(TEXTS[tongue].out_of_scope)


@pytest.mark.parametrize("tongue", Tongue)
def test_a_pointer_is_said_in_place_of_nothing_found_and_of_how_to_ask(tongue: Tongue) -> None:
    pointed = replace(not_found(CITATION), pointer="<电价>由甲公布。")
    [message] = seen(pointed, tongue)
    assert message.text.startswith(f"<电价>由甲公布。\n\n{TEXTS[tongue].nearby}\n• ")
    assert message.stretches("text_link") == ["人才政策"]
    for text in (TEXTS[tongue].not_found, TEXTS[tongue].nearest, TEXTS[tongue].ask_better):
        assert text not in message.text
    [alone] = seen(replace(pointed, nearest=()), tongue)
    assert alone.text == "<电价>由甲公布。"


@pytest.mark.parametrize("tongue", Tongue)
def test_words_that_come_closest_are_quoted_below_the_refusal(tongue: Tongue) -> None:
    texts, closest = TEXTS[tongue], quote("甲<乙>")
    [message] = seen(replace(not_found(closest.citation), closest=(closest,)), tongue)
    assert message.text.startswith(f"{texts.not_found}\n\n{texts.closest}\n\n")
    assert message.stretches("blockquote") == ["甲<乙>"]
    assert texts.nearest not in message.text  # its only document is that of the words
    assert message.text.endswith(texts.ask_better)


@pytest.mark.parametrize("tongue", Tongue)
def test_long_words_that_come_closest_are_shown_whole(tongue: Tongue) -> None:
    long = quote("甲" * 5000)
    messages = seen(replace(not_found(), pointer="乙" * 5000, closest=(long,)), tongue)
    assert sum(message.text.count("甲") for message in messages) == 5000


@pytest.mark.parametrize("tongue", Tongue)
def test_related_questions_are_listed_only_where_a_button_would_cut_them(tongue: Tongue) -> None:
    for answer in (answered(quote("甲")), not_found(CITATION)):
        [plain] = seen(answer, tongue)
        [short] = seen(replace(answer, related=("甲？", "乙？")), tongue)
        assert short.text == plain.text
        [long] = seen(replace(answer, related=("甲？", "<乙>" * 14)), tongue)
        listed = f"{TEXTS[tongue].also_ask}\n1. 甲？\n2. {'<乙>' * 14}"
        assert long.text == f"{plain.text}\n\n{listed}"


def test_the_more_sources_there_are_the_fewer_related_questions_are_offered() -> None:
    places = [quote("甲", replace(CITATION, heading_path=(name,))) for name in "一二三四"]
    related = ("甲？", "乙？", "丙？")
    counts = [len(offered(replace(answered(*places[:n]), related=related))) for n in range(5)]
    assert counts == [2, 2, 1, 0, 0]
    asked_back = replace(not_found(), choices=("丁？", "戊？"), related=related)
    assert offered(asked_back) == ()


def test_what_kind_of_text_is_quoted_is_said_once_until_it_changes() -> None:
    digest = Citation("a", Metadata("摘要", form=Form.DIGEST))
    other, official = replace(digest, document_id="b"), Citation("c", Metadata("办法"))
    quotes = [quote("甲。", digest), quote("乙。", other), quote("丙。", official)]
    [message] = seen(answered(*quotes))
    assert message.text.count(ZH.digest) == 1
    assert message.text.index(ZH.digest) < message.text.index("甲。")
    official_from = message.text.index("\n" + ZH.verbatim)
    assert message.text.index("乙。") < official_from < message.text.index("丙。")
    [alone] = seen(answered(quote("丙。", official)))
    assert ZH.verbatim not in alone.text


def test_each_message_says_anew_that_it_quotes_a_digest() -> None:
    digest = Citation("a", Metadata("摘要", form=Form.DIGEST))
    quotes = [quote("字" * 3000, replace(digest, document_id=name)) for name in "abc"]
    messages = seen(answered(*quotes))
    assert len(messages) == 3
    assert [message.text.count(ZH.digest) for message in messages] == [1, 1, 1]


def test_quotes_beyond_a_screenful_are_folded() -> None:
    quotes = [quote("字" * 190, replace(CITATION, document_id=name)) for name in "abcd"]
    [html] = render(answered(*quotes), Tongue.SIMPLIFIED)
    assert html.count("<blockquote>") == 2
    assert html.count("<blockquote expandable>") == 2
