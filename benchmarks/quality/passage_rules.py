"""Rules on passages: which are found, how likely each answers, which of its words are shown.

What decides is fitted with all of them: without one, models miss what they have learned to go by. Lines
are counted as in :mod:`benchmarks.quality.question_rules`; of a number that is measured, those that
measure it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np

from benchmarks.quality.switches import (
    NEVER,
    NO_PLACES,
    Around,
    Entry,
    Rule,
    check,
    gives,
    naught,
    rules_of,
    says,
)
from hyqa.reading.foreseen import shipped_model
from hyqa.reading.support import Passage, Support
from hyqa.types import QuestionAnalysis, Reading

_HELD = {"words": 1.0, "together": 1.0}
"""Parts of a passage's support that say what it has; the others say what it lacks."""
_LACKING: dict[str, Any] = {one.name: one.default is False or 1.0 for one in fields(Support)}
_ROLES = "Wording.refers Wording.sums_up Wording.gives_reasons Wording.asks Wording.label"
_Features = list[dict[str, float]]


def _support(name: str, lines: int, about: str) -> Entry:
    """A part of what a passage holds and lacks: none lacks anything of it."""

    def make(was: Callable[[Passage, QuestionAnalysis], Support]) -> object:
        check([name], _LACKING)
        changed = {name: _HELD.get(name, type(_LACKING[name])(0))}
        return lambda self, asked: replace(was(self, asked), **changed)

    return (name, lines, "Passage.support", Around(make), about)


def _limit(name: str, lines: int, about: str) -> Entry:
    """A bound of what is likely, for something that a passage lacks."""

    def make(was: Callable[[Support], Mapping[str, float]]) -> object:
        check([name], was(Support(**{**_LACKING, "words": 0.0})))
        return lambda support: {key: most for key, most in was(support).items() if key != name}

    return (name, lines, "_limits", Around(make), about)


def _features(name: str, lines: int, features: str, about: str) -> Entry:
    """Numbers that are weighed, all 0."""
    names = features.split()

    def make(was: Callable[..., _Features]) -> object:
        check(names, shipped_model().names)
        return lambda *given: [{**one, **dict.fromkeys(names, 0.0)} for one in was(*given)]

    return (name, lines, "features_of", Around(make), about)


def _weights(name: str, lines: int, weights: str, about: str) -> Entry:
    """Weights by which sentences are scored, all 0."""
    return (name, lines, "WEIGHTS", naught(*weights.split()), about)


def _only_answers(was: Callable[..., object]) -> object:
    """Only readings that answer lead."""

    def leading(*given: Sequence[Reading], **more: object) -> object:
        readings = given[3]
        return was(*given, **more) if readings and readings[0].answers else ()

    return leading


