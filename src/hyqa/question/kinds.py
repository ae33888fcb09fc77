"""Recognise the kind of answer that a question asks for, and text that holds one.

Classic answer typing (Li and Roth, "Learning Question Classifiers", COLING 2002), by patterns:
"how much rent" is not answered by a text without an amount, however near it is in meaning.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

import rjieba

from hyqa.text.dates import MONTHS
from hyqa.text.figures import (
    CURRENCIES,
    DIGITS,
    ENGLISH_NUMBERS,
    ENGLISH_UNITS,
    MEASURES,
    NUMBER,
    NUMERALS,
    SCALE,
    SCALED,
    UNITS,
    YEAR,
)
from hyqa.text.thesaurus import equals
from hyqa.text.tokens import occurrences, stem
from hyqa.types import AnswerKind, Count

_NOTHING_ELSE = r"^(?!.*(?:哪|谁|怎|如何|为何|什么(?!电话|热线|比例|税率|利率))).*"
"""Before a thing that a question may name without asking for it: 哪些企业享受优惠利率?"""


def _kind(name: str, asked: str, found: str) -> AnswerKind:
    return AnswerKind(name, re.compile(asked, re.IGNORECASE), re.compile(found, re.IGNORECASE))


KINDS = (
    _kind(
        "contact",
        r"(?:怎么|怎样|如何|咋)联系|手机号|"
        + _NOTHING_ELSE
        + r"(?:电话|热线|联系方式|联系人|邮箱|微信)|\b(?:phone|telephone|hotline|e-?mail|contact (?:number|person))\b",
        r"(?<!\d)(?:\d{3,4}[-－ ]?)?\d{7,8}(?!\d)|(?<!\d)1\d{10}(?!\d)|(?:电话|热线)[^。]{0,8}\d{5}|\S+@\S+",
    ),
    _kind(
        "document number",
        r"文件?号|几号文|\bdocument (?:number|no\b)|\bnumber of the (?:document|notice)\b",
        rf"〔\d{{4}}〕|\[{YEAR}\]|\bno\.? ?\d+ of {YEAR}\b",
    ),
    _kind(
        "unit price",
        r"(?:多少|几)(?:钱|元|块)?(?:一|每)个?(?:平|亩|度|吨|斤|桶)|(?:一|每)(?:平|亩|度|吨)[^？?，,。]{0,6}(?:多少|几)(?:钱|元|块)?"
        r"|\b(?:rent|price|cost|charge|fee|how much)\b.*\bper (?:square|mu|kwh|ton|kilowatt|m)",
        r"元\s*[/／每一]\s*(?:个?月)?[/／每一]?(?:平|亩|度|吨|斤|千瓦|㎡|m²)"
        r"|[每一](?:个?月)?每?(?:平方米|平米|平|亩|度|吨|斤|千瓦)[^，,。]{0,8}元"
        r"|\b(?:per|a|an)\b (?:square|mu|kwh|ton|kilowatt)",
    ),
    _kind(
        "money",
        r"多少钱|(?:奖励?|补贴|补助|资助|津贴|租金|房租|价格|电价|地价|工资|投资|投|产值|总值|gdp|营收|税收|交易额)[^？?，,。]{0,4}(?:多少|几)"
        r"|(?:产值|总值|gdp|营收|税收|交易额|房租|地价)呢?[？?。]*$"
        r"|(?:费用?|[金额薪款])[^？?，,。]{0,3}(?:多少|几)|多少(?:资金|补贴|补助|奖|亿|万|[^？?，,。的]{0,3}[费薪])|租金|电价|地价|每平米"
        r"|\bhow much (?:money|funding|investment|tax|rent|subsidy|is|are|was|were|do|does|did|will|would|can|could|has|have|to)\b(?!.*\b(?:land|time|area)\b)"
        r"|\bwhat (?:is|was|are|were) (?:the |its )?(?:\w+ ){0,3}(?:gdp|output value|revenue|turnover|rent)\b"
        r"|^\W*(?:what|how)\b.{0,20}\b(?:rent|price|cost)s?\b|^\W*(?:\w+\W+){0,4}(?:rent|price|cost)s?\b(?: per\b.*)?\W*$"
        rf"|^\W*(?:\w+\W+){{0,4}}gdp\b(?:\W+(?:in\W+)?{YEAR})?\W*$",
        rf"{SCALED}{UNITS['money']}|[%％‰]|免费|一事一议"
        rf"|\b(?:{CURRENCIES}|{ENGLISH_UNITS['money']})\b|[$¥€]|\bfree\b",
    ),
    _kind(
        "percentage",
        _NOTHING_ELSE + r"(?:比例|税率|利率)|百分之几|百分点"
        r"|\b(?:what|which)\b(?: \w+){0,4} (?:percentage|rate)s?\b",
        rf"[%％‰]|百分之|\d\s*(?:比|[:：])\s*\d|{NUMBER}成|\b{ENGLISH_UNITS['percentage']}\b",
    ),
    _kind(
        "length",
        r"多长(?!时间)|多远|多宽|多高|距离|\bhow (?:far|wide|high|tall)\b"
        r"|\bhow long (?:is|are) (?:the|its)\b(?!.*\b(?:take|valid|last))",
        rf"{SCALED}(?:{UNITS['length']}|米|里|km|m\b)|\b(?:{ENGLISH_UNITS['length']}|met(?:re|er)s?)\b"
        r"|\d\s*[×x]\s*\d",
    ),
    _kind(
        "duration",
        r"几天|多久|多长时间|多少[天年]|多少个?月|几个工作日|几年|几个月|\bhow (?:long|many (?:days|months|years))\b",
        # Without a scale: 6.5亿年前 and 30多年前 tell when something was, not how long.
        rf"{NUMBER}\s*个?(?:工作日|天|日内|小时|分钟|月|年|周|世纪)"
        rf"|\b(?:{ENGLISH_UNITS['duration']}|hours?|weeks?)\b",
    ),
    _kind(
        "area",
        _NOTHING_ELSE
        + r"(?:面积|占地)|"
        + r"^(?!.*(?:规模|盘子|基金|资金|力度|影响|作用|差距|做到|产业(?![园区基]))).*多大|"
        + r"\bhow (?:big|large)\b(?!.*\b(?:capacity|output|fund|budget|market|team|investment)\b)|\bwhat(?:'s| is| was| are| were)? the (?:\w+ )?areas?\b"
        r"|^\W*(?:\w+\W+){0,4}(?:area|size)\b\W*$",
        r"亩|平方|公顷|km²|m²|㎡|\b(?:square|hectares?|mu|sq)\b",
    ),
    _kind(
        "time",
        r"什么时候|啥时候|何时|哪[一1]?[年天]|几[号月点]|多会儿|(?:^|, )\W*(?:(?:and|so|but|then)\b\W*)?when (?:is|are|was|were|do|does|did|will|would|can|could|has|have|should)\b|\bwhat (?:year|time)\b|\bdates?\b",
        r"\d{4}|\d+\s*[月日号点]|世纪|年代|\bcentur(?:y|ies)\b|\d[:：]\d\d"
        rf"|\b(?:{'|'.join(MONTHS)})\b",
    ),
    _kind(
        "number",
        rf"多少|(?<!哪)几[{MEASURES}]|第几|\bhow many\b|\bpopulation\b",
        rf"\d|{NUMBER}\s*[{MEASURES}万亿]|首[个家次]|\b(?:{ENGLISH_NUMBERS})\b",
    ),
)
"""In the order they are tried: the narrower first."""
MOST_KINDS = 32
"""Kinds of which a text remembers whether it holds them: there are as many as things to count."""

_Found = TypeVar("_Found")
_PEOPLE, _BODIES = "人名位个", "家户个所"
_MEASURES = {**dict.fromkeys(_PEOPLE[:3], _PEOPLE), **dict.fromkeys(_BODIES[:2], _BODIES)}
"""Measure words that count the same things; 个 counts all."""
_MEASURED = re.compile(r"(?:多少|(?<!哪)几)(?P<measure>人次|[家户人名位所条座栋套辆吨台届亩])")
_COUNTED_IN_CHINESE = re.compile(
    rf"(?:多少|(?<!哪)几)[{MEASURES}]?(?P<noun>[\u4e00-\u9fff]{{2,6}})"
)
_NUMBER = rf"(?:\d[\d.,]*|[{NUMERALS}]+){SCALE}[{MEASURES}]?"
"""A number of things. The stop of an item's number is taken for a part of it (2. 犯罪数额): without
it, other sentences would be chosen."""
_BESIDE = 20
"""Characters before a noun in which its number stands."""
_NUMBER_BEFORE = re.compile(_NUMBER + r"[^，,。；;、\d]{0,6}$")
_NUMBER_BEHIND = re.compile(r"总?[数量]?[为达有共约超近逾至：:\s]{0,3}" + _NUMBER)
_COUNTED_IN_ENGLISH = {
    **dict.fromkeys("家户", "compan|firm|enterprise|business|bank|factor|outlet|institution|school"),
    **dict.fromkeys("人名位", "people|person|employee|worker|staff|resident|doctor|phd|student|talent|job"),
}  # fmt: skip
"""What the measure words of Chinese questions count, by the stems of English words."""
_COUNTED = re.compile(r"\bhow many(?P<words>(?: [a-z-]+){1,3})")
_UNCOUNTED = frozenset(
    "is are was were be do does did has have had can could will would there in of at by to for the"
    " a an and or does it they you people different new more other total kinds types".split()
)
_DIGIT_WORDS = rf"(?:(?<![\d.])(?!{YEAR}(?!\d)){DIGITS}|\b(?:{ENGLISH_NUMBERS})\b)"
_BETWEEN = r"[^.。!?！？\n]{0,40}?"
"""What may stand between a number and what it counts."""


def asked_kind(question: str) -> AnswerKind | None:
    """Recognise the kind of answer that a question asks for; None where its words do not tell.

    Of a number, it is that of the things counted: 三家 does not tell how many people.
    """
    kind = next((kind for kind in KINDS if kind.asked.search(question)), None)
    return _counting(question) or kind if kind and kind.name == "number" else kind


def _counting(question: str) -> AnswerKind | None:
    if measured := _MEASURED.search(question):
        return _count_in_chinese(measured["measure"])
    if counted := _COUNTED.search(question):
        words = [word for word in counted["words"].split() if word not in _UNCOUNTED]
        return _count_in_english(words[0]) if words else None
    return None


def counts_in(count: Count, text: str) -> bool:
    """Say whether a text has a number beside a word for what is counted: 833名博士, 博士833人."""
    return any(
        _NUMBER_BEFORE.search(text[max(0, place - _BESIDE) : place])
        or _NUMBER_BEHIND.match(text, place + len(noun))
        for noun in count.nouns
        for place in occurrences(noun, text)
    )


def asked_count(question: str, kind: AnswerKind | None) -> Count | None:
    """Find what a Chinese question counts; None where it counts nothing.

    Texts may tell it in other words; it is for choosing among sentences, not for what none holds.
    """
    asked = _COUNTED_IN_CHINESE.search(question)
    if asked is None or kind is None or kind.name != "number":
        return None
    noun = next((word for word in rjieba.cut(asked["noun"]) if len(word) > 1), "")
    return Count((noun, *equals(noun))) if noun else None


def memoized(
    known: dict[AnswerKind, _Found], kind: AnswerKind, look: Callable[[], _Found]
) -> _Found:
    """Look something up for a kind once, and keep it for at most ``MOST_KINDS`` kinds."""
    found = known.get(kind)
    if found is None:
        found = look()
        if len(known) < MOST_KINDS:
            known[kind] = found
    return found


@lru_cache(maxsize=64)
def _count_in_chinese(measure: str) -> AnswerKind:
    counted = _COUNTED_IN_ENGLISH.get(measure, "[a-z]{2}")
    one_of = measure if len(measure) > 1 else f"[{_MEASURES.get(measure, measure)}]"
    return _kind(
        "number",
        "",
        rf"(?:{SCALED}|首){one_of}|{_beside_number(counted)}",
    )


@lru_cache(maxsize=256)
def _count_in_english(word: str) -> AnswerKind:
    stems = "|".join(re.escape(stem(one)) for one in (word, *equals(word)) if one.isascii())
    return _kind(
        "number",
        "",
        rf"{_beside_number(stems)}|[\u4e00-\u9fff].*\d|\d.*[\u4e00-\u9fff]",
    )


def _beside_number(stems: str) -> str:
    """A pattern of English words that begin with one of some stems, beside a number."""
    return rf"{_DIGIT_WORDS}{_BETWEEN}\b(?:{stems})|\b(?:{stems})[a-z]*{_BETWEEN}{_DIGIT_WORDS}"
