"""Whether the page works: for what watches it, not for visitors."""

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from web.visit import Site

STALE = 120.0
"""Seconds since the index was last read, or the database last written, after which something is
wrong: both are tried every few seconds."""


async def health(request: Request) -> Response:
    """Say when the index was last read and the database last written, in seconds ago."""
    site: Site = request.app.state.site
    now = site.clock()
    ages = {"index": now - site.library.read_at, "database": now - site.written_at}
    ok = all(age < STALE for age in ages.values())
    told = {
        "ok": ok,
        "documents": len(site.library.shelf.documents),
        "index_read_seconds_ago": round(ages["index"], 1),
        "database_written_seconds_ago": round(ages["database"], 1) if site.written_at else None,
    }
    return JSONResponse(told, 200 if ok else 503, {"Cache-Control": "no-store"})


async def robots(request: Request) -> Response:
    """Let search engines read documents, and leave answers alone."""
    return PlainTextResponse(
        "User-agent: *\nDisallow: /*?\nDisallow: /health\nDisallow: /p/\nDisallow: /c/\n"
    )
