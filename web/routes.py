"""Which address has which page: a new page is a module in ``web/pages/`` and a line here."""

from starlette.routing import Route

from web.guards.headers import FRAMED
from web.pages import (
    browse,
    calendar,
    campaign,
    chains,
    chat,
    feedback,
    files,
    health,
    news,
    original,
    parks,
    person,
    privacy,
    source,
    takeaway,
    talk,
)
from web.pages import help as help_
from web.rendering.links import SHEET

ROUTES = [
    Route("/", chat.chat, methods=["GET", "POST"]),
    Route(SHEET, takeaway.takeaway),
    Route("/d/{id:path}", source.source),
    Route("/o/{id:path}", original.original),
    Route("/calendar/{id:path}", calendar.calendar),
    Route(FRAMED, chat.chat, methods=["GET", "POST"]),
    Route("/embed.js", files.embed),
    Route("/c/{code}", campaign.campaign),
    Route("/documents", browse.documents),
    Route("/documents/{subject}", browse.subject),
    Route("/incentives", browse.incentives),
    Route("/talent", browse.talent),
    Route("/parks", parks.parks),
    Route("/parks.svg", parks.picture),
    Route("/parks/compare", parks.compare),
    Route("/parks/{key}", parks.park),
    Route("/chains", chains.chains),
    Route("/chains.svg", chains.picture),
    Route("/chains/{key}", chains.chain),
    Route("/new", news.new),
    Route("/new.xml", news.rss),
    Route("/new.json", news.json_feed),
    Route("/help", help_.help_page),
    Route("/feedback", feedback.feedback, methods=["POST"]),
    Route("/person", person.person, methods=["GET", "POST"]),
    Route("/p/{secret}", talk.talk, methods=["GET", "POST"]),
    Route("/p/{secret}/events", talk.events),
    Route("/p/{secret}/forget", talk.forget, methods=["POST"]),
    Route("/privacy", privacy.privacy),
    Route("/forget", privacy.forget, methods=["POST"]),
    Route("/health", health.health),
    Route("/robots.txt", health.robots),
    Route("/favicon.ico", files.favicon),
    Route("/static/{name}", files.static),
]
