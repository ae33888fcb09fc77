"""The days that a document states of itself, as a calendar file."""

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hyqa import days_to_come, write_calendar
from web.rendering.links import document_url
from web.visit import Visit
from web.withheld import instead, switched_off


async def calendar(request: Request) -> Response:
    """A document's days that are still to come; 404 where it states none."""
    visit = Visit.of(request)
    held = visit.shelf.document(request.path_params["id"])
    days = days_to_come(held, visit.site.today) if held else []
    if held is None or not days:
        raise HTTPException(404)
    off = await run_in_threadpool(switched_off, visit.site.database)
    if instead(off, [held.id], visit.texts.off):
        raise HTTPException(404)
    base = visit.site.settings.url or str(visit.request.base_url).rstrip("/")
    labels = {"effective": visit.texts.doc_effective, "expires": visit.texts.doc_expires}
    return Response(
        write_calendar(held, days, labels, visit.site.clock(), base + document_url(held.id)),
        media_type="text/calendar",
        headers={"Content-Disposition": 'attachment; filename="dates.ics"'},
    )
