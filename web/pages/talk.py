"""The private page of a talk with the desk: its address is a secret, and all that it takes."""

import asyncio
import re
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from storage import mailbox
from storage.page_schema import PageLetter
from storage.retention import forget_talk
from storage.schema import DeskThread
from web.pages.person import LETTER_LIMIT, objection, read_letter
from web.visit import HENGYANG_TIME, Site, Visit, last

LOOK = 2.0
"""Seconds between looks for something new to stream."""
STREAM_SECONDS = 300.0
"""After which a stream ends; a browser opens it anew by itself."""
LINGER = 15.0
"""Seconds without news after which an empty line is sent, so that no proxy hangs up."""
MOST_STREAMS, MOST_OF_TALK = 200, 4
"""Streams at once, and of one talk; the page works without, by reloading."""
MOST_WAITING = 20
"""Letters that may wait for an answer of the staff; nobody is helped by more."""
_SECRET = re.compile(r"[0-9a-f]{32}")
_HEADERS = {"X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}
_streams: Counter[int] = Counter()


@dataclass(frozen=True, slots=True)
class Line:
    """A letter as it is shown."""

    author: str
    text: str
    at: str
    is_edited: bool
    has_arrived: bool


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk as its page shows it; ``state`` names the sentence that says how it stands."""

    thread_id: int
    revision: int
    lines: list[Line]
    state: str
    opens: str
    waiting: int

    @property
    def answers(self) -> int:
        """How many letters of the staff it holds."""
        return sum(one.author == mailbox.STAFF for one in self.lines)


async def talk(request: Request) -> Response:
    """Show the talk, or take another letter of its reader."""
    visit = Visit.of(request)
    secret = _secret(request)
    held = await run_in_threadpool(_read, visit.site, secret)
    if held is None:
        raise HTTPException(404)
    if request.method != "POST":
        return _page(visit, secret, held)
    form = await visit.form()
    visit.choose(last(form, "lang"))
    text = read_letter(form)
    why = visit.texts.talk_patience if held.waiting >= MOST_WAITING else objection(visit, text)
    if why:
        return _page(visit, secret, held, why, text[:LETTER_LIMIT])
    if not await run_in_threadpool(_write, visit.site, secret, text):
        raise HTTPException(404)
    return RedirectResponse(visit.url(f"/p/{secret}"), 303)


async def forget(request: Request) -> Response:
    """Delete a talk, as who knows its address."""
    visit = Visit.of(request)
    visit.choose(last(await visit.form(), "lang"))
    if not await run_in_threadpool(_forget, visit.site, _secret(request)):
        raise HTTPException(404)
    return visit.page("message.html", title=visit.texts.talk_forgotten, lines=[])


async def events(request: Request) -> Response:
    """Stream what changes in a talk, each change with the talk's revision as its id."""
    visit = Visit.of(request)
    secret = _secret(request)
    held = await run_in_threadpool(_read, visit.site, secret)
    if held is None:
        raise HTTPException(404)
    known = request.headers.get("last-event-id") or last(visit.query, "since")
    full = _streams.total() >= MOST_STREAMS or _streams[held.thread_id] >= MOST_OF_TALK
    if full or request.method == "HEAD":
        return Response(
            f"retry: {int(LINGER * 4000)}\n\n", media_type="text/event-stream", headers=_HEADERS
        )
    stream = _stream(visit, secret, held.thread_id, known)
    headers = {**_HEADERS, "X-Accel-Buffering": "no"}
    return StreamingResponse(stream, media_type="text/event-stream", headers=headers)


async def _stream(visit: Visit, secret: str, number: int, known: str) -> AsyncIterator[str]:
    _streams[number] += 1
    try:
        end = time.monotonic() + STREAM_SECONDS
        spoken = time.monotonic()
        yield f"retry: {int(LOOK * 1000)}\n\n"
        while time.monotonic() < end and not visit.site.stopping.is_set():
            held = await run_in_threadpool(_read, visit.site, secret)
            if held is None:
                yield "event: gone\ndata: \n\n"
                return
            if str(held.revision) != known:
                known, spoken = str(held.revision), time.monotonic()
                yield _event(known, visit.render("letters.html", talk=held))
            elif time.monotonic() - spoken > LINGER:
                spoken = time.monotonic()
                yield ":\n\n"
            with suppress(TimeoutError):
                await asyncio.wait_for(visit.site.stopping.wait(), LOOK)
    finally:
        _streams[number] -= 1
        if not _streams[number]:
            del _streams[number]


def _event(id_: str, text: str) -> str:
    lines = "\n".join(f"data: {line}" for line in text.splitlines())
    return f"id: {id_}\n{lines}\n\n"


def _secret(request: Request) -> str:
    secret: str = request.path_params["secret"]
    if not _SECRET.fullmatch(secret):
        raise HTTPException(404)
    return secret


def _page(visit: Visit, secret: str, held: Talk, why: str = "", text: str = "") -> Response:
    response = visit.page(
        "talk.html", 422 if why else 200, talk=held, why=why, text=text, limit=LETTER_LIMIT,
        address=f"/p/{secret}", events=visit.url(f"/p/{secret}/events?since={held.revision}"),
    )  # fmt: skip
    response.headers.update(_HEADERS)
    return response


def _read(site: Site, secret: str) -> Talk | None:
    with site.database.session() as session:
        found = mailbox.find(session, secret)
        if found is None:
            return None
        held, thread = found
        letters = mailbox.letters_of(session, thread.id)
        return Talk(
            thread.id, held.revision, [_line(one) for one in letters], _state(thread, letters),
            _opens(thread, site.clock()), _waiting(letters),
        )  # fmt: skip


def _write(site: Site, secret: str, text: str) -> bool:
    now = site.clock()
    with site.database.session() as session:
        found = mailbox.find(session, secret)
        if found is None:
            return False
        mailbox.write(session, found[0], text, now)
    site.written_at = now
    return True


def _forget(site: Site, secret: str) -> bool:
    now = site.clock()
    with site.database.session() as session:
        found = mailbox.find(session, secret)
        if found is None:
            return False
        forget_talk(session, found[1], now)
    site.written_at = now
    return True


def _line(letter: PageLetter) -> Line:
    at = f"{_local(letter.at):%Y-%m-%d %H:%M}"
    return Line(
        letter.author, letter.text, at, letter.edited_at is not None, letter.arrived_at is not None
    )


def _state(thread: DeskThread, letters: list[PageLetter]) -> str:
    """Which sentence says how a talk stands."""
    if thread.closed_at is not None and not any(one.waits for one in letters):
        return "talk_silent" if thread.outcome == "silence" else "talk_closed"
    return "talk_waits" if _waiting(letters) else "talk_open"


def _opens(thread: DeskThread, now: float) -> str:
    """When the desk opens, where it was closed when it was last written to; '' once it has."""
    if thread.closed_at is not None or not thread.hours_told or thread.hours_told <= now:
        return ""
    return f"{_local(thread.hours_told):%Y-%m-%d %H:%M} (UTC+8)"


def _waiting(letters: list[PageLetter]) -> int:
    """How many letters the reader has written since the staff last did."""
    said = [one.author for one in letters if one.author != mailbox.DESK]
    return next(
        (n for n, author in enumerate(reversed(said)) if author != mailbox.READER), len(said)
    )


def _local(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone(HENGYANG_TIME)
