"""Rules on questions: what is asked, of what, and what a conversation tells of it.

Each regular expression that questions are searched for is one, and each of the larger decisions that
are made with them. Lines are counted without comments and docstrings, with those of helpers that
nothing else uses; a rule's include those of its parts. Words in ``*.toml`` count as none.
"""

from collections.abc import Callable, Iterable

import rjieba

from benchmarks.quality.switches import (
    NEVER,
    NOTHING,
    Around,
    Entry,
    Rule,
    fresh,
    gives,
    rules_of,
    says,
)
from hyqa.index.sparse import SparseIndex
from hyqa.question import follow_ups
from hyqa.question import words as weighing
from hyqa.question.kinds import KINDS
from hyqa.question.words import Tagged
from hyqa.text.tokens import is_function_word
from hyqa.types import AnswerKind, Several


def _on_one_line(question: str, *_: object) -> str:
    return " ".join(question.splitlines())


def _says_so(was: Callable[[str, SparseIndex], bool]) -> object:
    """Only what says so follows another question."""

    def follows(question: str, sparse: SparseIndex) -> bool:
        return follow_ups.refers_back(question) and was(question, sparse)

    return follows


def _weighed_alike(tagged: Iterable[Tagged], sparse: SparseIndex) -> dict[str, float]:
    words = [word for word, tag in tagged if weighing._tag_weight(word, tag)]
    return {word: weight for word in words if (weight := sparse.idf(sparse.token_of(word))) > 0}


def _as_tagged(text: str, _: SparseIndex) -> list[Tagged]:
    return [(word, tag) for word, tag in rjieba.tag(text) if not is_function_word(word)]


def _kind(name: str, lines: int) -> Entry:
    """A kind of answer, which no question is taken to ask for."""

    def others(kinds: Iterable[AnswerKind]) -> object:
        return tuple(kind for kind in kinds if kind.name != name)

    return (name.replace(" ", "_"), lines, "KINDS", Around(others), f"asks for a {name}")


