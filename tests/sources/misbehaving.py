"""A host on this machine that misbehaves, a case at a time, and one that nobody may ask.

``CASES`` names each kind of misbehaviour, what the host does, and what must come of it. The
documents are made here: ``OLD`` is held before, ``NEW`` is what the host has now.
"""

import gzip
import socket
import ssl
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from fpdf import FPDF

SENTENCE = "云岭市对新落户的企业给予奖励，标准为每家二十万元，由市财政局在认定后三个月内拨付到位。"


def page(words: str, times: int = 40) -> bytes:
    """A page of a made-up city, some kilobytes long."""
    body = "".join(f"<p>第{n}条　{words}</p>" for n in range(1, times + 1))
    head = "<head><meta charset='utf-8'><title>云岭市支持企业办法</title></head>"
    return (
        f"<!DOCTYPE html><html>{head}<body><h1>云岭市支持企业办法</h1>{body}</body></html>".encode()
    )


def pdf() -> bytes:
    """A PDF of some pages, larger than what is worth going on with."""
    made = FPDF()
    made.set_compression(False)
    made.set_font("Helvetica", size=8)
    for number in range(30):
        made.add_page()
        for line in range(60):
            made.cell(text=f"Article {number}.{line}: the city grants 200,000 yuan a company.")
            made.ln()
    return bytes(made.output())


OLD, NEW, PDF = page(SENTENCE), page(SENTENCE.replace("二十", "三十"), 50), pdf()
ETAG = '"new-1"'


