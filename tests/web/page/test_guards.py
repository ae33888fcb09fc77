"""Whom the page answers, how much it takes, and what it never shows."""

import asyncio
import contextlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import httpx
import pytest
from lxml import html

from page.conftest import Arrive
from page.corpus import QUESTION
from page.serving import Running, Visitor, serve
from web.guards.rates import REMEMBERED, Counter, Rate, Rates, block_of
from web.guards.sizes import MOST_BODY

PAGES = ["/", "/documents", "/d/railway.md", "/nowhere", "/health", "/new.xml", "/static/style.css"]


@pytest.fixture(scope="module")
def public(web_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A page as it stands behind a reverse proxy on this machine."""
    state = tmp_path_factory.mktemp("public_state")
    settings = {"HYQA_WEB_URL": "https://invest.example.org", "HYQA_WEB_PROXIES": "127.0.0.1"}
    with serve(web_index, state, **settings) as running:
        yield running


@pytest.mark.parametrize("path", PAGES)
def test_every_response_says_what_a_browser_may_do(visitor: Visitor, path: str) -> None:
    headers = visitor.client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy and "*" not in policy and "http" not in policy
    assert "frame-ancestors 'none'" in policy and "base-uri 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Server" not in headers


@pytest.mark.parametrize("path", ["/", "/documents", "/d/railway.md?q=0-3", "/help", "/privacy"])
def test_no_page_has_a_script_or_a_style_of_its_own(visitor: Visitor, path: str) -> None:
    page = visitor.get(path)
    assert not page.all("//*[@style] | //style | //script[not(@src)]")
    assert not page.all("//@*[starts-with(name(), 'on')]")


def test_other_names_are_refused(site: Running) -> None:
    for host in ("evil.example", "localhost.evil.example", "", "127.0.0.1@evil.example"):
        answer = httpx.get(site.url, headers={"Host": host})
        assert answer.status_code in (400, 421), host
        assert "evil" not in answer.text
    port = site.url.rsplit(":", 1)[1]
    with socket.create_connection(("127.0.0.1", int(port))) as two:
        two.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n")
        assert two.recv(100).startswith((b"HTTP/1.1 400", b"HTTP/1.1 421"))


def test_the_cookie_is_the_sessions_and_nothing_else(visitor: Visitor) -> None:
    cookie = visitor.client.get("/").headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie
    assert "Secure" not in cookie and "Max-Age" not in cookie and "expires" not in cookie
    assert "Set-Cookie" not in visitor.client.get("/").headers
    assert "Set-Cookie" not in visitor.client.get("/d/railway.md", headers={"Cookie": ""}).headers


def test_behind_https_the_cookie_goes_no_other_way(public: Running) -> None:
    answer = httpx.get(public.url, headers={"Host": "invest.example.org"})
    assert answer.headers["Set-Cookie"].startswith("__Host-hyqa=")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "Strict-Transport-Security" in answer.headers


def test_a_forged_form_changes_nothing(visitor: Visitor, arrive: Arrive) -> None:
    page = visitor.ask(QUESTION)
    question = dict(page.fields("@class='rate'"))["question"]
    other = arrive()
    other.get("/")
    for path, fields in (
        ("/feedback", [("question", question), ("helpful", "1")]),
        ("/forget", []),
    ):
        for token in ("", "0" * 32, "ü"):
            refused = visitor.post(path, [*fields, ("token", token)])
            assert refused.status == 403 and "表单已失效" in refused.text
    theirs = dict(other.page.fields("@id='ask'"))["token"] if other.page else ""
    assert visitor.post("/forget", [("token", theirs)]).status == 403
    assert (
        other.post(
            "/feedback", [("question", question), ("helpful", "0"), ("token", theirs)]
        ).status
        == 404
    )


def test_without_cookies_a_question_is_answered_and_not_kept(arrive: Arrive) -> None:
    visitor = arrive()
    visitor.get("/")
    visitor.client.cookies.clear()
    page = visitor.ask(QUESTION)
    assert page.quotes and not page.all("//form[@class='rate']")


def test_what_is_too_large_is_refused(visitor: Visitor) -> None:
    assert visitor.post("/", [("q", "x" * MOST_BODY)]).status == 413
    assert visitor.get("/?q=" + "x" * 9000).status == 414

    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b"q=" + b"x" * 1000

    assert visitor.client.post("/", content=endless()).status_code == 413
    with contextlib.suppress(httpx.ReadError, httpx.WriteError):  # closed while it was sent
        assert visitor.client.get("/", headers={"X": "y" * 200_000}).status_code == 400


def test_a_client_that_is_slow_to_ask_is_left(site: Running) -> None:
    port = int(site.url.rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port)) as slow:
        slow.settimeout(0.5)
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                slow.sendall(b"GET / HTTP/1.1\r\n" if time.monotonic() > end - 0.1 else b"G")
                if slow.recv(1) == b"":
                    return
            except TimeoutError:
                continue
            except OSError:
                return  # reset
    pytest.fail("the connection stayed open")


def test_methods_that_a_page_does_not_have_are_refused(visitor: Visitor) -> None:
    assert visitor.client.post("/documents").status_code == 405
    assert visitor.client.delete("/").status_code == 405
    assert visitor.client.get("/forget").status_code == 405


def test_who_asks_too_much_is_told_how_long_to_wait(arrive: Arrive) -> None:
    eager = arrive()
    eager.get("/")
    answers = [eager.ask(f"稻谷种植第{number}次补贴多少？") for number in range(22)]
    assert {one.status for one in answers} == {200, 429}
    refused = eager.page
    assert refused and refused.status == 429
    assert int(refused.response.headers["Retry-After"]) > 0
    assert f"{refused.response.headers['Retry-After']} 秒" in refused.text
    assert refused.one("//input[@id='q']").get("value").startswith("稻谷种植")  # nothing is lost
    assert arrive().ask(QUESTION).status == 200


async def test_three_hundred_people_behind_one_address_are_served(
    web_index: Path, tmp_path: Path
) -> None:
    with serve(web_index, tmp_path) as running:
        # Cookies are said by hand, as each person has his own; httpx takes far longer for so many.
        some, none = aiohttp.TCPConnector(limit=60), aiohttp.DummyCookieJar()
        async with aiohttp.ClientSession(running.url, connector=some, cookie_jar=none) as client:

            async def come(number: int) -> list[int]:
                cookie = {"Cookie": f"hyqa={number:032x}"}
                statuses = []

                async def read(answer: aiohttp.ClientResponse) -> str:
                    statuses.append(answer.status)
                    return await answer.text()

                async with client.get("/", headers=cookie) as page:
                    tree = html.fromstring(await read(page))
                for part in (
                    *tree.xpath("//link[@rel='stylesheet']/@href"), *tree.xpath("//script/@src"),
                ):  # fmt: skip
                    async with client.get(part) as fetched:
                        await read(fetched)
                body = {"q": QUESTION, "token": tree.xpath("//input[@name='token']/@value")[0]}
                async with client.post("/", data=body, headers=cookie) as answer:
                    told = await read(answer)
                assert "5000元" in told and 'class="rate"' in told
                return statuses

            all_ = await asyncio.gather(*(come(number) for number in range(300)))
        assert {status for statuses in all_ for status in statuses} == {200}
        assert all(len(statuses) >= 4 for statuses in all_)


def test_a_proxys_word_is_taken_where_it_is_named_and_nobody_elses(
    visitor: Visitor, web_index: Path, tmp_path: Path
) -> None:
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.1"}
    assert "<link>http://127" in visitor.client.get("/new.xml", headers=told).text
    with serve(web_index, tmp_path, HYQA_WEB_PROXIES="127.0.0.1") as running:
        assert "<link>https://127" in httpx.get(f"{running.url}/new.xml", headers=told).text


def test_a_bucket_fills_again_and_forgets_nobody_too_soon() -> None:
    now = [0.0]
    counter = Counter(Rate(2, 0.5), lambda: now[0])
    assert [counter.take("a") for _ in range(3)] == [0, 0, 2]
    assert counter.take("b") == 0
    now[0] = 2.0
    assert [counter.take("a") for _ in range(2)] == [0, 2]
    now[0] = 1.0  # a clock that goes back gives nothing
    assert counter.take("a") > 0


def test_no_more_visitors_are_remembered_than_is_said() -> None:
    counter = Counter(Rate(1, 1), lambda: 0.0)
    for number in range(REMEMBERED + 50):
        counter.take(str(number))
    assert len(counter._buckets) == REMEMBERED
    assert counter.take("0") == 0  # forgotten
    assert counter.take(str(REMEMBERED + 49)) == 1


def test_sessions_of_one_address_share_its_allowance() -> None:
    rates = Rates(lambda: 0.0)
    waits = [rates.question("192.0.2.1", f"{number}") for number in range(601)]
    assert waits[:600] == [0] * 600 and waits[600] > 0
    assert rates.question("192.0.2.2", "600") == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("unix", "unix", True),
    ],
)
def test_what_is_one_visitors_address(one: str, other: str, same: bool) -> None:
    assert (block_of(one) == block_of(other)) is same


def test_no_question_and_no_address_is_logged(web_index: Path, tmp_path: Path) -> None:
    with serve(web_index, tmp_path) as running:
        visitor = Visitor(running.url)
        visitor.ask("青螺洲的秘密问题")
        visitor.get("/?q=青螺洲的另一个秘密")
        visitor.get("/d/secret")
        visitor.client.get("/", headers={"Host": "evil.example"})
        visitor.close()
        log = running.log
    for word in ("秘密", "%E7", "secret", "evil", "127.0.0.1 ", "GET", "POST"):
        assert word not in log
