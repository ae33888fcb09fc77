"""The page's own style sheet, script and picture: read once, named by their content."""

from functools import cache

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from web.rendering.templates import STATIC

KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FOREVER = "public, max-age=31536000, immutable"


async def static(request: Request) -> Response:
    """A file of the page's own."""
    held = _files().get(request.path_params["name"])
    if held is None:
        raise HTTPException(404)
    content, kind = held
    return Response(content, media_type=kind, headers={"Cache-Control": _FOREVER})


async def favicon(request: Request) -> Response:
    """The picture that browsers ask for by themselves."""
    content, kind = _files()["mark.svg"]
    return Response(content, media_type=kind, headers={"Cache-Control": "public, max-age=86400"})


async def embed(request: Request) -> Response:
    """The script for other sites, which browsers load from there."""
    content, kind = _files()["embed.js"]
    shared = {
        "Cache-Control": "public, max-age=3600",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return Response(content, media_type=kind, headers=shared)


@cache
def _files() -> dict[str, tuple[bytes, str]]:
    """All files by their names: no path of a request ever reaches the disk."""
    return {
        path.name: (path.read_bytes(), KINDS[path.suffix])
        for path in STATIC.iterdir()
        if path.suffix in KINDS
    }
