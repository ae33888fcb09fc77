"""What comes from the net is hostile: no error of the page's own, nothing reflected as markup."""

import random
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from lxml import html

from page.conftest import Arrive
from page.corpus import HOSTILE_TITLE
from page.serving import Page, Running, Visitor, serve
from web.library import Shelf

SEED = 11
PAYLOADS = [
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    '" autofocus onfocus=alert(1) x="',
    "javascript:alert(1)",
    "</textarea></form><iframe src=//evil.example>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "{{ 7*7 }}${7*7}#{7*7}{% raw %}",
    "<!--<script>",
    "]]><!ENTITY x SYSTEM 'file:///etc/passwd'>",
    "\u202e<b>\u0000</b>\ufeff",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<ScRiPt\x0c>alert(1)</sCrIpT >",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "';alert(String.fromCharCode(88))//",
    "<a href='java\tscript:alert(1)'>博士补贴</a>",
    "1' OR '1'='1'; DROP TABLE questions;--",
    "../../../../etc/passwd",
    "\ud83d\ude00" + "😀" * 50,
    "𠮷" * 200,
    "a" * 4000,
]
PATHS = ["/", "/d/railway.md", "/documents", "/documents/parks", "/incentives", "/talent", "/new", "/new.xml", "/help",
         "/privacy", "/parks", "/chains", "/embed", "/person", "/c/nowhere", "/p/nowhere", "/o/railway.md", "/parks/compare", "/parks/snail-isle", "/chains/clocks", "/parks.svg", "/chains.svg"]  # fmt: skip
FIELDS = ["park", "narrow", "q", "after", "lang", "as_of", "pick", "v", "token"]
HEADERS = ["Accept-Language", "X-Fragment", "X-Forwarded-For", "X-Forwarded-Host", "Referer", "Cookie",
           "User-Agent", "Content-Type"]  # fmt: skip
LIVELY = (
    "//script[not(starts-with(@src, '/static/'))] | //svg | //iframe | //base[@href] | //object | //embed"
    " | //img[not(starts-with(@src, '/')) or starts-with(@src, '//')] | //meta[@http-equiv] | //style"
    " | //*[@*[starts-with(name(), 'on')]]"
    " | //a[starts-with(translate(normalize-space(@href), 'JAVSCRIPT', 'javscript'), 'javascript')]"
    " | //a[starts-with(@href, '//')] | //form[not(starts-with(@action, '/'))]"
)


def is_quiet(page: Page) -> bool:
    return page.status < 500 and not page.all(LIVELY)


def encoded(words: str) -> str:
    return words.encode("utf-8", "surrogatepass").decode("latin-1")


