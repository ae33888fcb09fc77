"""The source page: the quoted words are marked exactly where they stand."""

import random
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from benchmarks.source_page import Link, landed, of_corpus
from hyqa import Document
from page.conftest import Arrive
from page.corpus import QUESTION
from page.serving import Visitor
from web.library import Shelf
from web.rendering.links import document_url
from web.rendering.source import read_spans


def held(shelf: Shelf, id_: str) -> Document:
    found = shelf.document(id_)
    assert found
    return found


def place(document: Document, words: str) -> tuple[int, int]:
    start = document.text.index(words)
    return start, start + len(words)


def test_each_quote_of_an_answer_lands_on_its_mark(visitor: Visitor, shelf: Shelf) -> None:
    answer = visitor.ask(QUESTION)
    quotes = answer.quotes
    links = [one.get("href") for one in answer.all("//ul[@class='acts']/li[1]/a")]
    assert len(links) == len(quotes) >= 2
    for quote, link in zip(quotes, links, strict=True):
        page = visitor.get(link)
        assert urlsplit(link).fragment == "q"
        assert "".join(page.texts("//mark")) == quote
        assert not page.all("//*[@class='warning']")


def test_any_passage_lands_on_its_mark(visitor: Visitor, shelf: Shelf) -> None:
    links = of_corpus(shelf, random.Random(7))
    for link in (next(links) for _ in range(250)):
        document = held(shelf, link.id)
        page = visitor.get(document_url(link.id, link.spans))
        assert landed(page.source, document, link.spans) == "", link


def test_several_places_are_marked_and_the_first_is_led_to(visitor: Visitor, shelf: Shelf) -> None:
    document = held(shelf, "parks/snail-isle.md")
    spans = (place(document, "86家"), place(document, "12.5平方公里"))
    page = visitor.get(document_url(document.id, spans))
    assert page.texts("//mark") == ["12.5平方公里", "86家"]
    assert landed(page.source, document, spans) == ""


def test_a_quote_over_two_pages_is_marked_whole(visitor: Visitor, shelf: Shelf) -> None:
    document = held(shelf, "business-environment/harbour.pdf")
    words = "before they pass the lighthouse on the northern mole."
    page = visitor.get(document_url(document.id, [place(document, words)]))
    assert "".join(page.texts("//mark")) == words
    assert [one.get("id") for one in page.all("//span[@class='page']")] == ["page-1", "page-2"]


@pytest.mark.parametrize("id_", ["statistics/land.md", "statistics/plots.xlsx"])
def test_rows_of_a_table_are_cells_and_marked_in_each(
    visitor: Visitor, shelf: Shelf, id_: str
) -> None:
    document = held(shelf, id_)
    row = next(
        line for line in document.text.split("\n") if line.count(" | ") == 2 and "亩" in line
    )
    page = visitor.get(document_url(document.id, [place(document, row)]))
    assert page.texts("//td/mark") == row.split(" | ")
    assert landed(page.source, document, [place(document, row)]) == ""


def test_the_head_of_a_table_is_its_head(visitor: Visitor) -> None:
    page = visitor.get("/d/statistics/plots.xlsx")
    assert page.texts("//th[@scope='col']") == ["地块", "面积", "用途"]


def test_what_limits_a_quote_is_underlined_beside_it(visitor: Visitor, shelf: Shelf) -> None:
    document = held(shelf, "incentives/foreign.md")
    words = "按到资额的百分之二给予奖励，最高不超过五百万元。"
    page = visitor.get(document_url(document.id, [place(document, words)]))
    assert page.texts("//mark") == [words]
    assert "但房地产项目除外。" in page.texts("//p/u")
    assert any("不超过" in one for one in page.texts("//mark//u"))


@pytest.mark.parametrize(
    "asked",
    ["0-0", "5-4", "-1-4", "0-99999999", "a-b", "1", "", "1-2,", "1-2,9-8", "0-1" + ",0-1" * 20,
     "٣-٤", "1-2-3", "00000000001-2", "1e1-20"],
)  # fmt: skip
def test_a_place_that_is_none_marks_nothing_and_says_so(
    visitor: Visitor, shelf: Shelf, asked: str
) -> None:
    assert read_spans(asked, len(held(shelf, "railway.md").text)) == ()
    page = visitor.get(f"/d/railway.md?q={asked}")
    assert page.status == 200 and not page.all("//mark")
    assert bool(page.all("//*[@class='warning']")) == bool(asked)
    assert "集装箱线4条" in page.text


