"""How to ask, and how to read an answer."""

from starlette.requests import Request
from starlette.responses import Response

from web.asking import QUESTION_LIMIT
from web.rendering.links import answer_url
from web.visit import Visit


async def help_page(request: Request) -> Response:
    """Explain the page."""
    visit = Visit.of(request)
    whom = answer_url(visit.texts.ask_whom, tongue=visit.kept)
    return visit.page("help.html", limit=QUESTION_LIMIT, whom=whom)
