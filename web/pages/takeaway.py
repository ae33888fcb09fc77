"""An answer to take away: a PDF of what its permanent link shows."""

from collections.abc import Sequence
from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hyqa import Citation, Place, Quote, Sheet, Status, print_sheet
from web import asking
from web.asking import QUESTION_LIMIT, Asked, Found
from web.pages import chat
from web.rendering.answers import View, nearest_of, shown
from web.rendering.links import answer_url, document_url, original_url
from web.visit import Visit


async def takeaway(request: Request) -> Response:
    """The answer to what a link asks as a PDF; where there is none, the page says why."""
    visit = Visit.of(request)
    asked = asking.read(visit.query)
    if not asked.question:
        raise HTTPException(404)
    visit.speak_as(asked.question)
    if asking.objection(asked):
        return _to_page(visit, asked)
    if refused := chat.refusal(visit, asked, visit.site.rates.sheet):
        return refused
    found = await asking.look_up(visit.site, visit.shelf, asked, visit.texts.off)
    if found.off or found.answer.status is Status.SMALL_TALK:
        return _to_page(visit, asked)
    drawn = await visit.site.press.take(partial(print_sheet, _sheet(visit, asked, found)))
    name = f"hengyang-{visit.site.today.isoformat()}.pdf"
    return Response(
        drawn,
        media_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Vary": "Accept-Language",
            "X-Robots-Tag": "noindex",
        },
    )


def _to_page(visit: Visit, asked: Asked) -> Response:
    return RedirectResponse(_link(visit, asked), 303, {"X-Robots-Tag": "noindex"})


def _link(visit: Visit, asked: Asked) -> str:
    question = asked.question[:QUESTION_LIMIT]
    return answer_url(question, asked.after, asked.as_of, visit.chosen)


def _sheet(visit: Visit, asked: Asked, found: Found) -> Sheet:
    """What the page says of an answer, put on a sheet."""
    answer, today, base = found.answer, visit.site.today, visit.site.settings.url
    as_of = asked.as_of or today
    it = shown(answer, visit.shelf, View(visit.tongue, as_of))
    day = [visit.texts.as_of_shown.format(day=as_of.isoformat())] if asked.as_of else []
    return Sheet(
        answer,
        asked.question,
        visit.tongue.value,
        today,
        as_of,
        title=visit.texts.site,
        lines=[
            *day,
            *it.lines,
            *([it.closest_lead] if it.closest else []),
            *(f"• {one}" for one in it.choices),
        ],
        near=(it.nearest_lead, nearest_of(answer)),
        after=it.after_nearest,
        earlier=asked.after,
        link=f"{base}{_link(visit, asked)}" if base else "",
        place=partial(_place, visit),
    )


def _place(visit: Visit, citation: Citation, quotes: Sequence[Quote]) -> Place:
    """Where the words of a source are shown, and its original."""
    base, held = visit.site.settings.url, visit.shelf.document(citation.document_id)
    spans = [(one.start, one.end) for one in quotes]
    version = held.sha256 if held else ""
    url = document_url(citation.document_id, spans, version, visit.chosen)
    words = quotes[0].text if quotes else ""
    return Place(f"{base}{url}" if base else "", original_url(citation, words))
