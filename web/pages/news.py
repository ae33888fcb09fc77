"""What is new, what begins, what has ended: as a page, as RSS and as JSON Feed, of the same rows.

That is what changed in the words of the documents, as far as it is recorded, and what the dates say
that documents state.
"""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from hyqa import Force, Metadata, status_on
from storage import changes
from web.library import subject_of
from web.pages.browse import entries_of
from web.rendering.changes import Changed, changed
from web.rendering.links import document_url
from web.visit import Visit
from web.withheld import switched_off

SHOWN = 30
"""Documents of each list, and changes on the page."""
IN_FEED = 100
"""Changes in the feeds: a reader of feeds that was off for weeks still finds them."""
ENDED_SINCE = timedelta(days=3 * 365)
"""What ended longer ago is no news to anybody."""
_VERSION = "https://jsonfeed.org/version/1.1"

Found = list[tuple[str, Metadata]]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the feeds."""

    title: str
    url: str
    guid: str
    words: str
    published: datetime | None


@dataclass(frozen=True, slots=True)
class _News:
    """What there is to tell: documents of the visit's language, and what changed in them."""

    documents: Found
    changes: list[Changed]


async def new(request: Request) -> Response:
    """What changed lately, the newest documents, those to come into force, and those that ended."""
    visit = Visit.of(request)
    news = await run_in_threadpool(_news, visit, SHOWN)
    own, today = news.documents, visit.site.today
    groups = [
        (visit.texts.new_begins, entries_of(visit, _beginning(own, today))),
        (visit.texts.new_issued, entries_of(visit, _issued(own))),
        (visit.texts.new_ended, entries_of(visit, _ended(own, today))),
    ]
    return visit.page("new.html", changes=news.changes, groups=[one for one in groups if one[1]])


async def rss(request: Request) -> Response:
    """The same as RSS 2.0, in the language of the visit."""
    visit = Visit.of(request)
    news = await run_in_threadpool(_news, visit, IN_FEED)
    base = _base(visit)
    items = list(_items(visit, news, base))
    text = visit.render("feed.xml", items=items, base=base, rfc=format_datetime)
    return Response(text, media_type="application/rss+xml")


async def json_feed(request: Request) -> Response:
    """The same as JSON Feed 1.1."""
    visit = Visit.of(request)
    news = await run_in_threadpool(_news, visit, IN_FEED)
    base = _base(visit)
    feed = {
        "version": _VERSION,
        "title": f"{visit.texts.site}: {visit.texts.new_title}",
        "home_page_url": f"{base}/new",
        "feed_url": f"{base}/new.json",
        "description": visit.texts.new_lead,
        "language": visit.tongue.value,
        "items": [_entry(one) for one in _items(visit, news, base)],
    }
    text = json.dumps(feed, ensure_ascii=False)
    return Response(text, media_type="application/feed+json")


def _news(visit: Visit, most: int) -> _News:
    off = switched_off(visit.site.database)
    language = visit.tongue.language
    own = [
        one
        for one in visit.shelf.documents
        if one[1].language is language and subject_of(one[0]) not in off
    ]
    try:
        with visit.site.database.session() as session:
            rows = changes.kept(session, language=language.value, limit=IN_FEED)
    except SQLAlchemyError as error:  # what documents state of themselves is told all the same
        _log.error("Changes cannot be read: %s", type(error).__name__)
        rows = []
    shown = [row for row in rows if subject_of(row.document_id) not in off][:most]
    return _News(own, changed(shown, visit.shelf, visit.tongue, visit.kept))


def _items(visit: Visit, news: _News, base: str) -> Iterator[Item]:
    """What changed, the newest first; then documents by the dates that they state."""
    for one in news.changes:
        url = base + (one.url or "/new")
        guid = f"{base}/new#change-{one.number}"
        yield Item(one.title, url, guid, one.words(visit.tongue), one.found_at)
    for id_, meta in _issued(news.documents):
        yield _item(base, id_, meta, meta.issued, "{title}")
    for id_, meta in _ended(news.documents, visit.site.today):
        day = status_on(meta, visit.site.today).day
        yield _item(base, id_, meta, day, visit.texts.feed_ended)


def _entry(item: Item) -> dict[str, str]:
    """An item of JSON Feed: each has words, and those without say their title."""
    entry = {
        "id": item.guid,
        "url": item.url,
        "title": item.title,
        "content_text": item.words or item.title,
    }
    return entry | ({"date_published": item.published.isoformat()} if item.published else {})


def _base(visit: Visit) -> str:
    return visit.site.settings.url or str(visit.request.base_url).rstrip("/")


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
    return Item(title.format(title=meta.title), url, f"{url}#{day}", meta.publisher, _moment(day))


def _moment(iso: str) -> datetime | None:
    """A date that may lack day or month, as its first moment in UTC."""
    parts = [int(part) for part in iso.split("-") if part.isdecimal()]
    try:
        first = date(*(*parts, 1, 1)[:3]) if parts else None
    except ValueError:
        first = None
    return datetime.combine(first, time(), UTC) if first else None
