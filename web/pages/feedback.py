"""Helpful or not: the last word on an answer counts."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from storage import questions
from storage.schema import Feedback
from web.pages.chat import FRAGMENT
from web.pages.errors import error_page
from web.visit import Site, Visit, last


async def feedback(request: Request) -> Response:
    """Note a verdict on an answer of this session."""
    visit = Visit.of(request)
    visit.uses_session = True
    form = await visit.form()
    visit.choose(last(form, "lang"))
    if not visit.session.owns(last(form, "token")):
        return await error_page(request, 403)
    number, verdict = last(form, "question"), last(form, "helpful")
    noted = await run_in_threadpool(_note, visit.site, visit.session.number, number, verdict)
    if not noted:
        return await error_page(request, 404)
    if request.headers.get(FRAGMENT):
        return HTMLResponse(visit.render("thanks.html"))
    return visit.page("message.html", title=visit.texts.thanks, lines=[])


def _note(site: Site, visitor: int, number: str, verdict: str) -> bool:
    """Keep a verdict; says whether there is such a question of this visitor."""
    with site.database.session() as session:
        row = questions.of_chat(session, number, visitor)
        if row is None or verdict not in ("0", "1"):
            return False
        held = session.get(Feedback, (row.id, visitor))
        if held is None:
            held = Feedback(question_id=row.id, person_id=visitor)
            session.add(held)
        held.helpful, held.at = verdict == "1", site.clock()
    site.written_at = site.clock()
    return True
