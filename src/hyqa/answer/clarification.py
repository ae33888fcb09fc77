"""Ask back with complete questions to choose from, where a question leaves its subject open.

A choice names one thing that the question may mean; only what the documents answer is offered.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hyqa.answer.citing import leading, words_shown
from hyqa.index.build import Index
from hyqa.question.ambiguity import AmbiguousSubject, OpenPart
from hyqa.question.slots import MOST_CHOICES
from hyqa.text.tokens import chinese_share, normalize, without_question_words
from hyqa.types import Answer, Hit, Reading, Status

LEAST_CHOICES = 2
"""Fewer are no choice."""
MOST_TRIED = 6
"""Things that are tried as what is meant: each costs as much as a question."""
NEARLY = 2.0
"""How much lower the log-odds of another thing's best passage may be than those of the best, for
both to be meant: where one stands out, it is what is asked about."""
LEAST_WORDS = 0.1
"""Share of the weight of a question's words from which a document may be what it is about."""
_LONGEST_NAME = 40
_TITLE_ENDS = re.compile(r"[：:|（(【\[—–•·]|\s[-–]\s|\.\.\.|…")
"""Where a title goes on to say what of its subject the document tells."""
_LEADING = re.compile(r"^(?:那么?|还有|and|but|so|then)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Choice:
    """A complete question that may be meant, and the name of the thing that it asks about."""

    name: str
    question: str


def possible_choices(
    index: Index, question: str, vague: AmbiguousSubject, readings: Sequence[Reading]
) -> tuple[Choice, ...]:
    """List the questions that may be meant, the likeliest first, answered or not.

    Args:
        index: where the documents are.
        question: the question, its spelling mended.
        vague: what it leaves open.
        readings: of the hits of the question by itself.

    Returns:
        At most ``MOST_TRIED``.
    """
    names = _meant(index, question, vague, readings)[:MOST_TRIED]
    return tuple(
        Choice(name, _complete(question, vague, name, known=name in index.lexicon))
        for name in names
    )


def ask_back(
    vague: AmbiguousSubject, tried: Sequence[Choice], answers: Sequence[Answer], whole: Answer
) -> Answer:
    """Ask the question back where several things may be meant; else leave its answer as it is.

    One that names nothing at all is not answered by what only happens to hold its words.

    Args:
        vague: what the question leaves open.
        tried: the questions that may be meant.
        answers: the answer to each of them.
        whole: the answer to the question as it came.

    Returns:
        An answer with two to ``MOST_CHOICES`` choices, each answered by another document about
        what it names; or the answer to the whole, or a refusal.
    """
    chosen: dict[str, str] = {}
    for choice, answer in zip(tried, answers, strict=True):
        if answer.quotes and _is_about(answer, choice.name, vague):
            chosen.setdefault(answer.quotes[0].citation.document_id, choice.question)
    offered = tuple(chosen.values())[:MOST_CHOICES]
    if len(offered) >= LEAST_CHOICES:
        asked = replace(
            whole,
            status=Status.CLARIFY,
            quotes=(),
            nearest=(),
            closest=(),
            missing=(),
            pointer="",
            related=(),
        )
        return replace(asked, choices=offered, differs=False)
    if vague.openness is OpenPart.NOTHING and not offered:
        return replace(whole, status=Status.NOT_FOUND, quotes=(), missing=(), differs=False)
    return whole


def _is_about(answer: Answer, name: str, vague: AmbiguousSubject) -> bool:
    """Whether what leads an answer names what it was asked about, and a bare kind stands there."""
    shown = normalize(words_shown(leading(answer.quotes)))
    if normalize(name) not in shown:
        return False
    return vague.words != vague.kind or _is_of(name, vague) or vague.kind in shown


def _meant(
    index: Index, question: str, vague: AmbiguousSubject, readings: Sequence[Reading]
) -> tuple[str, ...]:
    """What a question may be about, that of the likeliest documents first."""
    found = [] if vague.openness is OpenPart.NAME else list(_subjects(index, readings))
    of_kind = [name for name in found if _is_of(name, vague)]
    names = of_kind if len(of_kind) >= LEAST_CHOICES or vague.names else found
    apart = _told_apart(index, [_thing(name, vague) for name in names] + list(vague.names))
    return tuple(_in_language(index, apart, chinese=chinese_share(question) > 0))


def _thing(name: str, vague: AmbiguousSubject) -> str:
    """A title up to what the question calls its subject (云岭开发区概况): two alike are one thing."""
    head, words, _ = name.partition(vague.words) if vague.words else ("", "", name)
    return head + words if head and words and chinese_share(words) else name


def _told_apart(index: Index, names: Sequence[str]) -> tuple[str, ...]:
    """Names, but one alone of those that the glossary has for one thing or that hold each other."""
    english = index.translations.terms
    apart: dict[str, str] = {}
    for name in names:
        thing = english.get(name, name)
        if not any(name in other or other in name for other in apart.values()):
            apart.setdefault(thing, name)
    return tuple(apart.values())


def _subjects(index: Index, readings: Sequence[Reading]) -> Iterator[str]:
    """What the documents are about that answer about as likely as the best, if they may."""
    best = max((item.logit for item in readings), default=0.0)
    for item in readings:
        holds = item.features.get("words", 0.0) >= LEAST_WORDS
        if holds and item.logit >= best - NEARLY and (name := _subject_of(index, item.hit)):
            yield name


def _in_language(index: Index, names: Sequence[str], *, chinese: bool) -> list[str]:
    """Names as the asker's language has them; of an English one, those that have one."""
    if chinese:
        return list(names)
    named = (index.translations.terms.get(name, name) for name in names)
    return [name for name in named if not chinese_share(name)]


def _subject_of(index: Index, hit: Hit) -> str:
    """The name of what a hit's document is about, by its title; '' where that tells none."""
    meta = index.store.document(hit.chunk.document_id).meta
    head = _TITLE_ENDS.split(" ".join(meta.title.split()))[0].strip()
    named = [name for name in index.lexicon.proper if name in head]
    asks = without_question_words(normalize(head)) != normalize(head)  # as overviews' titles do
    name = max(named, key=len, default="" if asks else head)
    return name if 1 < len(name) <= _LONGEST_NAME and name != hit.chunk.document_id else ""


def _complete(question: str, vague: AmbiguousSubject, name: str, *, known: bool) -> str:
    """The question with a name for what it leaves open; a title that is no name is marked as one."""
    chinese = chinese_share(question) > 0
    is_of = _is_of(name, vague) or name in vague.names
    if vague.openness is not OpenPart.WORD and vague.words and is_of:
        return question.replace(vague.words, name, 1)
    asked = _LEADING.sub("", question)
    if vague.openness is OpenPart.WORD and is_of:
        return f"{name}怎么样？" if chinese else f"What is said of {name}?"
    if vague.openness is OpenPart.WORD:
        asked = f"{vague.words}怎么样？" if chinese else f"what is said of {vague.words}?"
    if chinese:
        return f"关于{name if known else f'「{name}」'}，{asked}"
    return f"About {name}: {asked}"


def _is_of(name: str, vague: AmbiguousSubject) -> bool:
    """Whether a name says that what it names is of a kind, as 工业园 does of 园区."""
    if not vague.kind:
        return False
    if not chinese_share(vague.kind):
        return vague.kind in normalize(name)
    return name.endswith((vague.kind, vague.kind[-1], vague.kind[0]))
