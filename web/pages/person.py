"""Asking a person: the form, and what becomes of it: a talk with the desk on a private page."""

import logging
import re
import secrets
from dataclasses import dataclass

from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hyqa import HyqaError, Status
from storage import mailbox, questions
from storage.schema import Question
from web import asking
from web.asking import QUESTION_LIMIT, Asked, Found
from web.pages.errors import error_page
from web.rendering.links import answer_url
from web.visit import Fields, Site, Visit, last

LETTER_LIMIT = 1000
"""Characters of a letter to the desk: a question with what it is about."""
_ONCE = re.compile(r"[0-9a-f]{32}")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """What the form sends: the words, and the question of this session that they are about."""

    text: str
    about: str = ""


def read_letter(form: Fields) -> str:
    """The words of a form to the desk; lines stay lines."""
    text = last(form, "text").replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def objection(visit: Visit, text: str) -> str:
    """What keeps a letter from being sent, in words; '' where nothing does."""
    if not any(char.isalnum() for char in text):
        return visit.texts.person_empty
    if len(text) > LETTER_LIMIT:
        return visit.texts.too_long.format(length=len(text), limit=LETTER_LIMIT)
    wait = visit.site.rates.letter(visit.address)
    return visit.texts.crowded.format(seconds=wait) if wait else ""


async def person(request: Request) -> Response:
    """Show the form, or take what it sends and lead to the private page."""
    visit = Visit.of(request)
    visit.uses_session = True
    if not visit.site.settings.has_desk:
        return _page(visit, Letter(""), 404 if request.method == "POST" else 200)
    if request.method != "POST":
        letter = Letter(last(visit.query, "q")[:LETTER_LIMIT], last(visit.query, "about"))
        return _page(visit, letter)
    form = await visit.form()
    visit.choose(last(form, "lang"))
    if not visit.session.owns(last(form, "token")):
        return await error_page(request, 403)
    letter = Letter(read_letter(form), last(form, "about"))
    if why := objection(visit, letter.text):
        return _page(visit, Letter(letter.text[:LETTER_LIMIT], letter.about), 422, why)
    once = last(form, "once")
    once = once if _ONCE.fullmatch(once) else secrets.token_hex(16)
    secret = visit.session.talk_secret(once)
    found = await _found(visit, letter)
    await run_in_threadpool(_begin, visit, secret, letter, found)
    return RedirectResponse(visit.url(f"/p/{secret}"), 303)


async def _found(visit: Visit, letter: Letter) -> Found | None:
    """What the documents say to a letter that is about no question yet, so that staff see it."""
    asked = Asked(" ".join(letter.text.split()))
    if letter.about or len(asked.question) > QUESTION_LIMIT:
        return None
    try:
        return await asking.look_up(visit.site, visit.shelf, asked, "")
    except HyqaError as error:  # a person can still answer
        _log.error("A letter could not be looked up: %s", type(error).__name__)
        return None


def _begin(visit: Visit, secret: str, letter: Letter, found: Found | None) -> None:
    """Write the talk down in one transaction; the same form sent twice begins one talk."""
    site: Site = visit.site
    now = site.clock()
    with site.database.session() as session:
        if mailbox.find(session, secret):
            return
        question = _question(session, visit, letter, found)
        if question:
            question.asked_person = True
        tongue = visit.tongue.value.lower()
        number = question.id if question else None
        talk = mailbox.begin(session, secret, visit.session.number, tongue, number, now)
        mailbox.write(session, talk, letter.text, now)
    site.written_at = now


def _question(
    session: Session, visit: Visit, letter: Letter, found: Found | None
) -> Question | None:
    """The question that a letter is about: one of this session, else the letter itself."""
    visitor = visit.session.number
    asked = questions.of_chat(session, letter.about, visitor)
    if asked or found is None or found.answer.status is Status.SMALL_TALK:
        return asked
    words = Asked(" ".join(letter.text.split()))
    return asking.record(session, found.answer, words, visitor, visit.site.clock())


def _page(visit: Visit, letter: Letter, status: int = 200, why: str = "") -> Response:
    return visit.page(
        "person.html", status, letter=letter, why=why, once=secrets.token_hex(16),
        limit=LETTER_LIMIT, whom=answer_url(visit.texts.ask_whom, tongue=visit.kept),
    )  # fmt: skip
