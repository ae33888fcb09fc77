"""The parks: a list of places, a card each, and what documents state of one thing about it.

All of it is one message that changes where it stands.
"""

from collections import Counter
from collections.abc import Sequence

from bot.dialogues import keyboards, withheld
from bot.dialogues.buttons import Press, button
from bot.library import key_of
from bot.rendering.markup import escape, shorten
from bot.rendering.places import heading, render_cells, render_park
from bot.scene import Rows, Scene
from hyqa import CONTACT, INCENTIVES, LEVEL, SUMMARY, Cell, Language, Park

PAGE = 8
"""Parks on one page of buttons."""
NAME = 48
"""Units of a park's label: its name and its level."""
IN_A_ROW = {Language.CHINESE: 3, Language.ENGLISH: 2}
"""Buttons for attributes beside each other: a phone shows so many of their names whole."""


def start(scene: Scene, page: str = "0") -> None:
    """Show the list of parks in a new message."""
    scene.say(*_listed(scene, page))


def listed(scene: Scene, page: str = "0") -> None:
    """Show the list of parks in the place of what was pressed."""
    scene.turn(*_listed(scene, page))


def card(scene: Scene, key: str) -> None:
    """Show a park in the place of what was pressed."""
    park = _park(scene, key)
    if park is None or (off := withheld.of_subject(scene, "parks")):
        scene.turn(escape(scene.texts.gone if park is None else off))
        return
    cells = _shown(scene, park.cells)
    text = render_park(
        park, cells, _level(cells), scene.tongue, as_of=scene.today, site=scene.settings.web_url
    )
    scene.turn(text, _below(scene, park, cells))


def part(scene: Scene, key: str, attribute: str) -> None:
    """Show all that documents state of one thing about a park, or that they state nothing."""
    park = _park(scene, key)
    wanted = (
        next((one for one in park.attributes if key_of(one.key) == attribute), None)
        if park
        else None
    )
    if park is None or wanted is None:
        scene.turn(escape(scene.texts.gone))
        return
    back = [button(scene.texts.back, Press.PLACE, key)]
    if off := withheld.of_subject(scene, "incentives" if wanted.key == INCENTIVES else "parks"):
        scene.turn(escape(off), [back])
        return
    cells = _shown(scene, park.of(wanted.key))
    rows = [*_sources(scene, cells), *_ways(scene, wanted.key, cells), back]
    if not cells:
        said = scene.texts.park_states_nothing.format(park=park.name, name=wanted.name)
        scene.turn(escape(said), rows)
        return
    title = heading(park, wanted.name)
    first, *others = render_cells(
        title, cells, scene.tongue, as_of=scene.today, site=scene.settings.web_url
    )
    scene.turn(first, rows)
    for text in others:
        scene.say(text)


def _listed(scene: Scene, page: str) -> tuple[str, Rows]:
    """The text and the buttons of a page of the list."""
    if off := withheld.of_subject(scene, "parks"):
        return escape(off), ()
    parks = scene.shelf.engine.parks(scene.tongue.language)
    last = max(len(parks) - 1, 0) // PAGE
    number = min(int(page), last) if page.isascii() and page.isdecimal() and len(page) < 4 else 0
    rows: Rows = [
        [button(_label(scene, park), Press.PLACE, key_of(park.key))]
        for park in parks[number * PAGE : (number + 1) * PAGE]
    ]
    around = [button("◀", Press.PLACES, number - 1)] if number else []
    around += [button("▶", Press.PLACES, number + 1)] if number < last else []
    pages = f" ({number + 1}/{last + 1})" if last else ""
    text = scene.texts.choose_place.format(count=len(parks)) + pages
    return escape(text if parks else scene.texts.nothing_here), [*rows, around]


def _label(scene: Scene, park: Park) -> str:
    """A park's name with its level, as far as a document states it."""
    level = _level(_shown(scene, park.cells))
    ending = f" · {level}" if level else ""
    return shorten(park.name, NAME - len(ending)) + ending


def _level(cells: Sequence[Cell]) -> str:
    """The words of a document for a park's level; '' where none states it in a few words."""
    return next((cell.value for cell in cells if cell.attribute.key == LEVEL and cell.value), "")


def _below(scene: Scene, park: Park, cells: Sequence[Cell]) -> Rows:
    """The buttons below a card: a thing each, the incentives in any case, and the way back."""
    key = key_of(park.key)
    stated = Counter(cell.attribute.key for cell in cells)
    things = [
        button(_thing(one.name, stated[one.key]), Press.PLACE_PART, key, key_of(one.key))
        for one in park.attributes
        if (one.key in stated and one.key != SUMMARY) or one.key == INCENTIVES
    ]
    many = IN_A_ROW[scene.tongue.language]
    rows = [things[at : at + many] for at in range(0, len(things), many)]
    person = keyboards.person(scene) if CONTACT not in stated else []
    follow = keyboards.follow(scene, "park", key)
    return [
        *rows,
        *person,
        *follow,
        [button(scene.texts.all_parks, Press.PLACES, _page_of(scene, park))],
    ]


def _thing(name: str, count: int) -> str:
    """What an attribute's button says: how many quotes there are, where it is not one."""
    return f"{name} ({count})" if count > 1 else name


def _page_of(scene: Scene, park: Park) -> int:
    """The page of the list on which a park stands."""
    keys = [one.key for one in scene.shelf.engine.parks(scene.tongue.language)]
    return keys.index(park.key) // PAGE


def _sources(scene: Scene, cells: Sequence[Cell]) -> Rows:
    """The original of each quote, and what stands around it."""
    return [
        keyboards.of_source(scene, [cell.quote], f" {number}" if len(cells) > 1 else "")
        for number, cell in enumerate(cells[: keyboards.SHOWN_SOURCES], 1)
    ]


def _ways(scene: Scene, attribute: str, cells: Sequence[Cell]) -> Rows:
    """Where else to look: the city's incentives; a person, where documents do not tell."""
    incentives = [button(scene.texts.all_incentives, Press.SUBJECT, "incentives")]
    others = [incentives] if attribute == INCENTIVES else []
    return [*others, *([] if cells else keyboards.person(scene))]


def _park(scene: Scene, key: str) -> Park | None:
    parks = scene.shelf.engine.parks(scene.tongue.language)
    return next((park for park in parks if key_of(park.key) == key), None)


def _shown(scene: Scene, cells: Sequence[Cell]) -> list[Cell]:
    """The cells whose documents are not withheld."""
    return [
        cell
        for cell in cells
        if not withheld.is_withheld(scene.session, cell.quote.citation.document_id)
    ]
