"""Make queries: what is searched for, from a question's words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hyqa.models.encoder import encodable
from hyqa.text.dates import years_in
from hyqa.text.thesaurus import equals_in, known_phrases
from hyqa.text.tokens import chinese_share, content_tokens, normalize, tokenize
from hyqa.types import Language, Query

MAX_QUESTION = 2000
"""Characters of a question that are read; what is longer is no question."""


def question_language(text: str) -> Language:
    """Tell the language of a question: Chinese as soon as a third of its letters are."""
    return Language.CHINESE if chinese_share(text) > 1 / 3 else Language.ENGLISH


def read_query(text: str) -> Query | None:
    """Make a query of keywords or a question as somebody types them; None where there are none."""
    asked = encodable(text).strip()[:MAX_QUESTION]
    return make_query(asked, question_language(asked)) if asked else None


def last_line(query: Query) -> Query:
    """Reduce the query of a follow-up to its last line; any other stays the very same object."""
    question = query.question
    if question == query.text:
        return query
    return replace(query, text=question, phrases=known_phrases(normalize(question)))


def make_query(
    text: str,
    language: Language | None = None,
    *,
    as_of: date | None = None,
    context: str = "",
    earlier: Sequence[str] = (),
    followed: Sequence[str] = (),
) -> Query:
    """Make a query of a question.

    Of a resolved follow-up, only the last line's words count in full as keywords; those of the
    lines before it and of the context count as synonyms do: the right passage was among the first
    five for .74 of the follow-ups of one set, with equal weight for .61.

    Args:
        text: the question, of a follow-up with what it follows in lines before it.
        language: that of the asker; the question's own where none is given.
        as_of: the day that was asked for, None for today.
        context: what was answered before.
        earlier: what was asked before a question that stands by itself; counts like context.
        followed: the questions before it, as they were asked: with them it is compared with
            foreseen questions.
    """
    *lines, question = text.split("\n")
    before = "\n".join([*lines, context, *earlier])
    years = tuple(dict.fromkeys(years_in(question)))
    folded = normalize(text)
    phrases = known_phrases(folded)
    return Query(
        text=text,
        language=language or question_language(text),
        tokens=tuple(tokenize(question)),
        content=tuple(content_tokens(text)),
        equals=tuple(tuple(tokenize("\n".join(others))) for others in equals_in(folded, phrases)),
        before=tuple(tokenize(before)),
        years=years,
        as_of_year="" if years or not as_of else str(as_of.year),
        context=context,
        earlier=tuple(earlier),
        phrases=phrases,
        followed=tuple(followed),
    )
