"""Questions: what is searched for, and what a text must hold to answer it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from hyqa.types.documents import Language

_FOLLOWED = 2
"""Questions before one that are compared with foreseen questions together with it."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: a question with its follow-up resolved and its spelling mended.

    ``tokens`` are all its keyword tokens, ``content`` the distinct ones without question and
    function words: what a text must cover to answer it. ``equals`` are, of each of its words that
    has any, the tokens of those that documents may use instead, ``before`` tokens of earlier lines.
    ``years`` are those that it names.
    ``as_of_year`` is the year that the answer should be of, '' where no day was given or the
    question names a year itself. ``context`` is what a follow-up was told before; it is encoded
    with the text, not asked for. ``earlier`` are questions that were asked before one that stands
    by itself: what it means is more likely near them. ``phrases`` are the phrases of the thesaurus
    that stand in its folded text. ``followed`` are the questions before it, as they were asked,
    ``told`` is what was answered to the last of them.
    """

    text: str
    language: Language
    tokens: tuple[str, ...]
    content: tuple[str, ...]
    equals: tuple[tuple[str, ...], ...] = ()
    before: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    as_of_year: str = ""
    context: str = ""
    earlier: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    followed: tuple[str, ...] = ()
    told: str = ""

    @property
    def follows(self) -> bool:
        """Whether anything was asked, or answered, before it in a conversation."""
        return bool(self.followed or self.told)

    @property
    def encoded(self) -> str:
        """What is encoded: the text, with the context before the question itself."""
        *earlier, question = self.text.split("\n")
        return "\n".join(filter(None, [*earlier, self.context, question]))

    @property
    def asked(self) -> str:
        """What is compared with foreseen questions: the question below those that it follows."""
        *before, question = self.text.split("\n")
        return "\n".join([*(self.followed or before or self.earlier)[-_FOLLOWED:], question])

    @property
    def question(self) -> str:
        """The question itself: of a resolved follow-up, the last of the lines searched for."""
        return self.text.rsplit("\n", 1)[-1]


@dataclass(frozen=True, slots=True)
class AnswerKind:
    """A kind of answer, such as an amount or a duration.

    ``asked`` finds it in questions, ``found`` in texts that may answer.
    """

    name: str
    asked: re.Pattern[str]
    found: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Count:
    """What a question counts, by the words that texts may use for it."""

    nouns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Several:
    """The several things that a question asks for.

    ``means`` are those by which something is done, ``each`` those of which the same is asked, as
    the question names them; ``listed`` says that it asks for what texts give as a list, ``total``
    for a count, a sum or the greatest of several, ``steps`` for what happened one after the other.
    """

    means: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    listed: bool = False
    total: bool = False
    steps: bool = False


@dataclass(frozen=True, slots=True)
class QuestionAnalysis:
    """What a question asks; made once a query, and passed on to all that read.

    Attributes:
        words: its content words, each with its weight (inverse document frequency).
        tokens: the characters of its keyword tokens with their weights.
        things: those of the words that are nouns; in English, all.
        places: places that it names.
        names: other names in it.
        years: years that it names, four digits each.
        focus: the noun that it is about, '' if none.
        kind: the kind of answer that it asks for, None where its words do not tell.
        confirms: whether yes or no would answer it.
        abroad: whether it names places, none of them the corpus's own, of a corpus that has some.
        foreign: those of them that are neither of its region; () where any of its own is named.
        aliases: for a place or name in Latin letters, what it is called in Chinese.
        sites: for each park or place in it that has a name of its own, all names of it, folded.
        homes: names of the corpus's own places, where the question is about one of them as a whole.
        overview: the names of the park that it names and asks nothing of; () of any other question.
        sentence_tokens: tokens by which sentences are chosen, with their weights.
        core: those of them that say what is asked, rather than where to look.
        aspects: tokens of each thing that the question enumerates.
        sentence_kind: the kind by which sentences are chosen: that of the words as they are typed,
            in which "How many PhDs" does not tell what is counted. Chosen by ``kind``, two of 783
            golden answers would be other ones.
        counted: what it counts, None where it counts nothing.
        several: the several things that it asks for.
    """

    words: tuple[tuple[str, float], ...]
    tokens: tuple[tuple[str, float], ...]
    places: tuple[str, ...]
    names: tuple[str, ...]
    years: tuple[str, ...]
    focus: str
    kind: AnswerKind | None
    abroad: bool
    foreign: tuple[str, ...] = ()
    confirms: bool = False
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    things: tuple[str, ...] = ()
    sites: tuple[tuple[str, ...], ...] = ()
    homes: tuple[str, ...] = ()
    overview: tuple[str, ...] = ()
    sentence_tokens: Mapping[str, float] = field(default_factory=dict)
    core: frozenset[str] = frozenset()
    aspects: tuple[frozenset[str], ...] = ()
    sentence_kind: AnswerKind | None = None
    counted: Count | None = None
    several: Several = Several()

    @property
    def places_abroad(self) -> tuple[str, ...]:
        """The places that it is about, where these are not the corpus's own."""
        return self.places if self.abroad else ()


@dataclass(frozen=True, slots=True)
class Understanding:
    """How a message was understood.

    Attributes:
        message: the message as it came.
        spelled: the same with its spelling mended.
        resolved: what is searched for: a follow-up with what it leaves out, a line each.
        language: the language that it is answered in.
        compared: the names that it compares or asks the same of; () of any other.
    """

    message: str
    spelled: str
    resolved: str
    language: Language
    compared: tuple[str, ...] = ()
