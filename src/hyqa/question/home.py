"""Find a corpus's own places: those that much of it names, so that any question means them."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from hyqa.index.sparse import SparseIndex
from hyqa.question.subjects import names_subject
from hyqa.question.words import Tagged

HOME_SHARE = 0.2
"""A place that more of the chunks name is where the corpus is at home: each question means it."""
AREA = re.compile("(?<=..)(?:地区|[省市区县])$")
_PART = re.compile(
    r"园区|产业园|工业园|科技园|开发区|高新区|经开区|保税区|新区|小镇|科学城|基地|机场"
    r"|\b(?:zone|park|town|base|airport)\b"
)


def is_home(name: str, sparse: SparseIndex) -> bool:
    """Say whether a name is the corpus's own: more than ``HOME_SHARE`` of the chunks hold it."""
    token = sparse.token_of(name) if name.isascii() else f"_{name[:2]}"
    return sparse.share(token) > HOME_SHARE


@lru_cache(maxsize=2)
def own_places(sparse: SparseIndex) -> tuple[str, ...]:
    """Find the corpus's own places, in both scripts; () where it has none."""
    return tuple(sorted(name for name in gazetteer() if is_home(name, sparse)))


def names_home(tagged: Iterable[Tagged], sparse: SparseIndex) -> bool:
    """Say whether a question names one of the corpus's own places, be it beside others."""
    return any(AREA.sub("", word) in own_places(sparse) for word, _ in tagged)


def is_about_home(question: str, tagged: Iterable[Tagged], sparse: SparseIndex) -> bool:
    """Say whether a question is about one of the corpus's own places as a whole."""
    named = [home for home in own_places(sparse) if names_alone(home, question)]
    rest = re.sub(f"(?:{'|'.join(named)})市?", " ", question)
    return bool(named) and names_home(tagged, sparse) and not names_subject(rest, sparse)


def names_alone(place: str, folded: str) -> bool:
    """Say whether a folded text names a city, and not only the county of the same name."""
    return re.search(rf"{place}(?!县|\s*county)", folded) is not None


def is_of_part(title: str, homes: Sequence[str]) -> bool:
    """Say whether a folded title is about a park, a county or another city than the corpus's own.

    Of several places, the first is the one that it is about (Leiyang City in Hengyang).
    """
    if _PART.search(title):
        return True
    named = [title.index(home) for home in homes if names_alone(home, title)]
    if not named:  # but a county that is called after the city, or another place
        return any(place in title for place in gazetteer())
    others = (title.find(place) for place in gazetteer() if place not in homes)
    return any(0 <= found < min(named) for found in others)


@cache
def gazetteer() -> frozenset[str]:
    """Names of places that the tagger does not know, folded."""
    lines = files("hyqa.question").joinpath("places.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(" ".join(line for line in lines if not line.startswith("#")).split())