@dataclass
class Talk:
    """One request, as the host sees it."""

    sock: socket.socket
    path: str
    headers: Mapping[str, str]
    number: int
    """How many requests for this path came, this one included."""
    server: "Host"

    def send(self, *parts: bytes) -> None:
        for part in parts:
            self.sock.sendall(part)

    def head(self, status: str = "200 OK", /, **headers: object) -> None:
        lines = [f"HTTP/1.1 {status}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.send(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))

    def reply(self, body: bytes, status: str = "200 OK", /, **headers: object) -> None:
        usual: dict[str, object] = {"Content_Type": "text/html", "Content_Length": len(body)}
        self.head(status, **(usual | headers))
        self.send(body)

    def redirect(self, location: str, status: str = "302 Found") -> None:
        self.reply(b"", status, Location=location)


Behave = Callable[[Talk], None]


class Host:
    """A host that does to each request what it is told to."""

    def __init__(
        self,
        behave: Behave,
        address: str = "127.0.0.1",
        port: int = 0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._behave, self._tls = behave, tls
        self._listener = socket.create_server((address, port), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        self.other_port = 0
        self.asked: Counter[str] = Counter()
        self.connections = 0
        self.closed = threading.Event()

    def __enter__(self) -> "Host":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closed.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while not self.closed.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock: socket.socket) -> None:
        with suppress(OSError, ssl.SSLError, ValueError, IndexError), sock:
            sock.settimeout(20)
            with self._wrapped(sock) as stream:
                self._behave(self._read(stream))
                with suppress(OSError):
                    stream.shutdown(socket.SHUT_WR)

    @contextmanager
    def _wrapped(self, sock: socket.socket) -> Iterator[socket.socket]:
        if self._tls is None:
            yield sock
            return
        with self._tls.wrap_socket(sock, server_side=True) as stream:
            yield stream

    def _read(self, sock: socket.socket) -> Talk:
        data = b""
        while b"\r\n\r\n" not in data:
            part = sock.recv(65536)
            if not part:
                raise ValueError
            data += part
        first, *lines = data.decode("latin-1").split("\r\n")
        path = first.split(" ")[1]
        headers = {n.lower(): v.strip() for n, _, v in (line.partition(":") for line in lines)}
        self.asked[path] += 1
        return Talk(sock, path, headers, self.asked[path], self)


@dataclass(frozen=True)
class Case:
    """A kind of misbehaviour.

    ``ends`` is what must come of it: ``kept``, where the version before stays in force, ``new``
    or ``pdf``, where the document comes all the same. ``says`` stands in the reason.
    """

    name: str
    behave: Behave
    ends: str = "kept"
    says: str = ""
    path: str = "/a/b.html"
    held: bool = True
    robots: Behave | None = None
    certificate: str = ""
    url: str = ""
    names: Mapping[str, Any] = field(default_factory=dict)
    """Numeric addresses of host names, a list for each time that they are looked up."""


def _forever(talk: Talk, part: bytes, pause: float = 0.0) -> None:
    while not talk.server.closed.is_set():
        talk.send(part)
        if pause:
            time.sleep(pause)


def endless_body(talk: Talk) -> None:
    talk.head(Content_Type="text/html")
    _forever(talk, NEW)


def endless_chunks(talk: Talk) -> None:
    talk.head(Content_Type="text/html", Transfer_Encoding="chunked")
    _forever(talk, b"%x\r\n%s\r\n" % (len(NEW), NEW))


def slow_body(talk: Talk) -> None:
    talk.head(Content_Type="text/html", Content_Length=len(NEW))
    _forever(talk, b"<", 0.1)


def slow_body_without_length(talk: Talk) -> None:
    talk.head(Content_Type="text/html")
    talk.send(NEW)
    _forever(talk, b" ", 0.1)


def slow_headers(talk: Talk) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    _forever(talk, b"a", 0.1)


def silent(talk: Talk) -> None:
    talk.server.closed.wait(20)


def silent_after_headers(talk: Talk) -> None:
    talk.head(Content_Type="text/html", Content_Length=len(NEW))
    talk.server.closed.wait(20)


def reset(talk: Talk) -> None:
    talk.head(Content_Type="text/html", Content_Length=len(NEW))
    talk.send(NEW[:1000])
    talk.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    talk.sock.close()


def chunk_garbage(talk: Talk) -> None:
    talk.head(Content_Type="text/html", Transfer_Encoding="chunked")
    talk.send(b"%x\r\n%s\r\nzz\r\n" % (len(NEW), NEW))


def chunks_end_early(talk: Talk) -> None:
    talk.head(Content_Type="text/html", Transfer_Encoding="chunked")
    talk.send(b"%x\r\n%s\r\n" % (len(NEW), NEW))


def ends_without_length(talk: Talk) -> None:
    talk.head(Content_Type="text/html")
    talk.send(NEW[: len(NEW) // 2])


def packed(data: bytes, coding: str = "gzip", **headers: object) -> Behave:
    return lambda talk: talk.reply(data, Content_Encoding=coding, **headers)


@cache
def bomb() -> bytes:
    """Some 300 KB that unpack to 60 MB, thirty times as much as is taken."""
    return gzip.compress(b"<p>" + b"0" * 60_000_000, 1)


def leads(location: str) -> Behave:
    def behave(talk: Talk) -> None:
        talk.redirect(location.format(port=talk.server.port, other=talk.server.other_port))

    return behave


def leads_on(talk: Talk) -> None:
    talk.redirect(f"{talk.path}x")


def circle(talk: Talk) -> None:
    talk.redirect("/a/c.html" if talk.path == "/a/b.html" else "/a/b.html")


def cut_then(rest: Behave) -> Behave:
    """Breaks off in the middle of a PDF at first, and does something else then."""

    def behave(talk: Talk) -> None:
        if talk.number == 1:
            kind = {"Content_Type": "application/pdf", "Content_Length": len(PDF)}
            talk.head(ETag=ETAG, **kind)
            talk.send(PDF[:100_000])
            return
        rest(talk)

    return behave


def whole_pdf(talk: Talk) -> None:
    talk.reply(PDF, Content_Type="application/pdf", ETag='"new-2"')


def rest_of(etag: str = ETAG, shift: int = 0, total: int = 0) -> Behave:
    """The rest as it is asked for; wrong in some way unless nothing is given."""

    def behave(talk: Talk) -> None:
        asked = talk.headers.get("range", "")
        if not asked or talk.headers.get("if-range") != ETAG:
            whole_pdf(talk)
            return
        begin = int(asked.removeprefix("bytes=").rstrip("-"))
        said = f"bytes {begin + shift}-{len(PDF) - 1}/{total or len(PDF)}"
        kind = {"Content_Type": "application/pdf", "Content_Range": said}
        talk.reply(PDF[begin + shift :], "206 Partial Content", ETag=etag, **kind)

    return behave


def range_refused(talk: Talk) -> None:
    if "range" in talk.headers:
        talk.reply(b"", "416 Range Not Satisfiable")
    else:
        whole_pdf(talk)


def busy(status: str, retry_after: str = "", until: int = 99) -> Behave:
    def behave(talk: Talk) -> None:
        if talk.number >= until:
            talk.reply(NEW)
        else:
            talk.reply(b"", status, **({"Retry_After": retry_after} if retry_after else {}))

    return behave


def many_headers(talk: Talk) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\n")
    for number in range(200_000):
        talk.send(b"X-Flood-%d: %s\r\n" % (number, b"a" * 60))


def endless_header(talk: Talk) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\nX-Flood: ")
    _forever(talk, b"a" * 10_000)


def endless_hints(talk: Talk) -> None:
    _forever(talk, b"HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n")


def raw(data: bytes) -> Behave:
    return lambda talk: talk.send(data)


def says(body: bytes, status: str = "200 OK", **headers: object) -> Behave:
    return lambda talk: talk.reply(body, status, **headers)


def robots(text: bytes, status: str = "200 OK") -> Behave:
    return lambda talk: talk.reply(text, status, Content_Type="text/plain")


def good(talk: Talk) -> None:
    talk.reply(NEW)


SORRY = page("对不起，您访问的页面不存在，请返回首页。", 6)
CAPTCHA = page("请输入验证码后继续访问。", 6)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
PDF_KIND = {"Content_Type": "application/pdf"}
PDF_PATH = "/a/b.pdf"
FOUND = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"

CASES = (
    Case("a body without end", endless_body),
    Case("chunks without end", endless_chunks),
    Case("a length of a terabyte", says(NEW, Content_Length=10**12), says="larger"),
    Case("a body, a byte at a time", slow_body, says="slowly"),
    Case("a body that never ends, slowly", slow_body_without_length, says="slowly"),
    Case("headers, a byte at a time", slow_headers, says="slowly"),
    Case("silence", silent, says="slowly"),
    Case("silence after the headers", silent_after_headers, says="slowly"),
    Case("hangs up at once", lambda talk: None),
    Case("resets in the midst", reset),
    Case("a length that is too long", says(NEW, Content_Length=len(NEW) + 500)),
    Case("a length that is too short", says(NEW, Content_Length=len(NEW) // 2), says="early"),
    Case("two lengths", raw(FOUND + b"Content-Length: 10\r\nContent-Length: 20\r\n\r\n" + NEW)),
    Case("a negative length", raw(FOUND + b"Content-Length: -5\r\n\r\n" + NEW)),
    Case("a chunk of no size", chunk_garbage),
    Case("chunks that end early", chunks_end_early),
    Case("a page that ends early, without a length", ends_without_length, says="early"),
    Case("a PDF that ends early, its length right", says(PDF[:-4000], **PDF_KIND),
         says="early", path=PDF_PATH),
    Case("an empty body", says(b""), says="empty"),
    Case("a bomb of gzip", lambda talk: packed(bomb())(talk), says="larger"),
    Case("gzip that ends early", packed(gzip.compress(NEW)[:-200]), says="early"),
    Case("gzip that is none", packed(NEW), says="packed wrongly"),
    Case("gzip in gzip", packed(gzip.compress(gzip.compress(NEW)), "gzip, gzip"), says="packed"),
    Case("packed as nobody asked", packed(NEW, "br"), says="packed"),
    Case("gzip although none was asked for", packed(gzip.compress(NEW)), "new"),
    Case("redirects in a circle", circle, says="circle"),
    Case("redirects without end", leads_on, says="on and on"),
    Case("a redirect to a private address", leads("http://127.0.0.1:{other}/secret")),
    Case("a redirect to this machine by name", leads("http://localhost:{other}/secret")),
    Case("a redirect to an address as a number", leads("http://2130706433:{other}/secret")),
    Case("a redirect to an address in IPv6", leads("http://[::ffff:127.0.0.1]:{other}/secret")),
    Case("a redirect to the cloud's own data", leads("http://169.254.169.254/latest/meta-data/")),
    Case("a redirect to a file", leads("file:///etc/passwd")),
    Case("a redirect to a script", leads("javascript:alert(1)")),
    Case("a redirect to another host", leads("http://elsewhere.example/a.html"), says="another site"),
    Case("a redirect with a password", leads("http://u:p@127.0.0.1:{port}/a/c.html"), says="password"),
    Case("a redirect to nowhere", says(b"", "302 Found"), says="not where to"),
    Case("a redirect to the front page", leads("/"), says="front page"),
    Case("a redirect to what is no address", leads("http://[::1")),
    Case("a redirect from https to http", leads("http://127.0.0.1:{port}/a/c.html"),
         certificate="good", says="safe"),
    Case("304 without a version", says(b"", "304 Not Modified"), held=False, says="nothing is held"),
    Case("304 of another version", says(b"", "304 Not Modified", ETag='"other"'), says="another"),
    Case("an error's page in the place of a PDF", says(SORRY, **PDF_KIND), path=PDF_PATH,
         says="a page came"),
    Case("an error's page with status 200", says(SORRY), says="something is wrong"),
    Case("a page that asks for a captcha", says(CAPTCHA), says="something is wrong"),
    Case("a page with little left", says(page(SENTENCE, 4)), says="--accept"),
    Case("a picture that is called a page", says(PNG), says="no type"),
    Case("a picture that is called a PDF", says(PNG, **PDF_KIND), path=PDF_PATH),
    Case("a page that is called a picture", says(NEW, Content_Type="image/png"), "new"),
    Case("a PDF that is called a page", says(PDF), "pdf", path="/a/b"),
    Case("a type that is nonsense", says(NEW, Content_Type="\x01;;=,"), "new"),
    Case("zeros", says(b"\0" * 5000), says="empty"),
    Case("goes on with another version", cut_then(rest_of('"new-2"')), "pdf", path=PDF_PATH),
    Case("goes on at another place", cut_then(rest_of(shift=7)), "pdf", path=PDF_PATH),
    Case("goes on to another length", cut_then(rest_of(total=10**6)), "pdf", path=PDF_PATH),
    Case("begins anew when asked to go on", cut_then(whole_pdf), "pdf", path=PDF_PATH),
    Case("will not go on", cut_then(range_refused), "pdf", path=PDF_PATH),
    Case("breaks off, and goes on rightly", cut_then(rest_of()), "pdf", path=PDF_PATH),
    Case("a part that nobody asked for",
         says(NEW[100:], "206 Partial Content", Content_Range=f"bytes 100-{len(NEW) - 1}/{len(NEW)}")),
    Case("429, for a million years", busy("429 Too Many", str(10**15)), says="429"),
    Case("429, until the year 9999", busy("429 Too Many", "Fri, 31 Dec 9999 23:59:59 GMT"), says="429"),
    Case("429, until what is no time", busy("429 Too Many", "-1e999 soon"), says="429"),
    Case("503, and then well", busy("503 Service Unavailable", "1", until=2), "new"),
    Case("500 for ever", busy("500 Internal Server Error"), says="500"),
    Case("404 for what was there", busy("404 Not Found"), says="404"),
    Case("a certificate that nobody signed", good, certificate="self", says="certificate"),
    Case("a certificate of another name", good, certificate="other", says="certificate"),
    Case("a certificate that has expired", good, certificate="expired", says="certificate"),
    Case("no TLS where it should be", good, certificate="none"),
    Case("200,000 headers", many_headers),
    Case("a header without end", endless_header),
    Case("hints without end", endless_hints),
    Case("a zero in a header", raw(FOUND + b"X-A: a\0b\r\n\r\n" + NEW)),
    Case("a status that is none", raw(b"HTTP/1.1 9999 What\r\n\r\n" + NEW)),
    Case("no HTTP at all", raw(NEW)),
    Case("a name with .. for the file",
         says(NEW, Content_Disposition='attachment; filename="../../../../tmp/owned.html"'), "new"),
    Case("robots.txt forbids it", good, robots=robots(b"User-agent: *\nDisallow: /a/\n"),
         says="robots.txt"),
    Case("robots.txt forbids it by a pattern", good, robots=robots(b"User-agent: *\nDisallow: /*.html$\n"),
         says="robots.txt"),
    Case("robots.txt answers 503", good, robots=robots(b"", "503 No"), says="robots.txt"),
    Case("robots.txt never ends", good, robots=slow_body_without_length, says="robots.txt"),
    Case("robots.txt leads to a private address", good,
         robots=leads("http://127.0.0.1:{other}/secret"), says="robots.txt"),
    Case("robots.txt is no text", good, ends="new", robots=robots(bytes(range(256)) * 100)),
    Case("robots.txt wants a year between requests", leads("/a/c.html"),
         robots=robots(b"User-agent: *\nCrawl-delay: 31536000\n"), says="between two requests"),
    Case("a name of a private address", good, url="http://inside.test/a/b.html",
         names={"inside.test": [["10.0.0.7"]]}, says="not public"),
    Case("a name of two addresses, one private", good, url="http://both.test:{port}/a/b.html",
         names={"both.test": [["127.0.0.1", "127.0.0.2"]]}, says="not public"),
    Case("a name whose address changes once it was checked", good,
         url="http://turns.test:{port}/a/b.html",
         names={"turns.test": [["127.0.0.1"], ["127.0.0.2"]]}, says="not public"),
    Case("a name that nobody knows", good, url="http://nowhere.test/a/b.html",
         names={"nowhere.test": []}, says="not found"),
)  # fmt: skip
