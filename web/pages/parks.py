"""The parks: a list, a card each, and two to four of them side by side."""

from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hyqa import Park
from web.languages import Tongue
from web.rendering.pictures import SIZE, Palette, county_picture
from web.rendering.places import Place, Withheld, name_code, place_of, place_url
from web.visit import Visit
from web.withheld import Switched, instead, switched_off

FOLDER = "/parks"
COLUMNS = ("level", "place", "area", "industries", "administration", "news")
"""Attributes of the list, as far as a corpus has them: where, how large, what for, who, what is new."""
LEAST, MOST = 2, 4
"""Parks beside each other: more do not fit on a screen."""


async def parks(request: Request) -> Response:
    """The list: a row each."""
    return await run_in_threadpool(_list, Visit.of(request))


async def park(request: Request) -> Response:
    """The card of a park: all that documents state of it."""
    return await run_in_threadpool(_card, Visit.of(request), request.path_params["key"])


async def compare(request: Request) -> Response:
    """Parks side by side, and a form that chooses them."""
    return await run_in_threadpool(_compared, Visit.of(request))


async def picture(request: Request) -> Response:
    """The parks by the county that documents state, as SVG."""
    return await run_in_threadpool(_picture, Visit.of(request))


def withheld(visit: Visit, subject: str, title: str, switched: Switched) -> Response | None:
    """What is shown while a subject is switched off; None where it is not."""
    if subject not in switched:
        return None
    lines = [switched[subject] or visit.texts.off]
    return visit.page("message.html", title=title, lines=lines)


def withholding(visit: Visit, switched: Switched) -> Withheld:
    """How documents of subjects that are switched off are withheld."""
    return lambda ids: instead(switched, ids, visit.texts.off)


def held(visit: Visit) -> tuple[Park, ...]:
    """The parks in the language of the visit."""
    return visit.shelf.parks[visit.tongue.language]


def svg(visit: Visit, **context: object) -> Response:
    """A picture; it may be kept for as long as the page that shows it."""
    text = visit.render("picture.svg", size=SIZE, **context)
    return Response(text, media_type="image/svg+xml", headers={"Vary": "Accept-Language"})


def _list(visit: Visit) -> Response:
    switched = switched_off(visit.site.database)
    if off := withheld(visit, "parks", visit.texts.parks_title, switched):
        return off
    found = [
        place_of(one, FOLDER, visit.shelf, visit.view, withholding(visit, switched))
        for one in held(visit)
    ]
    return visit.page(
        "parks.html",
        places=found,
        columns=[key for key in COLUMNS if found and key in found[0].boxes],
        alt=_alt(visit),
        code=name_code(visit.tongue),
    )


def _card(visit: Visit, key: str) -> Response:
    entry = next((one for one in held(visit) if one.key == key), None)
    if entry is None:
        raise HTTPException(404)
    switched = switched_off(visit.site.database)
    if off := withheld(visit, "parks", entry.name, switched):
        return off
    chains = [
        (one.name, place_url("/chains", one.key, visit.kept))
        for one in visit.shelf.chains[visit.tongue.language]
        if key in one.parks and "industry" not in switched
    ]
    return visit.page(
        "place.html",
        place=place_of(entry, FOLDER, visit.shelf, visit.view, withholding(visit, switched)),
        beside=chains,
        beside_title=visit.texts.park_chains,
        all_title=visit.texts.all_parks,
        all_url=visit.url(FOLDER),
        others=[one for one in held(visit) if one.key != key],
    )


def _compared(visit: Visit) -> Response:
    switched = switched_off(visit.site.database)
    if off := withheld(visit, "parks", visit.texts.compare_title, switched):
        return off
    entries = {one.key: one for one in held(visit)}
    asked = list(dict.fromkeys(one for one in visit.query.get("park", []) if one))
    known = [one for one in asked if one in entries]
    places = [
        place_of(entries[key], FOLDER, visit.shelf, visit.view, withholding(visit, switched))
        for key in known[:MOST]
    ]
    stated, missing = _rows(places) if len(places) >= LEAST else ([], [])
    return visit.page(
        "compare.html",
        places=places,
        stated=stated,
        missing=missing,
        notes=_notes(visit, asked, known),
        parks=list(entries.values()),
        code=name_code(visit.tongue),
        most=MOST,
    )


def _notes(visit: Visit, asked: Sequence[str], known: Sequence[str]) -> list[str]:
    """What is to be said of a choice that is not two to four parks of the list."""
    texts = visit.texts
    wrong = {
        texts.compare_unknown: len(known) < len(asked),
        texts.compare_few: bool(asked) and len(known) < LEAST,
        texts.compare_many: len(known) > MOST,
    }
    return [words for words, holds in wrong.items() if holds]


def _rows(places: Sequence[Place]) -> tuple[list[tuple[str, str]], list[str]]:
    """Keys and names of attributes that are stated of one of the places, and names of the others."""
    boxes = places[0].boxes.values()
    empty = {one.key for one in boxes if all(place.boxes[one.key].is_empty for place in places)}
    stated = [(one.key, one.name) for one in boxes if one.key not in empty]
    return stated, [one.name for one in boxes if one.key in empty]


def _by_county(visit: Visit) -> list[tuple[str, list[str]]]:
    """Names of parks by the county that documents state; those of none at the end."""
    groups: dict[str, list[str]] = {}
    for one in sorted(held(visit), key=lambda park: not park.county):
        groups.setdefault(one.county, []).append(one.name)
    return list(groups.items())


def _alt(visit: Visit) -> str:
    """What the picture shows, in words."""
    is_english = visit.tongue is Tongue.ENGLISH
    comma, colon, stop = (", ", ": ", "; ") if is_english else ("、", "：", "；")
    return stop.join(
        f"{name or visit.texts.county_none}{colon}{comma.join(names)}"
        for name, names in _by_county(visit)
    )


def _picture(visit: Visit) -> Response:
    if "parks" in switched_off(visit.site.database):
        raise HTTPException(404)
    is_narrow = "narrow" in visit.query
    groups = [(name or visit.texts.county_none, names) for name, names in _by_county(visit)]
    drawn = county_picture(groups, is_narrow=is_narrow)
    return svg(visit, drawn=drawn, colours=Palette.of("dark" in visit.query))
