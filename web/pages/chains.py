"""The industrial chains: a picture, a table, and a card each."""

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hyqa import Cell, Chain
from web.library import subject_of
from web.pages import parks
from web.rendering.days import written
from web.rendering.pictures import Palette, chain_picture
from web.rendering.places import name_code, place_of, place_url
from web.visit import Visit
from web.withheld import Switched, switched_off

FOLDER = "/chains"
SUBJECT = "industry"
COLUMNS = ("output", "investment", "companies", "projects")
"""Attributes of the table beside the parks, as far as a corpus has them."""
DRAWN = ("output", "investment")
"""Attributes whose first figure stands in the picture."""


async def chains(request: Request) -> Response:
    """The picture and the table."""
    return await run_in_threadpool(_list, Visit.of(request))


async def chain(request: Request) -> Response:
    """The card of a chain."""
    return await run_in_threadpool(_card, Visit.of(request), request.path_params["key"])


async def picture(request: Request) -> Response:
    """Chains and their parks, as SVG."""
    return await run_in_threadpool(_picture, Visit.of(request))


def _list(visit: Visit) -> Response:
    switched = switched_off(visit.site.database)
    if off := parks.withheld(visit, SUBJECT, visit.texts.chains_title, switched):
        return off
    found = [
        (
            place_of(one, FOLDER, visit.shelf, visit.view, parks.withholding(visit, switched)),
            _parks(visit, one, switched),
        )
        for one in _held(visit)
    ]
    return visit.page(
        "chains.html",
        chains=found,
        columns=[key for key in COLUMNS if found and key in found[0][0].boxes],
        code=name_code(visit.tongue),
    )


def _card(visit: Visit, key: str) -> Response:
    entry = next((one for one in _held(visit) if one.key == key), None)
    if entry is None:
        raise HTTPException(404)
    switched = switched_off(visit.site.database)
    if off := parks.withheld(visit, SUBJECT, entry.name, switched):
        return off
    return visit.page(
        "place.html",
        place=place_of(entry, FOLDER, visit.shelf, visit.view, parks.withholding(visit, switched)),
        beside=_parks(visit, entry, switched),
        beside_title=visit.texts.chain_parks,
        all_title=visit.texts.all_chains,
        all_url=visit.url(FOLDER),
        others=[],
    )


def _held(visit: Visit) -> tuple[Chain, ...]:
    return visit.shelf.chains[visit.tongue.language]


def _parks(visit: Visit, entry: Chain, switched: Switched) -> list[tuple[str, str]]:
    """Names and addresses of the parks of a chain; of none where parks are switched off."""
    names = {} if "parks" in switched else {one.key: one.name for one in parks.held(visit)}
    return [
        (names[key], place_url(parks.FOLDER, key, visit.kept))
        for key in entry.parks
        if key in names
    ]


def _picture(visit: Visit) -> Response:
    switched = switched_off(visit.site.database)
    if SUBJECT in switched:
        raise HTTPException(404)
    names = {} if "parks" in switched else {one.key: one.name for one in parks.held(visit)}
    drawn = chain_picture(
        [(one.name, _figures(visit, one, switched), one.parks) for one in _held(visit)],
        names,
        is_narrow="narrow" in visit.query,
    )
    return parks.svg(visit, drawn=drawn, colours=Palette.of("dark" in visit.query))


def _figures(visit: Visit, entry: Chain, switched: Switched) -> list[str]:
    """The first figure of each attribute that is drawn, with what it is and its date."""
    found = []
    for key in DRAWN:
        cell = next((one for one in entry.of(key) if one.value), None)
        if cell and not _is_off(cell, switched):
            words = f"{cell.attribute.name} {cell.value}"
            day = written(cell.date, visit.tongue) if cell.date else visit.texts.cell_undated
            found.append(visit.texts.chain_figure.format(words=words, day=day))
    return found


def _is_off(cell: Cell, switched: Switched) -> bool:
    return subject_of(cell.quote.citation.document_id) in switched
