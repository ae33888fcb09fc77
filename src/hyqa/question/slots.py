"""Fill slots: put the year, place, degree or phase of a follow-up into the question before it."""

import re
from collections.abc import Sequence

from hyqa.text.figures import YEAR
from hyqa.text.names import is_place, places_in
from hyqa.text.tokens import normalize

_CORRECTION = re.compile(
    r"^\s*(?:不是[^，,。！!？?吗]{1,12}[，,。！!]\s*(?:我(?:问|说|指|要问)的)?是|我(?:问|说|指|要问)的是|我是(?:问|说|指)|应该是|i mean(?:t)?\b|i am asking about\b)[，,。、：:\s]*"
    r"|^\s*(?:不是|不对|错了|no|not that)[，,。、：:\s]+",
    re.IGNORECASE,
)
"""What only says that a question was misunderstood: a bare 不是 or no before other words denies those."""
_FRAME = re.compile(
    r"^\s*(?:那么?|那要是|换成|如果是|要是|(?:and|but|what about|how about|or)\b)\s*|(?:呢|的话|的呢|吗|怎么样|又如何)*[？?。.!！\s]*$",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"^\s*(?:请|麻烦|帮我|给我|跟我|你?能不?能?|可以|我?想)*(?:介绍|讲讲|讲解|说说|谈谈|聊聊|讲一?下|说一?下|了解)(?:一下|下|一些)?(?!清楚|到)\s*"
    r"|^\s*(?:(?:please|can you|could you)\s+)?(?:tell me (?:more )?about|introduce|describe"
    r"|(?:give me )?an? (?:overview|introduction) (?:of|to))\s+(?:the\s+)?"
    r"|(?<=..)的?(?:基本情况|总体情况|概况|简介|介绍)[？?。！!\s]*$",
    re.IGNORECASE,
)
"""How a question asks for what there is to say of a thing."""
_VALUES = (
    re.compile(rf"(?<!\d){YEAR}年?(?!\d)"),
    re.compile(r"博士后?(?:研究生)?|硕士(?:研究生)?|本科生?|大专生?|中专生?|高中生?"),
    re.compile(
        r"\b(?:phds?|doctors?|masters?(?:'s)?|bachelors?(?:'s)?|graduates?)\b", re.IGNORECASE
    ),
    re.compile(r"首期|[一二三四]期|第[一二三四]期"),
    re.compile(r"\b(?:first|second|third|fourth) phase\b", re.IGNORECASE),
)
"""Kinds of values, each recognised by its form; places are recognised by the dictionary."""
MOST_CHOICES = 4
"""Questions that are offered to choose from at a time; more do not fit a phone's screen."""
_NUMBERS = "1 2 3 4 一 二 三 四 first second third fourth".split()
_NUMBERED = re.compile(
    rf"(?:第|the )?(?P<number>{'|'.join(_NUMBERS)})(?:个|项|条| one)?", re.IGNORECASE
)


def chosen_option(question: str, choices: Sequence[str]) -> str:
    """Find the choice that an answer names by number, or by words that no other choice holds; '' if none."""
    bare = question.strip(" 。.!！?？")
    if number := _NUMBERED.fullmatch(bare):
        place = _NUMBERS.index(number["number"].lower()) % MOST_CHOICES
        return choices[place] if place < len(choices) else ""
    named = [choice for choice in choices if bare and bare.lower() in choice.lower()]
    return named[0] if len(named) == 1 else ""


def without_correction(question: str) -> str:
    """Leave out words that only say that the question was misunderstood (不是，我问的是…)."""
    bare = question
    while (shorter := _CORRECTION.sub("", bare)) != bare:
        bare = shorter
    return bare if bare.strip() else question


def without_frame(question: str) -> str:
    """Leave out words that only mark a follow-up (那…呢, what about …)."""
    return _FRAME.sub("", question).strip()


def without_introduction(question: str) -> str:
    """Leave out words that only ask to be told about a thing (介绍一下…, tell me about …)."""
    return _INTRODUCTION.sub("", question).strip() or question


def substitute_value(question: str, earlier: str) -> str:
    """Put the value that a follow-up names into the earlier question.

    Returns:
        '' where the follow-up is more than one value, or the earlier question has none of its kind.
    """
    value = without_frame(without_correction(question))
    if not value or "\n" in earlier:
        return ""
    for pattern in _VALUES:
        if pattern.fullmatch(value):
            return _put(value, pattern.findall(earlier), earlier)
    if is_place(normalize(value)):
        return _put(value, places_in(normalize(earlier)), earlier)
    return ""


def _put(value: str, found: list[str], earlier: str) -> str:
    """The earlier text with a value for its only one; '' where there are several or none."""
    distinct = list(dict.fromkeys(found))
    if len(distinct) != 1 or distinct[0] not in earlier:
        return ""
    year = distinct[0].endswith("年") and not value.endswith("年") and value.isdigit()
    return earlier.replace(distinct[0], value + "年" if year else value)
