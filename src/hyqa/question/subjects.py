"""Tell whether a question names its subject, or leaves it to the conversation."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import rjieba

from hyqa.index.chunking import text_width
from hyqa.index.sparse import SparseIndex
from hyqa.text.tokens import (
    is_chinese,
    normalize,
    stem,
    tokenize,
    without_function_words,
    without_question_words,
)

RARE_SHARE = 0.02
"""A verb or adjective that at most this share of the chunks holds is some subject's own."""
NAME_SHARE = 0.05
"""The same for the joint of a name that no dictionary knows: documents repeat their own names."""
KIND_WIDTH = 16
"""Width, in Chinese characters, up to which a question that begins with a bare kind is about that."""
_ASKED_OF = re.compile(
    "(?:位于|坐落|一共|总共)?[在有是于要能共]*(?:哪|什么|啥|多少|几[个家年月天条名]|多[大长远高久]|怎么|怎样|如何|何时).*$"
)
"""What a Chinese question asks of what stands before it."""
_NOUNS = ("n", "l", "i", "j")
_EDGES = re.compile(r"^[\s的是有在，,：:]+|[\s的是有在，,：:。.？?！!]+$")


def names_subject(question: str, sparse: SparseIndex) -> bool:
    """Say whether a question names a subject: more than function words and common attributes."""
    folded = without_function_words(without_question_words(normalize(question)))
    for attribute in _chinese_attributes():
        if len(attribute) > 2:  # the shorter ones are words, and may be part of a name (时间|谷)
            folded = folded.replace(attribute, " ")
    tagged = rjieba.tag(folded)
    if any(_is_subject(word, tag, sparse) for word, tag in tagged):
        return True
    return any(0 < sparse.share(pair) <= NAME_SHARE for pair in _joints(tagged))


def bare_kind(question: str, sparse: SparseIndex) -> str:
    """Find the kind by which alone a short question calls its subject (园区有多大); '' if none."""
    begun = re.match(f"(?:请问|我们|你们|咱们)?(?P<kind>{any_kind('bare')})", question)
    short = text_width(question) <= KIND_WIDTH
    if begun and short and not names_subject(question[begun.end() :], sparse):
        return begun["kind"]
    return ""


def asks_property(question: str) -> bool:
    """Say whether a question asks for an attribute that any subject has (面积, 企业, subsidies)."""
    return _property().search(question) is not None


def without_properties(question: str) -> str:
    """Leave out the attributes that a question asks for."""
    bare = _ASKED_OF.sub(" ", _property().sub(" ", question))
    if bare == question:
        return question
    return " ".join(_EDGES.sub("", without_question_words(bare)).split())


@cache
def _property() -> re.Pattern[str]:
    """The words for properties, where they end what they stand in: no 产业 of a 产业园."""
    properties = _attributes()["properties"]
    chinese = "|".join(_longest_first(properties["chinese"].split()))
    english = "|".join(properties["english"].split())
    return re.compile(
        rf"(?:规划|占地|总|(?<!\d)年|主导|主要)*(?:{chinese})(?=$|[^\u4e00-\u9fff]|[的是有在为达吗呢多哪什几怎如])"
        rf"|\b(?:{english})\b",
        re.IGNORECASE,
    )


@cache
def any_kind(language: str) -> str:
    """Make a pattern of the words for kinds of things, longer ones first; see ``things.toml``."""
    return "|".join(_longest_first(kinds_of(language)))


@cache
def kinds_of(language: str) -> frozenset[str]:
    """List the words for kinds of things in a language, ``chinese`` or ``english``; the English ones as stems."""
    text = files("hyqa.question").joinpath("things.toml").read_text(encoding="utf-8")
    words = str(tomllib.loads(text)[language]).split()
    return frozenset(map(stem, words) if language == "english" else words)


def _is_subject(word: str, tag: str, sparse: SparseIndex) -> bool:
    if not is_chinese(word):
        return any(
            token.isalpha() and token not in _english_attributes() for token in tokenize(word)
        )
    if len(word) < 2 or word in _chinese_attributes():
        return False
    return tag.startswith(_NOUNS) or (
        tag.startswith(("v", "a")) and 0 < sparse.share(word) <= RARE_SHARE
    )


def _joints(tagged: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Pairs of characters where words meet of which one is a single character.

    No dictionary holds the names of parks and programs (时间|谷, 衡器|园, 免|申|即|享), but the
    documents do.
    """
    for (left, _), (right, _) in pairwise(tagged):
        if 1 in (len(left), len(right)) and (left + right).strip() == left + right:
            yield f"_{left[-1]}{right[0]}"


@cache
def _chinese_attributes() -> tuple[str, ...]:
    return tuple(_longest_first(normalize(_attributes()["chinese"]).split()))


def _longest_first(words: Iterable[str]) -> list[str]:
    """Words in an order in which 总投资 goes before 投资."""
    return sorted(words, key=lambda word: -len(word))


@cache
def _english_attributes() -> frozenset[str]:
    words = f"{_attributes()['english']} {' '.join(_chinese_attributes())}".split()
    return frozenset(stem(word) for word in words if word.isascii())


@cache
def _attributes() -> dict[str, Any]:
    return tomllib.loads(
        files("hyqa.question").joinpath("attributes.toml").read_text(encoding="utf-8")
    )