@pytest.fixture(scope="module")
def target(web_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A page that takes a visitor's word for his address, so that none is asked to wait."""
    with serve(web_index, tmp_path_factory.mktemp("target"), HYQA_WEB_PROXIES="127.0.0.1") as one:
        yield one
        assert "A page failed" not in one.log


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_is_asked_is_reflected_as_markup(
    target: Running, arrive: Arrive, payload: str
) -> None:
    visitor = arrive(target.url)
    sent = payload.encode("utf-8", "surrogatepass")
    for page in (
        visitor.get(f"/?q={quote(sent)}&lang={quote(sent)}&after={quote(sent)}"),
        visitor.get(f"/?as_of={quote(sent)}&q=x"),
        visitor.get(f"/d/{quote(sent)}"),
        visitor.get(f"/d/railway.md?q={quote(sent)}&v={quote(sent)}"),
        visitor.get(f"/documents/{quote(sent)}"),
        visitor.get(f"/{quote(sent)}?{quote(sent)}={quote(sent)}"),
    ):
        assert is_quiet(page), page.source
        if "<" in payload:
            assert payload not in page.source
    words = sent.decode("utf-8", "replace")
    page = visitor.ask(words)
    assert is_quiet(page)
    for field in ("helpful", "question", "token"):
        fields = [("token", dict(visitor.get("/").fields("@id='ask'"))["token"]), (field, words)]
        assert is_quiet(visitor.post("/feedback", fields))


def test_nothing_in_a_document_becomes_markup(visitor: Visitor, shelf: Shelf) -> None:
    (id_,) = [id_ for id_, meta in shelf.documents if meta.title == HOSTILE_TITLE]
    held = shelf.document(id_)
    assert held and "<script>alert(5)</script>" in held.text
    pages = [
        visitor.ask("云岭市渔业码头泊位有多少个？"),
        visitor.get(f"/d/{quote(id_)}?q=0-{len(held.text)}"),
        visitor.get(f"/d/{quote(id_)}?q=9-20,25-60"),
        visitor.get("/documents/news"), visitor.get("/documents/other"), visitor.get("/new"),
    ]  # fmt: skip
    for page in pages:
        assert is_quiet(page), page.source
    assert "<script>alert(5)</script>" in pages[0].quotes[0]
    assert "<script>alert(5)</script>共有27个" in pages[1].text and "{{ 7*7 }}" in pages[1].text
    assert "javascript:alert(4)" not in "".join(page.source for page in pages)
    assert HOSTILE_TITLE in visitor.get("/new").text


def test_a_thousand_fuzzed_requests_break_nothing(target: Running, arrive: Arrive) -> None:
    chance = random.Random(SEED)
    visitor = arrive(target.url)
    statuses = set()
    for number in range(1000):
        fields = [
            (chance.choice(FIELDS), chance.choice(PAYLOADS)[: chance.choice([5, 50, 500])])
            for _ in range(chance.randrange(6))
        ]
        headers = {
            name: encoded(chance.choice(PAYLOADS))[:200].replace("\x00", "").replace("\x0c", "")
            for name in chance.sample(HEADERS, chance.randrange(3))
        }
        headers["X-Forwarded-For"] = f"10.1.{number // 200}.{number % 200}"
        body = urlencode(fields, errors="surrogatepass")
        raw = [
            (name.encode(), value.encode("latin-1", "ignore")) for name, value in headers.items()
        ]
        if chance.random() < 0.3:
            answer = visitor.client.post(chance.choice(["/", "/embed", "/feedback", "/forget", "/person"]), content=body, headers=raw)  # fmt: skip
        else:
            answer = visitor.client.get(f"{chance.choice(PATHS)}?{body}", headers=raw)
        statuses.add(answer.status_code)
        is_page = answer.headers["Content-Type"].startswith("text/html")
        assert answer.status_code < 500 and (not is_page or is_quiet(Page(answer)))
    assert statuses <= {200, 400, 403, 404, 413, 414, 429}


def test_no_path_leads_outside(target: Running) -> None:
    for path in (
        b"/static/../settings.py", b"/static/..%2f..%2fpyproject.toml", b"/static//etc/passwd",
        b"/static/%2e%2e/__main__.py", b"/static/style.css/../../../etc/passwd", b"/../etc/passwd",
        b"/d/../../../etc/passwd", b"/d/%2fetc%2fpasswd", b"/d/....//....//etc/passwd", b"//etc/passwd",
        b"/static/style.css%00.js", b"/d/railway.md%00", b"/static/", b"/templates/base.html",
        b"/d/file:///etc/passwd", b"http://evil.example/d/x", b"/\xff\xfe", b"*",
    ):  # fmt: skip
        answer = raw(
            target, b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )
        assert answer.startswith((b"HTTP/1.1 404", b"HTTP/1.1 400", b"HTTP/1.1 421")), path
        assert b"root:" not in answer and b"import" not in answer and b"{%" not in answer


@pytest.mark.parametrize(
    "path", ["//evil.example/x", "///evil.example", "/%2fevil.example", "/\\evil.example"]
)
def test_no_link_leads_to_a_host_that_a_path_names(target: Running, path: str) -> None:
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    body = raw(target, request.encode()).partition(b"\r\n\r\n")[2]
    links = html.fromstring(body).xpath("//@href")
    assert links and all(re.match(r"/(?![/\\])|#", link) for link in links)


@pytest.mark.parametrize(
    "request_",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nq=abc",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        b"TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: hyqa=\xff\xfe; ;;=\r\n\r\n",
    ],
)  # fmt: skip
def test_malformed_requests_are_refused_or_answered(target: Running, request_: bytes) -> None:
    answer = raw(target, request_)
    assert b"HTTP/1.1 5" not in answer and b"Traceback" not in answer


def test_no_quote_is_of_another_document(visitor: Visitor, shelf: Shelf) -> None:
    chance = random.Random(SEED)
    texts = {id_: shelf.engine.document(id_).text for id_, _ in shelf.documents}
    for _ in range(60):
        id_ = chance.choice(list(texts))
        start, end = chance.randrange(-5, 3000), chance.randrange(-5, 3000)
        page = visitor.get(f"/d/{quote(id_)}?q={start}-{end}")
        marked = "".join("".join(page.texts("//mark")).split()).replace("|", "")
        wanted = texts[id_][start:end] if 0 <= start < end <= len(texts[id_]) else ""
        assert marked == "".join(wanted.split()).replace("|", "")


def raw(target: Running, request: bytes) -> bytes:
    """What comes back for bytes as they are."""
    port = int(target.url.rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        received = b""
        try:
            while more := connection.recv(65536):
                received += more
        except ConnectionError:
            pass
    return received
