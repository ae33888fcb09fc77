"""What is new, what begins, what has ended: by the dates that documents state, and as RSS."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from hyqa import Force, Metadata, status_on
from web.library import subject_of
from web.pages.browse import entries_of
from web.rendering.links import document_url
from web.visit import Visit
from web.withheld import switched_off

SHOWN = 30
"""Documents of each list."""
ENDED_SINCE = timedelta(days=3 * 365)
"""What ended longer ago is no news to anybody."""

Found = list[tuple[str, Metadata]]


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the feed."""

    title: str
    url: str
    guid: str
    words: str
    published: str


async def new(request: Request) -> Response:
    """The newest documents, those to come into force, and those that ended lately."""
    visit = Visit.of(request)
    held = await run_in_threadpool(_documents, visit)
    own = [one for one in held if one[1].language is visit.tongue.language]
    today = visit.site.today
    groups = [
        (visit.texts.new_begins, entries_of(visit, _beginning(own, today))),
        (visit.texts.new_issued, entries_of(visit, _issued(own))),
        (visit.texts.new_ended, entries_of(visit, _ended(own, today))),
    ]
    return visit.page("new.html", groups=[one for one in groups if one[1]])


async def feed(request: Request) -> Response:
    """The same as RSS 2.0, in the language of the visit."""
    visit = Visit.of(request)
    held = await run_in_threadpool(_documents, visit)
    own = [one for one in held if one[1].language is visit.tongue.language]
    base = visit.site.settings.url or str(visit.request.base_url).rstrip("/")
    items = [_item(base, id_, meta, meta.issued, "{title}") for id_, meta in _issued(own)]
    items += [
        _item(base, id_, meta, status_on(meta, visit.site.today).day, visit.texts.feed_ended)
        for id_, meta in _ended(own, visit.site.today)
    ]
    text = visit.render("feed.xml", items=items, base=base)
    return Response(text, media_type="application/rss+xml")


def _documents(visit: Visit) -> Found:
    off = switched_off(visit.site.database)
    return [one for one in visit.shelf.documents if subject_of(one[0]) not in off]


def _issued(found: Found) -> Found:
    dated = [one for one in found if one[1].issued]
    return sorted(dated, key=lambda one: one[1].issued, reverse=True)[:SHOWN]


def _beginning(found: Found, today: date) -> Found:
    to_come = [one for one in found if status_on(one[1], today).force is Force.NOT_YET]
    return sorted(to_come, key=lambda one: one[1].effective or one[1].issued)[:SHOWN]


def _ended(found: Found, today: date) -> Found:
    since = (today - ENDED_SINCE).isoformat()
    over = []
    for one in found:
        standing = status_on(one[1], today)
        if standing.force in (Force.EXPIRED, Force.REPEALED) and standing.day >= since:
            over.append((standing.day, one))
    return [one for _, one in sorted(over, key=lambda pair: pair[0], reverse=True)][:SHOWN]


def _item(base: str, id_: str, meta: Metadata, day: str, title: str) -> Item:
    url = base + document_url(id_)
    return Item(title.format(title=meta.title), url, f"{url}#{day}", meta.publisher, _rfc(day))


def _rfc(iso: str) -> str:
    """A date that may lack day or month, as RSS writes it: its first moment, in UTC."""
    parts = [int(part) for part in iso.split("-") if part.isdecimal()]
    try:
        first = date(*(*parts, 1, 1)[:3]) if parts else None
    except ValueError:
        first = None
    return format_datetime(datetime.combine(first, time(), UTC)) if first else ""
