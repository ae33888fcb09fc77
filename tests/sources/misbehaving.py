"""A host on this machine that misbehaves, a case at a time, and one that nobody may ask.

``cases.py`` names each kind of misbehaviour, what the host does, and what must come of it. The
documents are made here: ``OLD`` is held before, ``NEW`` is what the host has now.
"""

import gzip
import socket
import struct
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from fpdf import FPDF

from sources.hosting import Behave, Talk

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
