"""Check a written summary against the quotes that it cites, sentence by sentence.

A sentence stands only if it cites a quote at its end and says nothing that is not there: every
figure with its unit, every name and most of its words stand in the quotes that it cites, no other
figure of that unit stands between a figure and the words beside it, and what negates or limits the
words that it takes up is neither lost nor added. It is meant to drop too much rather than too
little: what is dropped is still quoted below.
"""

import re
from collections.abc import Iterator, Sequence

import rjieba

from hyqa.reading.wording import PLANNED
from hyqa.text.figures import FIGURE_WITH_UNIT
from hyqa.text.names import NAME_TAGS, PLACE_TAGS
from hyqa.text.scripts import CHINESE
from hyqa.text.sentences import CLAUSE, sentence_spans
from hyqa.text.tokens import content_tokens, normalize, tokenize
from hyqa.types import Statement

MOST_STATEMENTS = 6
"""Sentences of one paragraph."""
LONGEST_TEXT = 3000
"""Characters of a written text that are looked at."""
LONGEST = 300
"""Characters of a sentence that is looked at."""
WORDS_HELD = 0.75
"""Share of a sentence's words that the quotes it cites must hold."""
TAKEN_UP = 0.5
"""Share of a clause's words from which a sentence takes it up, with what limits it."""

_MARKS = re.compile(r"((?:\[\d{1,2}\]\s{0,2})+)")
_STOPS = " 。.!！"
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069<>@`*_#|\\\[\]{}]|://|www\."
)
"""What no plain sentence holds: markup, addresses, what hides or turns text."""
_LIMITS = tuple(
    re.compile(pattern)
    for pattern in (
        r"不|没|无|未|非|\b(?:not|no|never|without|cannot)\b|n't\b",
        r"不超过|最[高多长大]|以[内下]|上限|\b(?:at most|up to|no more than|not exceed\w*|maximum|within)\b",
        r"不低于|至少|最[低少短]|以上|\b(?:at least|minimum|no less than|or more|over|above)\b",
        r"除|不含|不包括|例外|\b(?:except|excluding|unless)\b",
        rf"试行|{PLANNED}|\b(?:trial|planned?|target|expected|would)\b",
        r"可以?|应当?|必须|须|\b(?:may|must|shall|should)\b",
        r"仅|只|首次|一次性|\b(?:only|once|first|one-off)\b",
    )
)
"""Kinds of words that turn or limit what is said."""
_CAPITALISED = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z][\w-]+")


def supported_statements(text: str, quotes: Sequence[str]) -> tuple[Statement, ...]:
    """Find the sentences of a written text that the quotes they cite support.

    Args:
        text: what was written: sentences, each ending with ``[n]``.
        quotes: the texts that it may cite, by number from 1.
    """
    found: dict[str, Statement] = {}
    for body, numbers in _cited(" ".join(text.split())):
        cited = [quotes[number - 1] for number in numbers if 0 < number <= len(quotes)]
        if len(cited) == len(numbers) and is_supported(body, "\n".join(cited)):
            found.setdefault(body, Statement(body, numbers))
    return tuple(found.values())[:MOST_STATEMENTS]


def is_supported(sentence: str, quote: str) -> bool:
    """Say whether a sentence tells only what stands in a quote, with the quote's limits."""
    if len(sentence) > LONGEST or _UNSAFE.search(sentence):
        return False
    said, shown = _solid(sentence), _solid(quote)
    return (
        _holds_words(quote, sentence, WORDS_HELD)
        and all(name in shown for name in _names(sentence))
        and all(_holds_figure(clause, shown) for clause in CLAUSE.findall(said))
        and _keeps_limits(said, shown)
    )


def _cited(text: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each cited sentence with the numbers it cites; sentences before it that cite none go."""
    pieces = _MARKS.split(text[:LONGEST_TEXT])
    for before, marks in zip(pieces[::2], pieces[1::2], strict=False):
        body = before.strip(_STOPS)
        if body:
            start, _ = sentence_spans(body)[-1]
            numbers = tuple(dict.fromkeys(int(number) for number in re.findall(r"\d+", marks)))
            yield body[start:].strip(), numbers


def _solid(text: str) -> str:
    """A text as it is compared: folded, thousands without commas, no space beside Chinese."""
    folded = re.sub(r"(?<=\d),(?=\d{3})", "", normalize(text))
    folded = re.sub(r"\.(?=\s|$)", "。", folded)
    return re.sub(
        rf"(?<=[{CHINESE}])[ \t]+|[ \t]+(?=[{CHINESE}])|(?<=\d)[ \t]+(?=[a-z%])", "", folded
    )


def _holds_words(text: str, words_of: str, share: float) -> bool:
    """Whether a text holds at least a share of another's words, of which there are some."""
    held = set(tokenize(text))
    words = [token for token in content_tokens(words_of) if not token.startswith("_")]
    return bool(words) and sum(word in held for word in words) >= share * len(words)


def _names(sentence: str) -> Iterator[str]:
    """Names in a sentence, as they are compared."""
    for word, tag in rjieba.tag(normalize(sentence)):
        if tag in (*PLACE_TAGS, *NAME_TAGS) and len(word) > 1 and not word.isascii():
            yield word
    yield from (normalize(name) for name in _CAPITALISED.findall(sentence))


def _holds_figure(clause: str, shown: str) -> bool:
    """Whether each figure of a clause stands in a text, near the words that it stands by."""
    words = [word for word in rjieba.cut(clause) if len(word) > 1 and not word.isdigit()]
    for figure in FIGURE_WITH_UNIT.finditer(clause):
        places = [one for one in FIGURE_WITH_UNIT.finditer(shown) if one.group() == figure.group()]
        if not any(_belongs(words, one, shown) for one in places):
            return False
    return True


def _belongs(words: Sequence[str], figure: re.Match[str], shown: str) -> bool:
    """Whether a figure's clause or what leads up to it holds the words, no figure of its unit between."""
    ends = next((one.end() for one in CLAUSE.finditer(shown) if one.end() >= figure.end()), 0)
    others = [
        one.start()
        for one in FIGURE_WITH_UNIT.finditer(shown)
        if one["unit"] == figure["unit"] and one.group() != figure.group()
    ]
    for word in words:
        near = shown.rfind(word, 0, ends)
        if near < 0 and word in shown:
            return False
        if near >= 0 and any(near < other < figure.start() for other in others):
            return False
    return True


def _keeps_limits(said: str, shown: str) -> bool:
    """Whether a sentence has the limits of the clauses that it takes up, and no others."""
    taken = [clause for clause in CLAUSE.findall(shown) if _is_taken_up(clause, said)]
    return all(
        bool(limit.search(said)) == any(limit.search(clause) for clause in taken)
        for limit in _LIMITS
    )


def _is_taken_up(clause: str, said: str) -> bool:
    """Whether a sentence says what a clause does: has a figure of it, or most of its words."""
    figures = {figure.group() for figure in FIGURE_WITH_UNIT.finditer(said)}
    if any(figure.group() in figures for figure in FIGURE_WITH_UNIT.finditer(clause)):
        return True
    return _holds_words(said, clause, TAKEN_UP)
