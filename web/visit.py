"""A visit: one request, in its language, with what the page works with."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from urllib.parse import parse_qsl, quote, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from storage.database import Database
from storage.masking import storable
from web import languages, session
from web.guards.headers import FRAMED
from web.guards.rates import Rates
from web.languages import Tongue
from web.library import Library, Shelf
from web.rendering.answers import View
from web.rendering.templates import environment
from web.session import Session
from web.settings import Settings
from web.texts import TEXTS, Texts
from web.turns import AT_ONCE, Turns

HENGYANG_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
MOST_FIELDS = 40
"""Fields of a form or a query that are read."""


@dataclass
class Site:
    """What all pages work with."""

    settings: Settings
    library: Library
    database: Database
    rates: Rates
    clock: Callable[[], float]
    written_at: float = 0.0
    """When the database was last written to."""
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the server is to stop: what streams ends then."""
    questions: Turns = field(default_factory=lambda: Turns(AT_ONCE, "question"))
    press: Turns = field(default_factory=lambda: Turns(1, "press"))
    """What is drawn, one at a time, beside the questions that are looked up."""

    def end(self) -> None:
        """Let go of what is held; nothing is answered any more."""
        self.questions.end()
        self.press.end()
        self.database.close()

    @property
    def today(self) -> date:
        """The day it is in Hengyang, where documents come into force and expire."""
        return datetime.fromtimestamp(self.clock(), UTC).astimezone(HENGYANG_TIME).date()


Fields = dict[str, list[str]]


@dataclass
class Visit:
    """What a page knows of a request; it keeps the index that it began with."""

    request: Request
    site: Site
    shelf: Shelf
    query: Fields
    tongue: Tongue
    browser: Tongue
    chosen: Tongue | None
    session: Session
    uses_session: bool = field(default=False)

    @classmethod
    def of(cls, request: Request) -> "Visit":
        """Read what every page needs of a request."""
        site: Site = request.app.state.site
        query = fields_of(request.scope.get("query_string", b""))
        chosen = languages.named(last(query, "lang"))
        browser = languages.of_browser(request.headers.get("accept-language", ""))
        held = session.read(request, site.settings.is_secure)
        return cls(
            request, site, site.library.shelf, query, chosen or browser, browser, chosen, held
        )

    @property
    def is_framed(self) -> bool:
        """Whether another site shows this in a frame: without cookie, and links open elsewhere."""
        return self.request.url.path == FRAMED

    @property
    def home(self) -> str:
        """Where questions are sent to."""
        return FRAMED if self.is_framed else "/"

    @property
    def texts(self) -> Texts:
        """Sentences in the language of the visit."""
        return TEXTS[self.tongue]

    @property
    def view(self) -> View:
        """How answers and documents are shown today."""
        return View(self.tongue, self.site.today, self.kept)

    @property
    def kept(self) -> Tongue | None:
        """The language that links from here are to name; None where the browser says it anyway."""
        return self.chosen or (self.tongue if self.tongue is not self.browser else None)

    @property
    def address(self) -> str:
        """The visitor's network address, for counting alone."""
        return self.request.client.host if self.request.client else ""

    def speak_as(self, text: str) -> None:
        """Speak the language of a text, unless one was chosen."""
        if self.chosen is None:
            self.tongue = languages.of_text(text, self.tongue)

    def choose(self, code: str) -> None:
        """Speak the language that a form names."""
        self.chosen = languages.named(code) or self.chosen
        self.tongue = self.chosen or self.tongue

    def url(self, path: str) -> str:
        """An address of the page in the language of the visit."""
        if self.kept is None:
            return path
        return f"{path}{'&' if '?' in path else '?'}lang={self.kept.value}"

    def in_tongues(self) -> list[tuple[str, str, str, bool]]:
        """This page in each language: its code, its name, its address, and whether it is this one."""
        kept = [
            (name, value)
            for name, values in self.query.items() if name != "lang"
            for value in values
        ]  # fmt: skip
        is_read = self.request.method in ("GET", "HEAD")
        # Two slashes at the beginning would lead to another host.
        path = "/" + self.request.url.path.lstrip("/") if is_read else self.home
        return [
            (one.value, TEXTS[one].name, f"{quote(path)}?{urlencode([*kept, ('lang', one.value)])}",
             one is self.tongue)
            for one in Tongue
        ]  # fmt: skip

    async def form(self) -> Fields:
        """The fields of a form that was sent."""
        return fields_of(await self.request.body())

    def page(self, template: str, status: int = 200, **context: object) -> Response:
        """A page of a template, with the cookie where the page needs one."""
        text = self.render(template, **context)
        response = HTMLResponse(text, status, {"Vary": "Accept-Language, Cookie"})
        if self.uses_session:
            session.keep(response, self.session, self.site.settings.is_secure)
        return response

    def render(self, template: str, **context: object) -> str:
        """The text of a template."""
        return environment().get_template(template).render(visit=self, t=self.texts, **context)


def fields_of(encoded: bytes) -> Fields:
    """Fields of a query or a form as text that may be stored; of too many, the first."""
    fields: Fields = {}
    text = encoded.decode("ascii", "replace")
    for name, value in parse_qsl("&".join(text.split("&")[:MOST_FIELDS])):
        fields.setdefault(storable(name), []).append(storable(value))
    return fields


def last(fields: Fields, name: str) -> str:
    """The last value of a field, '' where it has none."""
    return fields.get(name, [""])[-1]
