"""Find parks and places that a question names, and questions that ask about one in general."""

import re
from collections.abc import Mapping, Sequence

from hyqa.text.names import names_in
from hyqa.text.thesaurus import equals, known_phrases
from hyqa.text.tokens import normalize

_SITE = re.compile(
    r"(?:[区园城镇港谷]|基地|走廊|枢纽|机场)$|\b(?:zone|park|city|town|port|valley|base|corridor|hub|airport)$",
    re.IGNORECASE,
)
"""How the name of a park or place ends, of which there are figures."""
_HOW_IS_IT = re.compile(
    r"怎么样|怎样|咋样|如何|(?:是|有)?(?:个|一个)?(?:什么|啥)(?:样的?|地方|园区)?|的|吗|呢|\b(?:what|how|who|where)?\s*(?:is|are|'s|about)\b|\bthe\b"
)


def sites_in(
    question: str, names: Sequence[str], terms: Mapping[str, str]
) -> tuple[tuple[str, ...], ...]:
    """Find the parks and places that a question names, each with all of its names, folded.

    Args:
        question: its own words.
        names: proper names of the corpus, of these and of other things.
        terms: English names of Chinese ones: Chinese names of one English name are one thing's.
    """
    found = [name for name in names_in(question, names) if _SITE.search(name)]
    return tuple(_names_of(name, terms) for name in found)


def subject_of_overview(
    question: str, names: Sequence[str], terms: Mapping[str, str]
) -> tuple[str, ...]:
    """Find the park that a question asks about in general (西渡高新区怎么样?): its names, folded, or ().

    Args:
        question: its own words.
        names: proper names of the corpus.
        terms: English names of Chinese ones.
    """
    name = next(iter(names_in(question, names)), "")
    rest = _HOW_IS_IT.sub("", normalize(question.replace(name, " ")))
    if not _SITE.search(name) or re.search(r"\w", rest):
        return ()
    return _names_of(name, terms)


def _names_of(name: str, terms: Mapping[str, str]) -> tuple[str, ...]:
    """A name, folded, and the others of the same thing.

    They are those that the glossary has for it, and those with its kind in full or in short
    (衡东经开区, 衡东经济开发区).
    """
    english = terms.get(name, name)
    chinese = (one for one, other in terms.items() if other.lower() == english.lower())
    written = dict.fromkeys(map(normalize, [name, english, *chinese]))
    kinds = ((one, kind) for one in written for kind in known_phrases(one))
    other = (one.replace(kind, full) for one, kind in kinds for full in sorted(equals(kind)))
    return tuple(dict.fromkeys([*written, *other]))
