"""Measure how well a passage supports an answer to a question."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import and_, itemgetter, or_

from hyqa.index.chunking import text_width
from hyqa.question.home import is_of_part
from hyqa.question.kinds import memoized
from hyqa.reading.holding import holds_token, share_held, ways_to_hold, weightiest_missing
from hyqa.text.dates import years_in
from hyqa.text.names import Gazetteer
from hyqa.text.scripts import simplify
from hyqa.text.sentences import sentence_spans, without_asides
from hyqa.text.thesaurus import token_forms
from hyqa.text.tokens import HeldTokens, normalize
from hyqa.types import AnswerKind, Language, QuestionAnalysis

REACH = {Language.CHINESE: 80, Language.ENGLISH: 200}
"""Characters within which words stand together: about two sentences. 40 to 160 did about equally
well on ncp_policy."""

NEAR_BEST = 0.1
"""Share of the question's tokens by which a sentence may fall behind the best and still speak of it."""
FIGURES = frozenset({"money", "percentage", "area", "number"})
"""Kinds of answer that are another one each year."""
Weighted = tuple[str, float]
"""A token and its weight."""
SAID = 10
"""Chinese characters, of which a figure makes up for all, that a passage must have besides the
question's words and notes in brackets to say anything: of ten sets' best passages two have less, and
neither answers; of those with up to 30, three of five do."""
LONGEST_BARE = 100
"""Characters of a passage that may say so little: longer ones are not looked at."""
_UNSAID = re.compile(r"[\W_]+")
OPENING, SIGNATURE = 300, 200
"""Characters in which a document says whose it is: its head, and who signed it."""


@dataclass(frozen=True, slots=True)
class Support:
    """What a passage holds and lacks of what a question asks, all numbers 0 to 1.

    ``words`` is the held share of the weight of its words, synonyms allowed; ``together`` that of
    its keyword tokens within reach of one another, those in title and headings for free. The
    others say what is missing: a place, another name or a year that the question names, any text
    of the kind that it asks for, the noun that it is about. Places, names, years and that noun
    may stand anywhere in the document; ``place_far`` says that a place does only there, and
    neither in the passage or what heads it nor where the document opens or is signed.
    ``rarest`` is how much the weightiest of the words that are missing weighs, beside the
    weightiest of all. ``elsewhere`` says that the question is about a place that is not the
    corpus's own, and that the passage and its headings do not name. ``kind_far`` and
    ``year_far`` are how much less of the question's tokens stands in the sentence with text of
    the kind, or with its years, than in the best one. ``other_year`` says that a figure of some
    year is asked for, and that the sentences nearest to it are of others, ``unnamed`` that the
    document lacks a Chinese name that the question has in Latin letters, ``bare`` that the passage
    says hardly more than the question itself, ``other_site`` that a figure of a park or of the
    corpus's own city is asked for, and that the passage is of another: not about that park, nor
    with a figure in a sentence that names it or follows one that does; in a document about a county.
    """

    words: float
    together: float
    rarest: float
    place: float
    place_far: float
    name: float
    year: float
    kind: float
    focus: float
    elsewhere: float
    kind_far: float
    year_far: float
    other_year: bool = False
    unnamed: bool = False
    bare: bool = False
    other_site: bool = False