def test_a_document_that_has_changed_since_is_told_of(visitor: Visitor, shelf: Shelf) -> None:
    document = held(shelf, "railway.md")
    page = visitor.get(document_url(document.id, [(0, 5)], "0" * 64))
    assert "有改动" in page.texts("//*[@class='warning']")[0]


def test_what_a_document_says_of_itself_leads_to_the_words(visitor: Visitor, shelf: Shelf) -> None:
    page = visitor.get("/d/incentives/notice.txt")
    facts = {one.xpath("dt")[0].text_content(): one for one in page.all("//dl/div")}
    number = facts["文号"].xpath("dd")[0].text_content()
    assert "云政办发〔2025〕8号" in number and "依据原文" in number
    link = facts["文号"].xpath(".//a/@href")[0]
    assert visitor.get(link).texts("//mark") == ["云政办发〔2025〕8号"]
    sha256 = facts["文件 SHA-256"].xpath("dd")[0].text_content()
    assert sha256 == held(shelf, "incentives/notice.txt").sha256


def test_what_ended_a_document_is_named_and_linked(visitor: Visitor, shelf: Shelf) -> None:
    page = visitor.get("/d/incentives/old-talent.md")
    assert page.texts("//span[contains(@class,'repealed')]") == ["已废止（2025年8月1日）"]
    facts = {one.xpath("dt")[0].text_content(): one.xpath("dd")[0] for one in page.all("//dl/div")}
    assert " ".join(facts["废止日期"].text_content().split()) == "2025年8月1日"
    (link,) = facts["被取代于"].xpath("./a/@href")
    assert link == "/d/incentives/notice.txt"
    assert "若干措施" in facts["被取代于"].text_content()
    assert facts["当前效力"].text_content() == "已废止（2025年8月1日）"


def test_headings_are_anchors_of_the_contents(visitor: Visitor) -> None:
    page = visitor.get("/d/parks/snail-isle.md")
    links = [one.get("href")[1:] for one in page.all("//details[@class='contents']//a")]
    assert len(links) == 2
    assert [one.get("id") for one in page.all("//div[@class='text']//h2")] == links


def test_the_original_is_linked_at_the_words(visitor: Visitor, shelf: Shelf) -> None:
    document = held(shelf, "incentives/foreign.md")
    words = document.text[:80]
    page = visitor.get(document_url(document.id, [(0, 80)]))
    (link,) = [one.get("href") for one in page.all("//a[contains(@rel,'external')]")]
    address, _, fragment = link.partition("#:~:text=")
    assert address == document.meta.url
    first, last = (next(iter(parse_qs(f"x={part}")["x"])) for part in fragment.split(","))
    assert words.startswith(first) and words.endswith(last)
    short = visitor.get(document_url(document.id, [place(document, "二十个工作日内办结")]))
    (link,) = [one.get("href") for one in short.all("//a[contains(@rel,'external')]")]
    assert unquote(link).endswith("#:~:text=二十个工作日内办结")


def test_there_is_no_other_document(arrive: Arrive) -> None:
    for id_ in (
        "",
        "nothing.md",
        "../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "%00",
        "railway.md/",
    ):
        page = arrive().get(f"/d/{id_}")
        assert page.status == 404, id_
        assert "集装箱" not in page.text and "root:" not in page.text


def test_a_wrong_mark_would_be_found(visitor: Visitor, shelf: Shelf) -> None:
    document = held(shelf, "parks/snail-isle.md")
    link = Link(document.id, (place(document, "86家"),))
    page = visitor.get(document_url(link.id, link.spans)).source
    (start, end), *_ = link.spans
    assert landed(page, document, [(start, end + 1)]) == "other words are marked"
    repeated = document.text.index("园区"), document.text.rindex("园区")
    moved = visitor.get(document_url(link.id, [(repeated[0], repeated[0] + 2)])).source
    if repeated[0] != repeated[1]:
        assert landed(moved, document, [(repeated[1], repeated[1] + 2)]) != ""