KIND_LINES = (7, 5, 8, 12, 6, 7, 7, 9, 6, 5)
"""Lines of each of ``KINDS``."""
QUESTION_RULES: tuple[Rule, ...] = (
    *rules_of(
        "question.spelling",
        ("all", 198, "Speller.mend", gives(1), "words are spelt as the corpus spells them"),
        ("years", 3, "with_full_years", gives(0), "24年 is 2024年"),
        ("tones", 10, "without_tones", gives(0), "marks of tones in pinyin"),
        ("latin", 35, "Speller._latin", gives(1), "initials and slips of Latin words"),
        ("pinyin", 62, "Speller._pinyin", says(""), "pinyin read as Chinese"),
        ("initials", 3, "Speller._initials", gives(1), "initials of a name"),
        ("joined", 8, "Speller._joined", gives(1), "a name in two words, Heng Yang"),
        ("typos", 22, "Speller._typo", gives(1), "a letter less, or doubled"),
        ("names", 74, "Speller._names", gives(1), "Chinese names with wrong characters"),
        ("homophones", 42, "Speller._chinese", gives(1), "one character for another"),
        ("nearer", 12, "Speller._is_nearer", says(True), "only what comes nearer to the foreseen"),
        parts=(("asking", 10, "asking_words", says({}), "words of questions in pinyin"),),
        early=True,
    ),
    *rules_of(
        "index.lexicon",
        parts=(
            ("sounding", 7, "Lexicon.sounding", says(""), "names that sound the same"),
            ("southern", 17, "Lexicon.nearly_sounding", says(""), "and in a southern ear"),
            ("fuller", 11, "Lexicon.fuller", says(""), "names that lack a character"),
        ),
        early=True,
    ),
    *rules_of(
        "question.small_talk",
        ("all", 44, "small_talk_in", says(None), "greetings, thanks, questions about the program"),
        parts=(
            ("examples", 3, "_examples", says({}), "known by the words of an example"),
            ("named", 2, "names_in", fresh(list), "who names a park talks of that"),
            ("again", 9, "_repeated", says(None), "doubt, and a wish for a language"),
        ),
        early=True,
    ),
    *rules_of(
        "question.follow_ups",
        ("all", 83, "resolve", _on_one_line, "a question takes what it lacks from those before"),
        ("change", 5, "_CHANGE", NEVER, "另外, by the way: turns to something else"),
        ("language", 6, "_ONLY_LANGUAGE", NEVER, "asks for another language alone"),
        ("carried", 14, "_carried", gives(0), "another property: none of those before"),
        ("short", 1, "_is_follow_up", Around(_says_so), "short and names nothing, so it follows"),
        ("years", 14, "with_year_told", gives(0), "前一年 counts from the year talked of"),
        parts=(
            ("today", 2, "names_year_from_today", says(False), "but 去年 counts from today"),
            ("context", 5, "REPLY", 0, "is encoded with how the last answer begins"),
            (
                "earlier",
                6,
                "Conversation.earlier",
                property(says(())),
                "questions before lend words",
            ),
        ),
        early=True,
    ),
    *rules_of(
        "question.follow_ups",
        ("markers", 7, "_MARKERS", NEVER, "那…, …呢, it, and …: says that it follows"),
    ),
    *rules_of(
        "question.slots",
        ("all", 28, "substitute_value", says(""), "a value goes into the question before"),
        ("correction", 5, "_CORRECTION", NEVER, "不是，我问的是…: was misunderstood"),
        ("frame", 4, "_FRAME", NEVER, "那…呢, what about …: words of a follow-up"),
        ("introduction", 7, "_INTRODUCTION", NEVER, "介绍一下…, tell me about …"),
        ("values", 9, "_VALUES", (), "a year, degree or phase goes in"),
        ("choice", 11, "chosen_option", says(""), "one of the choices that were offered"),
        parts=(("places", 5, "is_place", says(False), "a place goes in"),),
        early=True,
    ),
    *rules_of(
        "question.listed",
        ("all", 62, "name_listed", gives(0), "第二个: a thing of a list by its place"),
        parts=(
            ("chinese", 4, "_CHINESE_PLACE", NEVER, "in Chinese"),
            ("english", 5, "_ENGLISH_PLACE", NEVER, "in English"),
        ),
        early=True,
    ),
    *rules_of(
        "question.comparison",
        ("all", 80, "comparison", says(None), "which of two is larger: asks each"),
        ("enumeration", 15, "enumeration", says(None), "甲和乙的面积: asks the same of each"),
        ("name", 22, "substitute_name", says(""), "那乙呢: a name goes into the question before"),
        parts=(
            ("which", 4, "_CHINESE", NEVER, "甲和乙哪个大"),
            ("difference", 3, "_DIFFERENCE", NEVER, "甲和乙有什么区别"),
            ("pair", 5, "_ENGLISH_PAIR", NEVER, "which is larger, A or B"),
            ("two", 4, "_ENGLISH_TWO", NEVER, "which of the two"),
            ("large", 1, "_LARGE", NEVER, "larger: how large is it"),
            ("both", 3, "_BOTH", NEVER, "两个, 之间: the two last talked of"),
            ("relation", 4, "_RELATION", NEVER, "甲到乙多远 asks nothing of each"),
            ("previous", 4, "_PREVIOUS", NEVER, "上一个呢: the name before"),
            ("in_full", 7, "_in_full", gives(0), "西渡 for 西渡高新区 in a follow-up"),
        ),
        early=True,
    ),
    *rules_of(
        "question.decomposition",
        ("all", 31, "questions_in", says(()), "each question of a message is asked"),
        parts=(
            ("marked", 1, "_MARK", NEVER, "keywords with a question mark ask"),
            ("edges", 1, "_EDGES", NEVER, "without what joins them"),
        ),
        early=True,
    ),
    *rules_of(
        "question.decomposition",
        parts=(("asks", 11, "_ASKS", NEVER, "what makes a question of a clause"),),
    ),
    *rules_of(
        "question.enumerations",
        ("all", 45, "several_in", says(Several()), "means, lists, totals, steps"),
        ("source", 1, "_SOURCE", NEVER, "根据…，: says where to look"),
        parts=(
            ("means", 7, "_MEANS", NEVER, "如何通过…: names the means"),
            ("each", 4, "_EACH", NEVER, "甲、乙分别…: the same of each"),
            ("lists", 7, "_LIST", NEVER, "哪些, 条件: what texts give as lists"),
            ("totals", 6, "_TOTAL", NEVER, "一共, 最大: a count, a sum, the greatest"),
            ("steps", 3, "_STEPS", NEVER, "步骤, 先后: one after the other"),
            ("asking", 1, "_ASKS", NEVER, "but not what asks itself"),
        ),
    ),
    *rules_of(
        "question.ambiguity",
        ("all", 122, "ambiguous_subject", says(None), "an open subject is asked back"),
        parts=(
            ("preface", 3, "_PREFACE", NEVER, "关于…，: says what it is about"),
            ("names", 9, "_names", NOTHING, "a short name of several things"),
            ("english", 39, "_english_kinds", NOTHING, "this park"),
            ("choosers", 4, "_CHOOSERS", frozenset(), "but not the largest park"),
            ("told", 4, "_TOLD_AFTER", NEVER, "nor the park that …"),
            ("chinese", 6, "_pointed_at", NOTHING, "这个项目"),
            ("bare", 3, "bare_kind", says(""), "园区有多大"),
            ("word", 6, "_only_word", says(""), "one word, and no question"),
            ("nothing", 3, "names_subject", says(True), "short, and nothing is named"),
            ("mentioned", 4, "is_mentioned", says(False), "but not what was talked of"),
        ),
        early=True,
    ),
    *rules_of(
        "question.kinds",
        ("all", 123, "asked_kind", says(None), "which kind of answer is asked for"),
        ("counting", 39, "_counting", says(None), "how many of what: 三家 tells no people"),
        ("counted", 9, "asked_count", says(None), "sentences that count the very thing"),
        parts=(_kind(one.name, lines) for one, lines in zip(KINDS, KIND_LINES, strict=True)),
    ),
    *rules_of(
        "question.subjects",
        (
            "attributes",
            7,
            "_chinese_attributes _english_attributes",
            says(()),
            "面积 is no subject",
        ),
        ("joints", 4, "_joints", says(()), "时间|谷: a name that no dictionary has"),
        ("actions", 2, "RARE_SHARE", 0.0, "a rare verb is some subject's own"),
    ),
    *rules_of(
        "question.subjects",
        ("property", 2, "asks_property", says(False), "asks for what any subject has"),
        ("bare_kind", 7, "bare_kind", says(""), "园区有多大 calls it by its kind"),
        parts=(("asked_of", 3, "_ASKED_OF", NEVER, "位于哪: what is asked of what is before"),),
        early=True,
    ),
    *rules_of(
        "question.analysis",
        ("abroad", 4, "names_home", says(True), "is about another place than the corpus's own"),
        ("names", 13, "_named", NOTHING, "places and names"),
        ("confirms", 4, "_YES_OR_NO", NEVER, "yes or no would answer it"),
        ("focus", 12, "_focus", says(""), "the noun that it is about"),
        ("pinyin", 10, "_with_names", gives(0), "Chinese names in English questions"),
        ("earlier", 3, "EARLIER_WEIGHT", 1.0, "words of lines before weigh half"),
        ("aspects", 4, "_aspects", says(()), "the things that it enumerates"),
        parts=(
            ("places", 4, "_is_place", says(False), "which names are places"),
            ("directions", 1, "_DIRECTIONS", NEVER, "东南 is no name"),
            ("english", 3, "_ENGLISH_FOCUS", NEVER, "what …: the noun in English"),
            ("unfit", 6, "_UNFIT", frozenset(), "要求, 目的 are no such noun"),
        ),
    ),
    *rules_of(
        "question.home",
        ("whole", 11, "is_about_home", says(False), "is about the corpus's own city as a whole"),
        ("part", 14, "is_of_part", says(False), "and a title is about a part of it"),
    ),
    *rules_of(
        "question.sites",
        ("named", 4, "sites_among", says(()), "parks that a question names"),
        ("overview", 15, "subject_of_overview", says(()), "甲园怎么样: asks nothing of it"),
    ),
    *rules_of(
        "question.words",
        ("vague", 4, "VAGUE", frozenset(), "情况, 企业: nouns that questions are put with"),
        ("actions", 1, "weighted_words", _weighed_alike, "verbs weigh half"),
        ("phrases", 3, "PHRASE", 1.0, "phrases of the thesaurus weigh double"),
        ("cut", 14, "tagged_words", _as_tagged, "only what the dictionary or the corpus has"),
        parts=(("unheard_of", 3, "_is_unheard_of", says(False), "or is wholly unheard of"),),
    ),
    *rules_of(
        "text.thesaurus",
        ("all", 40, "equals", says(frozenset()), "colloquial words for official ones"),
        ("search", 4, "equals_in", says(()), "in the search"),
        ("phrases", 13, "known_phrases", says(()), "words of several characters"),
    ),
)
