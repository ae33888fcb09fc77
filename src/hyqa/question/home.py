"""Tell whether a question, or a title, is about the corpus's own places."""

from collections.abc import Iterable, Sequence

from hyqa.index.build import Index
from hyqa.question.subjects import names_subject
from hyqa.question.words import Tagged
from hyqa.text.names import Gazetteer


def names_home(folded: str, tagged: Iterable[Tagged], index: Index) -> bool:
    """Say whether a question names one of the corpus's own places, be it beside others.

    That may be in another word (云岭人), but not as the county that is called after the city.
    """
    places = index.gazetteer
    words = {places.without_area(word) for word, _ in tagged}
    return any(home in words or places.names_city(home, folded) for home in index.homes)


def is_about_home(question: str, tagged: Iterable[Tagged], index: Index) -> bool:
    """Say whether a question is about one of the corpus's own places as a whole."""
    places = index.gazetteer
    named = [home for home in index.homes if places.names_city(home, question)]
    rest = places.without_cities(question, named)
    return (
        bool(named)
        and names_home(question, tagged, index)
        and not names_subject(rest, index.sparse)
    )


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
