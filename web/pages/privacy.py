"""What is kept of a visitor, and deleting it."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from storage.retention import forget as forget_person
from web import session
from web.pages.errors import error_page
from web.visit import Site, Visit, last


async def privacy(request: Request) -> Response:
    """Say what is kept, and for how long."""
    visit = Visit.of(request)
    visit.uses_session = True
    return visit.page("privacy.html", days=visit.site.settings.retention_days)


async def forget(request: Request) -> Response:
    """Delete all that is held of this session, and the session."""
    visit = Visit.of(request)
    form = await visit.form()
    visit.choose(last(form, "lang"))
    if not visit.session.owns(last(form, "token")):
        return await error_page(request, 403)
    await run_in_threadpool(_forget, visit.site, visit.session.number)
    response = visit.page("message.html", title=visit.texts.forgotten, lines=[])
    session.end(response, visit.site.settings.is_secure)
    return response


def _forget(site: Site, visitor: int) -> None:
    with site.database.session() as transaction:
        forget_person(transaction, visitor, site.clock())
    site.written_at = site.clock()
