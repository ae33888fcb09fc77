"""Resolve what a follow-up takes from a list that was shown: 第二个, the last one.

Such a question says by its place which of several things it asks about. It is asked of that thing by
its name, since no passage says which was the second of an answer.
"""

import re
from collections.abc import Iterator, Sequence

from hyqa.question.follow_ups import Conversation, Turn
from hyqa.question.subjects import any_kind
from hyqa.text.figures import NUMERALS_OR_DIGITS, read_number
from hyqa.text.names import Names, names_in

LONGEST, MOST_WORDS = 16, 7
"""Characters of a Chinese item, and words of an English one: what is longer is no item but a clause."""
_ENGLISH = "first second third fourth fifth sixth".split()
_CHINESE_PLACE = re.compile(
    rf"(?:(?:你|上面|刚才|前面)(?:说|列|提到?|讲)?的)?(?:(?<!倒数)第(?P<place>{NUMERALS_OR_DIGITS})|(?P<last>最后|最末|末尾)那?(?:一|(?=[个家项条所种座类块]))"
    r"|(?P<former>前|头|打头那?|排第一的那|(?P<latter>后))一?(?=[个家项条所种座类者]))(?:个|家|项|条|所|种|座|类|者)(?!季|月|年|次|期)"
)
_ENGLISH_PLACE = re.compile(
    rf"\b(?:the|that)\s+(?P<place>{'|'.join(_ENGLISH)}|last|final|former|latter)"
    rf"(?:\s+(?:one|(?:{any_kind('english')})s?)\b(?:\s+of\s+(?:them|these|those))?|\s+of\s+(?:them|these|those)|(?=\s*(?:[?,.]|$)|\s+(?:is|was|has|do|does|make|offer)\b))",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*[（(][^（）()]*[）)]")
_CHINESE_CLAUSE = re.compile(r"[，。；：！？\n]")
_CHINESE_JOINT = re.compile(r"、|以及|(?<=[\u4e00-\u9fff])[和及与](?=[\u4e00-\u9fff])")
_CHINESE_OPENING = re.compile(r"^.*(?:是|有|为|包括|包含|分为|如|叫|即)")
_CHINESE_CLOSING = re.compile(r"(?<=..)(?:等|[两三四五六七八九十\d]+[个家条所项种大类]).*$")
_ITEM = rf"[^\s,;:.]+(?: [^\s,;:.]+){{0,{MOST_WORDS - 1}}}?"
_ENGLISH_LIST = re.compile(
    rf"\b(?:are|is|include|includes|has|have|names|named|as|for)\s+(?P<items>{_ITEM}(?:, {_ITEM})*,? and {_ITEM})"
    r"(?=\s+(?:as|in|at|of|under|with|for|according|that|which|by|on)\b|[,;.]|$)"
)
_ENGLISH_JOINT = re.compile(r",? and |, ")


def name_listed(question: str, conversation: Conversation, names: Names) -> str:
    """Put the name of a listed thing into a question that says which one it is by its place.

    Args:
        question: the user's words.
        conversation: what was shown before; the last answer that lists things counts, but for those
            to questions that took a thing from a list themselves.
        names: proper names of the corpus.

    Returns:
        The question itself where it names no place in a list, none so long was shown, or no proper
        name stands there: of 60 such talks that nobody had looked at, a name led to four right answers
        more and one wrong one, other words (11 所高校) to one and three.
    """
    found = _place_in(question)
    if not found:
        return question
    items = _listed_before(conversation.turns)
    place = _place(found)
    own = names_in(items[place], names) if place < len(items) and items else []
    return question[: found.start()] + own[0] + question[found.end() :] if own else question


def listed_in(text: str) -> tuple[str, ...]:
    """Find the first things that a text enumerates, two or more; () where it enumerates none."""
    for sentence in map(_without_asides, text.splitlines()):
        for items in (*_chinese(sentence), *_english(sentence)):
            return items
    return ()


def _without_asides(sentence: str) -> str:
    return _ASIDE.sub("", sentence)


def _listed_before(turns: Sequence[Turn]) -> tuple[str, ...]:
    lists = (listed_in(turn.reply) for turn in reversed(turns) if not _place_in(turn.question))
    return next(filter(None, lists), ())


def _place_in(question: str) -> re.Match[str] | None:
    """Find how a question says that it asks about a thing of a list."""
    return _CHINESE_PLACE.search(question) or _ENGLISH_PLACE.search(question)


def _place(found: re.Match[str]) -> int:
    """The place that words name, from 0; -1 is the last."""
    named = found.groupdict()
    word = (named["place"] or "").lower()
    if named.get("last") or named.get("latter") or word in ("last", "final", "latter"):
        return -1
    if word in _ENGLISH:
        return _ENGLISH.index(word)
    return max(int(read_number(word)) - 1, 0) if word and word != "former" else 0


def _chinese(sentence: str) -> Iterator[tuple[str, ...]]:
    for clause in _CHINESE_CLAUSE.split(sentence):
        first, *others = _CHINESE_JOINT.split(clause)
        if others:
            first = _CHINESE_OPENING.sub("", first)
            items = tuple(
                one.strip() for one in (first, *others[:-1], _CHINESE_CLOSING.sub("", others[-1]))
            )
            if all(1 < len(one) <= LONGEST for one in items):
                yield items


def _english(sentence: str) -> Iterator[tuple[str, ...]]:
    for found in _ENGLISH_LIST.finditer(sentence):
        yield tuple(one.removeprefix("the ") for one in _ENGLISH_JOINT.split(found["items"]))
