"""The PDF that a document was read from, as it came; a frame of the source page shows it."""

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from web.originals import pdf_of
from web.visit import Visit
from web.withheld import instead, switched_off

_HEADERS = {
    # A browser's own viewer puts the file into an element of its own, and draws around it.
    "Content-Security-Policy": "default-src 'none'; object-src 'self'; img-src 'self' data:; "
    "style-src 'unsafe-inline'; frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
    "X-Robots-Tag": "noindex",
}


async def original(request: Request) -> Response:
    """Send the PDF, or a part of it."""
    path = await run_in_threadpool(_held, Visit.of(request), request.path_params["id"])
    if path is None:
        raise HTTPException(404)
    return FileResponse(path, media_type="application/pdf", headers=_HEADERS)


def _held(visit: Visit, id_: str) -> Path | None:
    document = visit.shelf.document(id_)
    if document is None or instead(switched_off(visit.site.database), [id_], visit.texts.off):
        return None
    return pdf_of(document, Path(visit.site.settings.originals))
