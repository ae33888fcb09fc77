"""What is shown where a page cannot be: a sentence, and the way back."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from web.visit import Visit

_TOLD = {400, 403, 404, 405, 408, 413, 414, 421, 429, 500}


async def error_page(request: Request, status: int) -> Response:
    """The page of a status, without internals."""
    visit = Visit.of(request)
    words = getattr(visit.texts, f"error_{status if status in _TOLD else 400}")
    return visit.page("message.html", status, title=visit.texts.error_title, lines=[words])


async def of_exception(request: Request, error: Exception) -> Response:
    """The page of what a route or the router itself refused."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    response = await error_page(request, status)
    if isinstance(error, HTTPException):
        response.headers.update(error.headers or {})
    return response
