"""The source page: a document's stored text, with the quoted words marked where they stand."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hyqa import Citation, Document, Form, days_to_come
from web.guards.headers import POLICY
from web.originals import pdf_of
from web.rendering.answers import CODES
from web.rendering.days import badge, written
from web.rendering.links import VERSION, Span, document_url, original_url, pdf_url
from web.rendering.source import blocks_of, contents_of, marks_of, read_spans
from web.visit import Visit, last
from web.withheld import instead, switched_off

_DATES = ("issued", "effective", "expires", "repealed")
_FACTS = ("source_title", "publisher", "number", *_DATES, "validity", "superseded_by")
_LONGEST_CONTENTS = 60
"""Headings that are listed; beyond, a list of them is as long as a document."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a document says of itself, and the words that it was read from, if known."""

    name: str
    value: str
    url: str = ""
    words: str = ""
    words_url: str = ""


async def source(request: Request) -> Response:
    """Show a document."""
    visit = Visit.of(request)
    held = visit.shelf.document(request.path_params["id"])
    if held is None:
        raise HTTPException(404)
    switched = await run_in_threadpool(switched_off, visit.site.database)
    if off := instead(switched, [held.id], visit.texts.off):
        return visit.page("message.html", title=held.meta.title, lines=[off])
    return await run_in_threadpool(_page, visit, held)


def _page(visit: Visit, held: Document) -> Response:
    asked = last(visit.query, "q")
    spans = read_spans(asked, len(held.text)) if asked else ()
    version = last(visit.query, "v")
    citation = Citation(held.id, held.meta, pages=_pages(held, spans))
    first = held.text[spans[0][0] : spans[0][1]] if spans else ""
    contents = contents_of(held)
    has_pdf = pdf_of(held, Path(visit.site.settings.originals)) is not None
    page = citation.pages[0] if citation.pages else 1
    response = visit.page(
        "source.html",
        document=held,
        lang=CODES[held.meta.language],
        blocks=blocks_of(held, marks_of(held, spans)),
        contents=contents if 1 < len(contents) <= _LONGEST_CONTENTS else [],
        has_quote=bool(spans),
        is_lost=bool(asked) and not spans,
        is_changed=bool(spans and version) and held.sha256[:VERSION] != version,
        facts=_facts(visit, held),
        standing=badge(held.meta, visit.site.today, visit.tongue),
        is_digest=held.meta.form is Form.DIGEST,
        original=original_url(citation, first),
        pdf=pdf_url(held.id, page) if has_pdf else "",
        pdf_page=page,
        calendar=f"/calendar/{quote(held.id)}" if days_to_come(held, visit.site.today) else "",
        read=written(visit.shelf.read_at.date().isoformat(), visit.tongue),
    )
    if has_pdf:
        response.headers["Content-Security-Policy"] = f"{POLICY}; frame-src 'self'"
    if asked:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _facts(visit: Visit, held: Document) -> list[Fact]:
    """What the document says of itself, in the order of a table."""
    words = {one.field: (one.start, one.end) for one in held.evidence}
    facts = []
    for name in _FACTS:
        value = getattr(held.meta, name)
        if not value:
            continue
        shown = written(value, visit.tongue) if name in _DATES else value
        ending = held.meta.repealed_by if name == "superseded_by" else ""
        facts.append(_fact(visit, held, (name, shown, ending), words.get(name)))
    if held.meta.repealed_by and not held.meta.superseded_by:
        by = held.meta.repealed_by
        title = next((meta.title for id_, meta in visit.shelf.documents if id_ == by), by)
        facts.append(_fact(visit, held, ("superseded_by", title, by), words.get("repealed")))
    return facts


def _fact(visit: Visit, held: Document, fact: tuple[str, str, str], span: Span | None) -> Fact:
    name, value, other = fact
    text = held.text[span[0] : span[1]] if span else ""
    return Fact(
        getattr(visit.texts, f"doc_{name}"),
        value,
        document_url(other, tongue=visit.kept) if other else "",
        text,
        document_url(held.id, [span], held.sha256, visit.kept) if span else "",
    )


def _pages(held: Document, spans: tuple[Span, ...]) -> tuple[int, int] | None:
    """The page that the first place stands on, for a link to the original."""
    if not held.page_starts or not spans:
        return None
    pages = [one.page for one in held.page_starts if one.offset <= spans[0][0]]
    return (pages[-1], pages[-1]) if pages else None
