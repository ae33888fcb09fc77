"""From a question's words to a query."""

import re
from datetime import date

from hyqa.thesaurus import synonyms_in
from hyqa.tokens import chinese_share, content_tokens, tokenize
from hyqa.types import Language, Query

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def question_language(text: str) -> Language:
    """Language that a question is asked in: Chinese as soon as a third of its letters are."""
    return Language.CHINESE if chinese_share(text) > 1 / 3 else Language.ENGLISH


def make_query(text: str, language: Language | None = None, *, as_of: date | None = None) -> Query:
    """Make a query of a question.

    Args:
        text: what is asked, follow-ups resolved.
        language: the question's own where none is given.
        as_of: the day that was asked for, None for today.
    """
    years = tuple(dict.fromkeys(_YEAR.findall(text.rsplit("\n", 1)[-1])))
    return Query(
        text=text,
        language=language or question_language(text),
        tokens=tuple(tokenize(text)),
        content=tuple(content_tokens(text)),
        synonyms=tuple(tokenize("\n".join(synonyms_in(text)))),
        years=years,
        as_of_year="" if years or not as_of else str(as_of.year),
    )
