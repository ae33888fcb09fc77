"""Where a campaign's code leads: its topic, and both doors, this page and Telegram."""

import logging
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from storage.campaigns import follower, state_of, visit
from storage.people import meet
from storage.schema import Campaign
from web.asking import QUESTION_LIMIT
from web.pages.browse import SUBJECTS
from web.texts import TEXTS
from web.visit import HENGYANG_TIME, Visit

_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_OWN_PAGES = ("incentives", "talent")
"""Subjects whose documents a page of their own arranges."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Landing:
    """What is said to who comes by a code."""

    code: str
    line: str
    topic: str


async def campaign(request: Request) -> Response:
    """Welcome who comes by a campaign's code, and count the visit as the bot does."""
    here = Visit.of(request)
    here.uses_session = True
    code = request.path_params["code"]
    if not _CODE.fullmatch(code):
        raise HTTPException(404)
    # Browsers that fetch a page before anybody asked for it bring nobody.
    early = "prefetch" in request.headers.get("sec-purpose", request.headers.get("purpose", ""))
    counts = request.method == "GET" and not early
    landing = await run_in_threadpool(_arrive, here, code, counts)
    if landing is None:
        raise HTTPException(404)
    subject = subject_of_topic(landing.topic)
    path = f"/{subject}" if subject in _OWN_PAGES else f"/documents/{subject}"
    name = here.site.settings.telegram
    response = here.page(
        "campaign.html", landing=landing, limit=QUESTION_LIMIT,
        subject=here.url(path) if subject else "",
        subject_name=_name(here, subject) if subject else "",
        question="" if subject else landing.topic,
        telegram=f"https://t.me/{name}?start={landing.code}" if name else "",
    )  # fmt: skip
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def subject_of_topic(topic: str) -> str:
    """The subject that a topic names in any language; '' where it names none."""
    wanted = topic.strip().lower()
    for subject in SUBJECTS:
        names = {
            getattr(texts, f"subject_{subject.replace('-', '_')}").lower()
            for texts in TEXTS.values()
        }
        if wanted in names | {subject}:
            return subject
    return ""


def _arrive(here: Visit, code: str, counts: bool) -> Landing | None:
    """What to say, after the visit is counted where a campaign runs; None for no campaign."""
    now = here.site.clock()
    with here.site.database.session() as session:
        asked = session.get(Campaign, code)
        if asked is None:
            return None
        state = state_of(asked, now)
        running = asked if state == "running" else follower(session, asked, now)
    if running and counts:
        _count(here, running.id)
    return _landing(here, asked, running, state)


def _count(here: Visit, code: str) -> None:
    try:
        with here.site.database.session() as session:
            held = session.get_one(Campaign, code)
            now = here.site.clock()
            person = meet(session, here.session.number, here.tongue.value, now)
            session.flush()
            visit(session, held, person, now)
    except SQLAlchemyError as error:  # who comes is welcome, counted or not
        _log.error("A visit could not be counted: %s", type(error).__name__)


def _landing(here: Visit, asked: Campaign, running: Campaign | None, state: str) -> Landing:
    texts = here.texts
    if running is asked:
        return Landing(asked.id, texts.campaign_welcome.format(name=asked.name), asked.topic)
    if running:
        line = texts.campaign_follows.format(ended=asked.name, name=running.name)
        return Landing(running.id, line, running.topic)
    if state == "over":
        return Landing(asked.id, texts.campaign_was.format(name=asked.name), asked.topic)
    begins = datetime.fromtimestamp(asked.starts_at or here.site.clock(), UTC)
    day = f"{begins.astimezone(HENGYANG_TIME):%Y-%m-%d}"
    line = texts.campaign_will_be.format(name=asked.name, day=day)
    return Landing(asked.id, line, asked.topic)


def _name(here: Visit, subject: str) -> str:
    name: str = getattr(here.texts, f"subject_{subject.replace('-', '_')}")
    return name
