"""Looking around without typing: documents by subject, incentives by level, talent by degree."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hyqa import Form, Metadata
from web.rendering.answers import CODES
from web.rendering.days import Badge, badge, written
from web.rendering.links import document_url
from web.visit import Visit
from web.withheld import switched_off

SUBJECTS = (
    "parks", "incentives", "talent", "industry", "business-environment", "statistics", "news", "other"
)  # fmt: skip
LEVELS = {
    "overview": r"^overview-",
    "national": r"^全国|^国家|^national",
    "county": r"[县區区縣]|\bcounty\b|\bzones?\b|\bpark\b",
    "province": r"湖南|省|hunan|\bprovinc",
    "city": r"",
}
"""How the id's last part or the title begins or what it says, the first that fits: titles of this
corpus name the level."""
DEGREES = {
    "doctor": r"博士|\bdoctor|\bph\.?d",
    "master": r"硕士|研究生|\bmaster",
    "bachelor": r"本科|\bbachelor|\bgraduates?\b",
    "skilled": r"技能|技师|技工|\bskilled",
    "team": r"团队|领军|院士|专家|\bteam|\bleading|\bexpert",
    "foreign": r"外籍|外国|\bforeign",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in a list."""

    title: str
    lang: str
    url: str
    publisher: str
    day: str
    standing: Badge
    is_digest: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Documents under one heading: those in the page's language, and in the other one."""

    name: str
    anchor: str
    entries: list[Entry]
    others: list[Entry]


async def documents(request: Request) -> Response:
    """The subjects, each with its documents' number."""
    visit = Visit.of(request)
    off = await run_in_threadpool(switched_off, visit.site.database)
    subjects = [
        (_subject_name(visit, one), visit.url(f"/documents/{one}"), len(_of_subject(visit, one)))
        for one in SUBJECTS
        if one not in off and _of_subject(visit, one)
    ]
    return visit.page("subjects.html", subjects=subjects, count=len(visit.shelf.documents))


async def subject(request: Request) -> Response:
    """The documents of a subject."""
    visit = Visit.of(request)
    name = request.path_params["subject"]
    if name not in SUBJECTS:
        raise HTTPException(404)
    off = await run_in_threadpool(switched_off, visit.site.database)
    found = [] if name in off else _of_subject(visit, name)
    title = visit.texts.documents_of.format(subject=_subject_name(visit, name), count=len(found))
    lead = (off[name] or visit.texts.off) if name in off else ""
    return visit.page("list.html", title=title, lead=lead, groups=[_group(visit, "", "", found)])


async def incentives(request: Request) -> Response:
    """Incentives by who gives them."""
    visit = Visit.of(request)
    off = await run_in_threadpool(switched_off, visit.site.database)
    found = visit.shelf.of_subject("incentives")
    groups = [
        _group(visit, getattr(visit.texts, f"level_{level}"), level,
               [one for one in found if level_of(*one) == level])
        for level in ("overview", "city", "county", "province", "national")
    ]  # fmt: skip
    return _listed(visit, "incentives", groups, off.get("incentives"))


async def talent(request: Request) -> Response:
    """Talent programs by degree; a document that speaks of several stands under each."""
    visit = Visit.of(request)
    off = await run_in_threadpool(switched_off, visit.site.database)
    found = [
        (id_, meta, await run_in_threadpool(_words, visit, id_, meta))
        for id_, meta in visit.shelf.of_subject("talent")
    ]
    groups = [
        _group(visit, getattr(visit.texts, f"degree_{degree}"), degree,
               [(id_, meta) for id_, meta, words in found if re.search(pattern, words, re.I)])
        for degree, pattern in DEGREES.items()
    ]  # fmt: skip
    return _listed(visit, "talent", groups, off.get("talent"))


def level_of(id_: str, meta: Metadata) -> str:
    """The level of who gives an incentive, by what its document is called."""
    name = id_.rpartition("/")[2]
    for level, pattern in LEVELS.items():
        if re.search(pattern, name if level == "overview" else meta.title, re.IGNORECASE):
            return level
    return "city"


def entries_of(visit: Visit, found: Iterable[tuple[str, Metadata]]) -> list[Entry]:
    """Documents as entries of a list, in their order."""
    return [
        Entry(
            meta.title,
            CODES[meta.language],
            document_url(id_, tongue=visit.kept),
            meta.publisher,
            written(meta.issued, visit.tongue),
            badge(meta, visit.site.today, visit.tongue),
            meta.form is Form.DIGEST,
        )
        for id_, meta in found
    ]


def _listed(visit: Visit, name: str, groups: list[Group], off: str | None) -> Response:
    shown = [one for one in groups if one.entries or one.others] if off is None else []
    return visit.page(
        "list.html",
        title=getattr(visit.texts, f"{name}_title"),
        lead=getattr(visit.texts, f"{name}_lead") if off is None else off or visit.texts.off,
        groups=shown,
    )


def _group(visit: Visit, name: str, anchor: str, found: list[tuple[str, Metadata]]) -> Group:
    newest = sorted(found, key=lambda one: one[1].issued, reverse=True)
    own = [one for one in newest if one[1].language is visit.tongue.language]
    others = [one for one in newest if one[1].language is not visit.tongue.language]
    return Group(name, anchor, entries_of(visit, own), entries_of(visit, others))


def _of_subject(visit: Visit, subject: str) -> list[tuple[str, Metadata]]:
    if subject != "other":
        return visit.shelf.of_subject(subject)
    known = {one for one in SUBJECTS if one != "other"}
    return [
        (id_, meta)
        for id_, meta in visit.shelf.documents
        if id_.partition("/")[0] not in known or "/" not in id_
    ]


def _subject_name(visit: Visit, subject: str) -> str:
    text: str = getattr(visit.texts, f"subject_{subject.replace('-', '_')}")
    return text


def _words(visit: Visit, id_: str, meta: Metadata) -> str:
    held = visit.shelf.document(id_)
    headings = [words for one in held.sections for words in one.heading_path] if held else []
    return " ".join([meta.title, *headings])