PASSAGE_RULES: tuple[Rule, ...] = (
    *rules_of(
        "index.search",
        ("language", 2, "SAME_LANGUAGE_BONUS", 0.0, "text in the asker's language first"),
        ("gap", 3, "_gap", says(0.0), "cosines with the other language are lower"),
        ("expired", 6, "EXPIRED_PENALTY", 0.0, "what has expired behind"),
        ("opening", 5, "OPENING_SHARE", 0.0, "a document's first passage speaks for all"),
        ("timely", 7, "YEAR_BONUS AGE_PENALTY", 0.0, "of the year first"),
        ("earlier", 4, "EARLIER_SHARE", np.float32(0.0), "earlier questions lend what they mean"),
        ("translated", 5, "TRANSLATED_WEIGHT", 0.0, "keywords in the other language"),
        ("foreseen", 6, "FORESEEN", 0, "what foreseen questions lead to is read, too"),
    ),
    *rules_of(
        "reading.reranking",
        ("weights", 12, "_OWN _ABROAD", (0.0,) * 5, "what a passage holds says which leads"),
        ("other_site", 2, "OTHER_SITE", 0.0, "one about another park behind"),
        ("profile", 3, "PROFILE", 0.0, "a profile first where nothing is asked of a park"),
        ("year", 4, "_of_year", says(0.0), "whose title names the year first"),
        ("lacks_name", 12, "_is_missing", says(False), "a name that the other language lacks"),
    ),
    *rules_of("reading.holding", ("parts", 3, "PART_LENGTH", 99, "a word may be held in part")),
    *rules_of(
        "reading.support",
        _support("words", 4, "share of the words"),
        _support("together", 27, "share of the tokens near each other"),
        _support("rarest", 4, "the weightiest word that is missing"),
        _support("place", 1, "a place is missing"),
        _support("place_far", 7, "it stands far off"),
        _support("name", 1, "a name is missing"),
        _support("year", 1, "a year is missing"),
        _support("kind", 1, "nothing of the kind that is asked for"),
        _support("focus", 1, "the noun that is asked about is missing"),
        _support("elsewhere", 3, "the question is about another city"),
        _support("kind_far", 5, "the kind stands far off"),
        _support("year_far", 11, "the year does"),
        _support("other_year", 10, "the figure is of another year"),
        _support("unnamed", 1, "the Chinese name is missing"),
        _support("bare", 14, "it says no more than the question"),
        _support("other_site", 30, "the figure is another park's"),
    ),
    *rules_of(
        "reading.confidence",
        _limit("words", 2, "bounded for none of the words"),
        _limit("chinese_name", 1, "for lacking the Chinese name"),
        _limit("focus", 3, "for lacking the noun and half of the words"),
        _limit("kind", 1, "for lacking the kind"),
        _limit("year", 1, "for another year, or none"),
        _limit("other_site", 1, "for another park"),
        _limit("says_nothing", 1, "for saying nothing"),
        ("elsewhere", 1, "ELSEWHERE", 0.0, "less likely about another city"),
        ("cross", 24, "_Judge._cross_lingual", says(float("-inf")), "text in the other language"),
    ),
    *rules_of(
        "reading.foresight",
        _features("words", 3, "words together rarest", "the words held, by the reader of words"),
        _features("names", 3, "place place_far name", "places and names"),
        _features("years", 3, "year year_far other_year", "years"),
        _features("kinds", 3, "kind kind_far focus", "kinds of answer"),
        _features("leads", 3, "likeness cosine_lead keyword_lead", "ahead of other passages"),
        _features("own", 10, "own_cosine own_keywords own_support", "ahead of its document's"),
        _features("lexical", 2, "lexical", "what the reader of words says in all"),
        _features("abroad", 1, "abroad", "in the other language"),
        _features("near", 6, "near nearness second", "the nearest foreseen questions"),
        _features("order", 3, "behind ahead", "beside those of other passages"),
        _features("missed", 3, "miss missed", "near misses"),
        _features("gap", 4, "gap", "known gaps"),
        _features("votes", 2, "votes unanswered", "where the nearest of all lead"),
        _features("held", 5, "asked_held foreseen_held", "words in the foreseen question"),
        _features("line", 3, "line_held line_foreseen", "words of the last line"),
        _features("talk", 3, "talk_held talk_foreseen", "words of the talk"),
        _features("told", 7, "told", "was shown before"),
        _features("talked", 7, "title_talked foreseen_talked", "was talked of"),
        _features("follows", 1, "follows", "in a conversation"),
        _features("rank", 2, "rank", "how far behind the best"),
        _features("bounds", 4, "other_site bare unnamed elsewhere", "what it is bounded for"),
    ),
    *rules_of(
        "reading.foreseen",
        ("own_language", 2, "OWN_LANGUAGE", 0.0, "the asker's language before the likelier"),
        ("talks", 2, "IN_CONVERSATION", 0.5, "surer where a question follows others"),
        ("sentences", 16, "_foreseen_scores", gives(1), "foreseen questions tell the sentence"),
    ),
    *rules_of(
        "reading.close_reading",
        ("all", 50, "CloseReader.read", gives(2), "question and passage read together"),
        ("told", 6, "question_text", gives(0), "with what was told before"),
    ),
    *rules_of(
        "reading.relevance",
        _weights("best", 16, "best", "a sentence's words"),
        _weights("aspects", 23, "aspect aspect_before", "each thing that is enumerated"),
        _weights("reference", 6, "reference", "该…: goes on with the one before"),
        _weights("kind", 23, "kind", "holds the kind that is asked for"),
        _weights("hit", 6, "hit", "stands in what was found"),
        _weights("label", 31, "label", "stands under a label that is asked for"),
        _weights("preamble", 13, "preamble", "says why the document was written"),
        _weights("question", 5, "question", "is a question itself"),
        _weights("summary", 6, "summary", "sums up"),
        ("title", 4, "CONTEXT_WEIGHT", 1.0, "words of the title tell no sentences apart"),
        ("neighbours", 10, "AFTER BEFORE", 0.0, "answers are runs of sentences"),
    ),
    *rules_of(
        "reading.wording",
        ("all", 34, _ROLES, property(says(False)), "what role a sentence plays"),
    ),
    *rules_of(
        "reading.gathering",
        ("all", 243, "gather", NO_PLACES, "many sentences for a question of several things"),
        parts=(
            ("stated", 57, "_stated", NO_PLACES, "those that state each named thing"),
            ("effects", 13, "_effects", says(()), "with what they lead to"),
            ("listed", 99, "_listed", NO_PLACES, "a list as a whole"),
            ("label", 5, "_under_label", NO_PLACES, "what stands under a label"),
            ("heading", 25, "_under_heading", NO_PLACES, "and under a heading"),
            ("sums", 10, "_sums", NO_PLACES, "sentences that tell a sum"),
        ),
    ),
    *rules_of(
        "reading.related",
        ("gap", 5, "known_gap", says(None), "what is known not to be held is said so"),
        ("agreement", 3, "GAP ELSEWHERE", 0.0, "only where the nearest questions agree"),
        ("lack", 7, "known_lack", says(""), "what a passage is known to leave open"),
    ),
    *rules_of(
        "answer.leading",
        ("closest", 6, "leading_readings", Around(_only_answers), "words that come nearest"),
        ("documents", 2, "MAX_DOCUMENTS", 1, "up to three documents"),
        ("originals", 10, "_originals_first", gives(0), "an original before its digest"),
        ("changing", 14, "CHANGING_KINDS", frozenset(), "figures change: the newest leads"),
        ("ended", 3, "_has_ended", says(False), "what has ended leads not"),
    ),
    *rules_of(
        "answer.quoting",
        ("years", 9, "_of_asked_years", gives(2), "sentences of other years count half"),
        ("certain", 3, "LESS_CERTAIN", 0.12, "beside a certain sentence, few others"),
        (
            "sure",
            5,
            "MUCH_LESS_LIKELY LESS_CERTAIN",
            0.0,
            "beside a sure one, none far less so",
        ),
        ("least", 3, "LEAST_WIDTH", 0.0, "more where none is sure"),
        ("several", 3, "SEVERAL_WIDTH", 400, "more for lists and totals"),
        ("newer", 26, "_newer", NO_PLACES, "and the sentence with a later figure"),
        ("ahead", 1, "_AHEAD", NEVER, "but not what is planned"),
        ("places", 8, "_of_places", gives(2), "only what names the other place"),
        ("stretches", 11, "_in_few_stretches", gives(3), "three stretches at most"),
        ("opening", 6, "_is_about", says(False), "how a park's profile begins"),
        ("cells", 4, "_may_be_bare_answer", says(False), "cells may answer, however unlikely"),
        ("notes", 4, "_NOTE", NEVER, "but not notes on the document"),
        ("about_as", 2, "ABOUT_AS_LIKELY", 1.0, "all where none stands out"),
    ),
    *rules_of(
        "answer.conditions",
        ("all", 56, "with_conditions", gives(2), "with what they cannot do without"),
        parts=(
            ("limits", 14, "_limits", says(()), "但, 除…外: what limits them"),
            ("antecedent", 9, "_antecedent", says(()), "该, 此: what they refer to"),
            ("introduction", 9, "_introduction", says(()), "the line above a list"),
            ("items", 11, "_items", says(()), "the items below a line"),
            ("heading", 4, "_heading", says(()), "the heading above"),
            ("header", 7, "_header", says(()), "the header of a table"),
        ),
    ),
    *rules_of(
        "answer.conflicts", ("all", 159, "conflicting_quotes", says(()), "figures that differ")
    ),
    *rules_of(
        "answer.counterparts",
        ("all", 72, "in_language", gives(1), "the same in the asker's language"),
        parts=(
            ("foreseen", 20, "_foreseen_in", says(()), "by foreseen questions"),
            ("source", 32, "_may_have_counterpart", says(False), "by figures, of the same source"),
        ),
    ),
    *rules_of(
        "answer.coverage",
        ("parts", 44, "missing_parts", says(()), "parts of a question that are left open"),
        ("words", 7, "missing_words", says(()), "words that no document has"),
        ("outside", 4, "is_outside", says(False), "is outside of what documents are about"),
        ("years", 13, "years_left_open", says(()), "last year's figure is left open"),
    ),
    *rules_of(
        "answer.coverage",
        ("spoken_of", 8, "share_spoken_of", says(0.0), "questions that the whole answers, too"),
        early=True,
    ),
    *rules_of(
        "answer.deciding",
        ("fit", 13, "_fit", says(True), "of other places only what names them"),
        ("foreseen", 5, "_is_foreseen", says(False), "what is like a foreseen one is inside"),
    ),
    *rules_of(
        "answer.planning",
        ("table", 22, "answer_from_table", says(None), "several parks by their table"),
        ("sure", 2, "_is_sure", says(False), "what is answered is not asked back"),
        ("again", 5, "repeat_in_language", says(None), "the last answer in another language"),
        early=True,
    ),
    *rules_of(
        "answer.clarification",
        parts=(
            ("about", 5, "_is_about", says(True), "a choice is about what it names"),
            ("words", 2, "LEAST_WORDS", 0.0, "and holds words of the question"),
        ),
        early=True,
    ),
)
