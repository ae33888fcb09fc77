"""The first page: a question, and its answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from hyqa import Status
from web import asking
from web.asking import MOST_AFTER, QUESTION_LIMIT, Asked, Found
from web.guards.rates import QUESTIONS_OF_SESSION
from web.pages import small_talk
from web.rendering.answers import Shown, View, shown
from web.rendering.links import SHEET, answer_url
from web.visit import Fields, Visit, last

FRAGMENT = "x-fragment"
"""The header by which the page's own script asks for the answer alone."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with what is shown below it."""

    question: str
    link: str
    shown: Shown | None = None
    objection: str = ""
    talk: small_talk.Reply | None = None
    as_of: date | None = None
    row: int = 0
    person: str = ""
    """Where a person can be asked instead; '' where nobody can, or nobody need be."""
    sheet: str = ""
    """Where the answer can be taken away as a PDF; '' where there is none."""

    @property
    def is_remembered(self) -> bool:
        """Whether a question after it may follow up on it."""
        return self.shown is not None


async def chat(request: Request) -> Response:
    """Show the form, and the answer to what a link or the form asks."""
    visit = Visit.of(request)
    visit.uses_session = not visit.is_framed
    is_form = request.method == "POST"
    fields = await visit.form() if is_form else visit.query
    if is_form:
        visit.choose(last(fields, "lang"))
    asked = asking.read(fields)
    if not asked.question and not is_form:
        return _page(visit, asked, None)
    visit.speak_as(asked.question)
    visit.query = _fields(asked)  # of what was sent by the form, too: the languages link to it
    if refused := refusal(visit, asked, visit.site.rates.question):
        return refused
    exchange = await _answer(visit, asked, fields if is_form else {})
    if request.headers.get(FRAGMENT):
        return HTMLResponse(
            visit.render("answer.html", exchange=exchange), headers={"Vary": FRAGMENT}
        )
    return _page(visit, asked, exchange)


def refusal(visit: Visit, asked: Asked, count: Callable[[str, str], int]) -> Response | None:
    """The page that asks a visitor to wait, where it must.

    Args:
        visit: of who asks.
        asked: what is asked.
        count: counts it for an address and a session, and gives the seconds to wait.
    """
    known = "" if visit.session.is_new else visit.session.secret
    wait = count(visit.address, known)
    if not wait:
        return None
    words = visit.texts.busy if known else visit.texts.crowded
    line = words.format(count=int(QUESTIONS_OF_SESSION.burst), seconds=wait)
    exchange = Exchange(asked.question, _link(visit, asked), objection=line)
    response = _page(visit, asked, exchange, status=429)
    response.headers["Retry-After"] = str(wait)
    return response


async def _answer(visit: Visit, asked: Asked, form: Fields) -> Exchange:
    link = _link(visit, asked)
    if why := asking.objection(asked):
        words = getattr(visit.texts, why).format(length=len(asked.question), limit=QUESTION_LIMIT)
        return Exchange(asked.question[:QUESTION_LIMIT], link, objection=words)
    is_own = not visit.is_framed and visit.session.owns(last(form, "token"))
    visitor = visit.session.number if is_own else None
    found = await asking.look_up(visit.site, visit.shelf, asked, visit.texts.off, visitor)
    return _exchange(visit, asked, found, link)


def _exchange(visit: Visit, asked: Asked, found: Found, link: str) -> Exchange:
    if found.answer.status is Status.SMALL_TALK:
        reply = small_talk.reply(visit, found.answer.intent)
        return Exchange(asked.question, link, talk=reply)
    if found.off:
        person = _person(visit, asked, found)
        return Exchange(asked.question, link, objection=found.off, row=found.row, person=person)
    view = View(visit.tongue, asked.as_of or visit.site.today, visit.kept)
    said = shown(found.answer, visit.shelf, view)
    person = "" if found.answer.quotes or found.answer.choices else _person(visit, asked, found)
    sheet = "" if found.answer.choices else _link(visit, asked, SHEET)
    return Exchange(
        asked.question, link, said, as_of=asked.as_of, row=found.row, person=person, sheet=sheet
    )


def _person(visit: Visit, asked: Asked, found: Found) -> str:
    """The form that puts a question to the desk."""
    if not visit.site.settings.has_desk:
        return ""
    fields = {"q": asked.question} | ({"about": str(found.row)} if found.row else {})
    return visit.url(f"/person?{urlencode(fields)}")


def _page(visit: Visit, asked: Asked, exchange: Exchange | None, status: int = 200) -> Response:
    after: Sequence[str] = asked.after
    if exchange and exchange.is_remembered:
        after = (*asked.after, asked.question)[-MOST_AFTER:]
    response = visit.page(
        "chat.html", status,
        exchange=exchange, after=after, before=asked.after, as_of=asked.as_of,
        limit=QUESTION_LIMIT, earlier=_earlier(visit, asked),
    )  # fmt: skip
    if exchange:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _earlier(visit: Visit, asked: Asked) -> list[tuple[str, str]]:
    """The questions before, each with the link of its answer."""
    return [
        (one, answer_url(one, asked.after[:place], asked.as_of, visit.chosen))
        for place, one in enumerate(asked.after)
    ]


def _fields(asked: Asked) -> Fields:
    """What is asked, as a link says it."""
    day = {"as_of": [asked.as_of.isoformat()]} if asked.as_of else {}
    return {"q": [asked.question[:QUESTION_LIMIT]], "after": list(asked.after), **day}


def _link(visit: Visit, asked: Asked, path: str = "/") -> str:
    question = asked.question[:QUESTION_LIMIT]
    return answer_url(question, asked.after, asked.as_of, visit.chosen, path)
