"""The days that a document states of itself, as a calendar file: RFC 5545, and nothing guessed."""

from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hyqa import Document
from web.rendering.links import document_url
from web.visit import Visit
from web.withheld import instead, switched_off

_STATED = ("effective", "expires")
"""Fields of the metadata that are days to come: the first and the last one in force."""


async def calendar(request: Request) -> Response:
    """A document's days that are still to come; 404 where it states none."""
    visit = Visit.of(request)
    held = visit.shelf.document(request.path_params["id"])
    days = stated(held, visit.site.today) if held else []
    if held is None or not days:
        raise HTTPException(404)
    off = await run_in_threadpool(switched_off, visit.site.database)
    if instead(off, [held.id], visit.texts.off):
        raise HTTPException(404)
    return Response(
        _written(visit, held, days),
        media_type="text/calendar",
        headers={"Content-Disposition": 'attachment; filename="dates.ics"'},
    )


def stated(held: Document, today: date) -> list[tuple[str, date, str]]:
    """The whole days from today on that a document states: field, day, and the words, if known.

    A month or a year alone is no day, and nothing is made of it.
    """
    words = {one.field: held.text[one.start : one.end] for one in held.evidence}
    found = []
    for name in _STATED:
        try:
            day = date.fromisoformat(getattr(held.meta, name))
        except ValueError:
            continue
        if day >= today:
            found.append((name, day, words.get(name, "")))
    return found


def _written(visit: Visit, held: Document, days: list[tuple[str, date, str]]) -> bytes:
    base = visit.site.settings.url or str(visit.request.base_url).rstrip("/")
    made = Calendar()
    made.add("prodid", "-//hyqa//documents//EN")
    made.add("version", "2.0")
    for name, day, words in days:
        event = Event()
        event.add("uid", f"{held.sha256[:16]}-{name}@hyqa")
        event.add("dtstamp", datetime.fromtimestamp(visit.site.clock(), UTC))
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(1))
        event.add("summary", f"{getattr(visit.texts, f'doc_{name}')}: {held.meta.title}")
        event.add("url", base + document_url(held.id))
        if words:
            event.add("description", words)
        made.add_component(event)
    return bytes(made.to_ical())