class Passage:
    """A text that may support an answer.

    Args:
        context: what stands around it: its document's title on a line, publisher, headings.
        words: what it says.
        document: the document's whole text.
        language: what it is written in.
        gazetteer: tells which part of a region its title is about.
    """

    def __init__(
        self, context: str, words: str, document: str, language: Language, gazetteer: Gazetteer
    ) -> None:
        context, self._words = normalize(context), normalize(words)
        self._all = f"{context}\n{self._words}"
        self._title = context.partition("\n")[0]
        self._document = document
        self._gazetteer = gazetteer
        self._context, self._body = HeldTokens(context), HeldTokens(self._words)
        self._reach = REACH[language]
        self._kinds: dict[AnswerKind, list[bool]] = {}

    def support(self, asked: QuestionAnalysis) -> Support:
        """Measure how well this text supports an answer."""
        weights, held = [weight for _, weight in asked.words], self.holds(asked)
        shares = self._shares(asked) if asked.kind or asked.years else []
        lacking = {n for n in (*asked.places, *asked.names) if self._lacks_name(n, asked)}
        place = not lacking.isdisjoint(asked.places)
        return Support(
            words=share_held(weights, held),
            together=self._together(asked),
            rarest=weightiest_missing(weights, held),
            place=float(place),
            place_far=float(not place and any(map(self._is_far, asked.places))),
            name=float(not lacking.isdisjoint(asked.names)),
            year=float(any(map(self._lacks, asked.years))),
            kind=float(asked.kind is not None and not any(self._has(asked.kind))),
            elsewhere=float(asked.abroad and not all(self._names(p, asked) for p in asked.places)),
            focus=1 - self._held(asked.focus) if self._lacks(asked.focus) else 0.0,
            kind_far=self._kind_far(asked, shares),
            year_far=self._year_far(asked, shares),
            other_year=self._is_of_other_year(asked, shares),
            unnamed=not lacking.isdisjoint(asked.aliases),
            bare=self._is_bare(asked),
            other_site=asked.kind is not None
            and asked.kind.name in FIGURES
            and (self._is_of_part(asked) or self._is_of_other_site(asked)),
        )

    @cached_property
    def _sentences(self) -> list[HeldTokens]:
        spans = sentence_spans(self._words)
        return [HeldTokens(self._words[start:end]) for start, end in spans]

    def _shares(self, asked: QuestionAnalysis) -> list[float]:
        """Share of the tokens' weight that each sentence holds, those in the context for free.

        Years are left out: whether they stand there is asked by itself.
        """
        asked_for = [pair for pair in asked.tokens if not pair[0].startswith(asked.years or ("?",))]
        total, free, rest = self._apart(asked_for)
        return [
            (free + sum(weight for token, weight in rest if holds_token(sentence, token)))
            / (total or 1.0)
            for sentence in self._sentences
        ]

    def _kind_far(self, asked: QuestionAnalysis, shares: list[float]) -> float:
        if asked.kind is None:
            return 0.0
        return _lack(shares, self._has(asked.kind))

    def _year_far(self, asked: QuestionAnalysis, shares: list[float]) -> float:
        """The same of the sentence with the years, which must also be of the kind."""
        rest = [year for year in asked.years if year not in self._context.text]
        if not rest:
            return 0.0
        of_kind = self._has(asked.kind) if asked.kind else [True] * len(shares)
        found = (
            fits and all(year in one.text for year in rest)
            for one, fits in zip(self._sentences, of_kind, strict=True)
        )
        return _lack(shares, found)

    def _is_of_other_year(self, asked: QuestionAnalysis, shares: list[float]) -> bool:
        if not asked.years or asked.kind is None or asked.kind.name not in FIGURES:
            return False
        fitting = [place for place, fits in enumerate(self._has(asked.kind)) if fits]
        best = max((shares[place] for place in fitting), default=0.0)
        near = [place for place in fitting if shares[place] >= best - NEAR_BEST]
        years = {year for place in near for year in years_in(self._sentences[place].text)}
        return bool(years) and years.isdisjoint(asked.years)

    def _is_of_part(self, asked: QuestionAnalysis) -> bool:
        return bool(asked.homes) and is_of_part(self._title, asked.homes, self._gazetteer)

    def _is_of_other_site(self, asked: QuestionAnalysis) -> bool:
        """Whether a park that is asked about is not what it is about, nor named beside a figure."""
        sites = [site for site in asked.sites if not self._is_about(site)]
        return any(not self._names_beside_kind(site, asked) for site in sites)

    def _is_about(self, names: Sequence[str]) -> bool:
        return any(name in self._context.text for name in names)

    def _names_beside_kind(self, names: Sequence[str], asked: QuestionAnalysis) -> bool:
        if asked.kind is None:
            return False
        naming = [any(name in one.text for name in names) for one in self._sentences]
        near = map(or_, naming, [False, *naming])
        return any(map(and_, self._has(asked.kind), near))

    def holds(self, asked: QuestionAnalysis) -> list[float]:
        """Share of each of the question's words that this text holds, 0 to 1."""
        return [self._held(word) for word, _ in asked.words]

    def _is_bare(self, asked: QuestionAnalysis) -> bool:
        """Whether less than ``SAID`` is left without the question's words, and more is asked for."""
        if asked.confirms or len(self._words) > LONGEST_BARE:
            return False
        rest = without_asides(self._words)
        tokens = [token for token, _ in asked.tokens]
        if any(not any(one in token for token in tokens) for one in re.findall(r"\d+", rest)):
            return False
        for token in sorted(tokens, key=len, reverse=True):
            rest = rest.replace(token, " ")
        return text_width(_UNSAID.sub("", rest)) < SAID

    def _together(self, asked: QuestionAnalysis) -> float:
        """Share of the tokens' weight in the best stretch, those in the context for free."""
        total, free, rest = self._apart(asked.tokens)
        return (free + self._best_stretch(rest)) / total if total else 0.0

    def _apart(self, weighted: Sequence[Weighted]) -> tuple[float, float, list[Weighted]]:
        """The weight of all tokens, that of those in the context, and the others."""
        total = sum(map(itemgetter(1), weighted))
        rest = [pair for pair in weighted if not holds_token(self._context, pair[0])]
        return total, total - sum(map(itemgetter(1), rest)), rest

    def _best_stretch(self, weighted: Sequence[Weighted]) -> float:
        """The most weight of distinct tokens that one stretch of ``REACH`` characters holds."""
        places = [
            (place, token)
            for token, _ in weighted
            for form in token_forms(token)
            for place in self._body.places(form)
        ]
        places.sort()
        weights = dict(weighted)
        inside: dict[str, int] = {}
        best = held = 0.0
        first = 0
        for place, token in places:
            held += 0.0 if inside.get(token) else weights[token]
            inside[token] = inside.get(token, 0) + 1
            while places[first][0] < place - self._reach:
                gone = places[first][1]
                inside[gone] -= 1
                held -= 0.0 if inside[gone] else weights[gone]
                first += 1
            best = max(best, held)
        return best

    def _has(self, kind: AnswerKind) -> list[bool]:
        """Which of the sentences hold text of a kind."""
        return memoized(
            self._kinds,
            kind,
            lambda: [kind.found.search(one.text) is not None for one in self._sentences],
        )

    def _names(self, place: str, asked: QuestionAnalysis) -> bool:
        return any(name in self._all for name in (place, *asked.aliases.get(place, ())))

    def _lacks_name(self, name: str, asked: QuestionAnalysis) -> bool:
        return self._lacks(name) and all(map(self._lacks, asked.aliases.get(name, ())))

    def _lacks(self, name: str) -> bool:
        if name in self._all or name in self._document:
            return False
        if name.isascii():
            return name.capitalize() not in self._document
        return name not in _simplified(self._document)

    def _is_far(self, name: str) -> bool:
        return name not in self._all and name not in _ends(self._document)

    def _held(self, word: str) -> float:
        ways, text = ways_to_hold(word), self._all
        for characters in ways.characters:
            if characters in text:
                return 1.0
        for parts in ways.parts:
            if all(part in self._body or part in self._context for part in parts):
                return 1.0
        return sum(pair in text for pair in ways.pairs) / len(ways.pairs) if ways.pairs else 0.0


_simplified = lru_cache(maxsize=512)(simplify)
"""The texts of documents whose passages were looked at lately."""


@lru_cache(maxsize=64)
def _ends(document: str) -> str:
    """Where a document says whose it is, folded."""
    return normalize(document[:OPENING] + document[-SIGNATURE:])


def _lack(shares: Sequence[float], which: Iterable[bool]) -> float:
    """How much less the best of some sentences holds than the best of all."""
    some = (share for share, one in zip(shares, which, strict=True) if one)
    return max(shares, default=0.0) - max(some, default=0.0)
