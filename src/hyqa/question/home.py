"""Find a corpus's own places: those that much of it names, so that any question means them."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from hyqa.index.build import Index
from hyqa.index.sparse import SparseIndex
from hyqa.question.subjects import names_subject
from hyqa.question.words import Tagged
from hyqa.text.names import Gazetteer

HOME_SHARE = 0.2
"""A place that more of the chunks name is where the corpus is at home: each question means it."""


def is_home(name: str, sparse: SparseIndex) -> bool:
    """Say whether a name is the corpus's own: more than ``HOME_SHARE`` of the chunks hold it."""
    token = sparse.token_of(name) if name.isascii() else f"_{name[:2]}"
    return sparse.share(token) > HOME_SHARE


def own_places(index: Index) -> tuple[str, ...]:
    """Find the corpus's own places, in both scripts; () where it has none."""
    return _own_places(index.sparse, index.gazetteer)


def names_home(tagged: Iterable[Tagged], index: Index) -> bool:
    """Say whether a question names one of the corpus's own places, be it beside others."""
    return any(index.gazetteer.without_area(word) in own_places(index) for word, _ in tagged)


def is_about_home(question: str, tagged: Iterable[Tagged], index: Index) -> bool:
    """Say whether a question is about one of the corpus's own places as a whole."""
    places = index.gazetteer
    named = [home for home in own_places(index) if places.names_city(home, question)]
    rest = places.without_cities(question, named)
    return bool(named) and names_home(tagged, index) and not names_subject(rest, index.sparse)


def is_of_part(title: str, homes: Sequence[str], gazetteer: Gazetteer) -> bool:
    """Say whether a folded title is about a park, a county or another city than the corpus's own.

    Of several places, the first is the one that it is about.
    """
    if gazetteer.names_part(title):
        return True
    named = [title.index(home) for home in homes if gazetteer.names_city(home, title)]
    if not named:  # but a county that is called after the city, or another place
        return any(place in title for place in gazetteer.places)
    others = (title.find(place) for place in gazetteer.places if place not in homes)
    return any(0 <= found < min(named) for found in others)


@lru_cache(maxsize=2)
def _own_places(sparse: SparseIndex, gazetteer: Gazetteer) -> tuple[str, ...]:
    return tuple(sorted(name for name in gazetteer.places if is_home(name, sparse)))
