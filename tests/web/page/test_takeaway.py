"""An answer as a PDF, from the page: what its link shows, to whom, and how often."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from sheets import letters, links_of, read_sheet

from page.conftest import Arrive
from page.corpus import ENGLISH, NONSENSE, QUESTION, VAGUE
from page.serving import Running, Visitor, serve
from storage.database import Database
from storage.schema import Switch
from web.guards.rates import SHEETS_OF_ADDRESS, Rates
from web.languages import Tongue
from web.texts import TEXTS

ZH = TEXTS[Tongue.SIMPLIFIED]
URL = "https://invest.example.org"


@pytest.fixture(scope="module")
def public(web_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A page of its own, which knows its address: its tests ask much and switch subjects off."""
    state = tmp_path_factory.mktemp("takeaway_state")
    with serve(web_index, state, HYQA_WEB_URL=URL, HYQA_WEB_PROXIES="127.0.0.1") as running:
        yield running


def read(answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "application/pdf"
    return read_sheet(answer.content)


def links(answer: httpx.Response) -> list[str]:
    return links_of(answer.content)


def test_the_link_below_an_answer_gives_what_stands_there(visitor: Visitor) -> None:
    page = visitor.ask(QUESTION)
    answer = visitor.client.get(page.one("//a[@class='sheet']").get("href"))
    words = read(answer)
    assert page.quotes and all(letters(one) in words for one in page.quotes)
    for cite in page.texts("//p[@class='cite']"):
        assert letters(cite.partition(" ")[2]) in words
    assert letters(QUESTION) in words
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="hengyang-')
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer.headers["Cache-Control"]
    # Its address is not known, so only originals are linked.
    assert all(one.startswith("https://example.org/") for one in links(answer))


def test_a_page_that_knows_its_address_leads_back_to_it(public: Running, arrive: Arrive) -> None:
    visitor = arrive(public.url, Host="invest.example.org")
    answer = visitor.client.get(f"/answer.pdf?{urlencode({'q': QUESTION, 'lang': 'zh-Hant'})}")
    assert "答覆日期" in read(answer)
    found = links(answer)
    assert found[-1] == f"{URL}/?{urlencode({'q': QUESTION, 'lang': 'zh-Hant'})}"
    (place, *_) = (one for one in found if one.startswith(f"{URL}/d/"))
    shown = visitor.get(place.removeprefix(URL).partition("#")[0])
    assert all(letters(one) in read(answer) for one in shown.texts("//mark"))


def test_a_follow_up_is_answered_in_its_conversation(visitor: Visitor) -> None:
    visitor.ask(QUESTION)
    page = visitor.ask("硕士呢？")
    words = read(visitor.client.get(page.one("//a[@class='sheet']").get("href")))
    assert letters(QUESTION) in words and "硕士呢？" in words
    assert page.quotes and all(letters(one) in words for one in page.quotes)


def test_an_english_answer_and_a_day_that_was_asked_for(arrive: Arrive) -> None:
    visitor = arrive(language="en")
    fields = {"q": ENGLISH, "as_of": "2026-03-01"}
    page = visitor.get(f"/?{urlencode(fields)}")
    words = read(visitor.client.get(f"/answer.pdf?{urlencode(fields)}"))
    assert page.quotes and all(letters(one) in words for one in page.quotes)
    assert letters(TEXTS[Tongue.ENGLISH].as_of_shown.format(day="2026-03-01")) in words


def test_what_is_not_found_is_said_with_what_is_near(visitor: Visitor) -> None:
    page = visitor.ask(NONSENSE)
    words = read(visitor.client.get(page.one("//a[@class='sheet']").get("href")))
    for line in page.texts("//p[contains(@class, 'line')] | //ul[@class='near']/li"):
        assert letters(line) in words


def test_a_question_back_has_no_sheet_of_its_own(visitor: Visitor) -> None:
    page = visitor.ask(VAGUE)
    picks = [one.get("value") for one in page.all("//button[@name='pick']")]
    if page.texts("//p[@class='line']") == [ZH.clarify]:
        assert not page.all("//a[@class='sheet']")
        words = read(visitor.client.get(f"/answer.pdf?{urlencode({'q': VAGUE})}"))
        assert all(letters(one) in words for one in picks)


def test_what_has_no_answer_leads_to_the_page(visitor: Visitor) -> None:
    assert visitor.client.get("/answer.pdf").status_code == 404
    for fields in ({"q": "长" * 501}, {"q": "？？"}, {"q": QUESTION, "as_of": "x"}, {"q": "你好"}):
        answer = visitor.client.get(f"/answer.pdf?{urlencode(fields)}")
        assert answer.status_code == 303, fields
        assert answer.headers["Location"].startswith("/?q=")
    assert visitor.client.post(f"/answer.pdf?{urlencode({'q': QUESTION})}").status_code in (
        403,
        405,
    )


@pytest.mark.parametrize(
    "question",
    [
        "\u202e博士\u2066补贴\x00\x07多少",
        "博士补贴😀{nb}(\\)",
        "博" + "x" * 499,
        "<script>博士</script>",
    ],
)
def test_no_question_breaks_it(visitor: Visitor, site: Running, question: str) -> None:
    before = len(site.lines)
    words = read(visitor.client.get(f"/answer.pdf?{urlencode({'q': question})}"))
    assert "博" in words and "\u202e" not in words
    assert "博" not in "".join(site.lines[before:])


def test_it_counts_as_a_question(arrive: Arrive) -> None:
    visitor = arrive()
    visitor.ask(QUESTION)  # by now the browser has a cookie
    link = f"/?{urlencode({'q': QUESTION})}"
    codes = [visitor.client.get(link).status_code for _ in range(200)]
    refused = visitor.client.get(f"/answer.pdf?{urlencode({'q': QUESTION})}")
    assert codes[0] == 200 and codes[-1] == 429
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) >= 1
    assert refused.headers["X-Robots-Tag"] == "noindex"


def test_one_address_takes_only_so_many() -> None:
    now = [0.0]
    rates = Rates(lambda: now[0])
    most = int(SHEETS_OF_ADDRESS.burst)
    waits = [rates.sheet("203.0.113.9", f"visitor {number}") for number in range(most + 1)]
    assert not any(waits[:most]) and waits[most] == 2
    assert rates.sheet("203.0.113.10", "") == 0 == rates.question("203.0.113.9", "")
    now[0] += 2
    assert rates.sheet("203.0.113.9", "") == 0


def test_a_subject_that_is_switched_off_has_none(public: Running, arrive: Arrive) -> None:
    database = Database(f"sqlite:///{public.state}/bot.sqlite")
    with database.session() as session:
        session.add(Switch(subject="incentives", text="", at=0.0))
    visitor = arrive(public.url, Host="invest.example.org")
    question = "外商投资企业实际到资奖励最高多少？"
    assert visitor.client.get(f"/answer.pdf?{urlencode({'q': question})}").status_code == 303
    with database.session() as session:
        held = session.get(Switch, "incentives")
        session.delete(held)
    assert "五百万元" in read(visitor.client.get(f"/answer.pdf?{urlencode({'q': question})}"))
    database.close()
