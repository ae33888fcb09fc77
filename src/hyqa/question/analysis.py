"""What a question asks: the words that matter, the names and years in it, its focus."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain

import rjieba

from hyqa.index.lexicon import names_in
from hyqa.index.sparse import SparseIndex
from hyqa.question.kinds import Kind, asked_kind
from hyqa.question.subjects import names_subject
from hyqa.text.thesaurus import equals, known_phrases, with_phrases, without_phrases
from hyqa.text.tokens import (
    content_tokens,
    is_chinese,
    is_function_word,
    normalize,
    without_question_words,
    word_tokens,
)
from hyqa.types import Query

HOME_SHARE = 0.2
"""A place that more of the chunks name is where the corpus is at home: each question means it."""
ACTION_WEIGHT = 0.5
"""What a verb or adjective counts for beside a noun: people vary how they say what is done, and
hardly what it is done to."""
EARLIER_WEIGHT = 0.5
"""What a word of the lines that a follow-up follows counts for beside one of its own: it tells what
is talked about, not what is asked."""
_THINGS = ("n", "l", "j", "t", "i", "s", "b", "eng", "m", "vn")
_ACTIONS = ("v", "a", "d", "z")
_COUNTS_AND_TIMES = ("m", "t", "d")
"""Tags of words such as 好多, 去年 and 一下子, which only a text that has them can lack."""
_PLACES = ("ns",)
_NAMES = ("nr", "nt", "nz")
PHRASE = 2.0
"""What a phrase that the thesaurus knows counts for among tokens: it is a word and a pair at once."""
VAGUE = frozenset(
    "要求 情况 文件 通知 政策 措施 条件 标准 内容 方式 问题 企业 公司 项目 时间 工作 单位 部门 人员 地方 办法 规定 方面 意思 含义 区别 比例 长度 距离 位置 地址 数量 人数 "
    "about kind type does did has have can could should would will happen happened one industries".split()
)
"""Nouns that a question is put with rather than about."""
ROLES = frozenset(
    "目的 前提 用途 作用 意义 影响 机理 原理 原因 缘由 理由 结果 后果 成果 成效 成绩 成就 效果 进展 变化 调整 趋势 渠道 途径 手段 形式 类型 种类 类别 领域 群体 角色 代表 重点 亮点 "
    "优势 特点 特征 特色 不同点 不同之处 区别 差异 共同点 共同之处 相同点 相似之处 关系 联系 例子 基础 名称 次数 总共 一共 总和 总量 总数 总额 总金额 百分比 说明 建议 "
    "purpose role kind sort reason cause effect result outcome difference relationship example types kinds reasons".split()
)
"""Nouns that tell what part an answer plays (what for, by what means, with what result): texts play
that part without naming it."""
_UNFIT = VAGUE | ROLES
_AREA = re.compile("(?<=..)(?:地区|[省市区县])$")
_SITE = re.compile(
    r"(?:[区园城镇港谷]|基地|走廊|枢纽|机场)$|\b(?:zone|park|city|town|port|valley|base|corridor|hub|airport)$",
    re.IGNORECASE,
)
"""How the name of a park or place ends, of which there are figures."""
_PART = re.compile(
    r"园区|产业园|工业园|科技园|开发区|高新区|经开区|保税区|新区|小镇|科学城|基地|机场"
    r"|\b(?:zone|park|town|base|airport)\b"
)
_HOW_IS_IT = re.compile(
    r"怎么样|怎样|咋样|如何|(?:是|有)?(?:个|一个)?(?:什么|啥)(?:样的?|地方|园区)?|的|吗|呢|\b(?:what|how|who|where)?\s*(?:is|are|'s|about)\b|\bthe\b"
)
_DIRECTIONS = re.compile("[东南西北中]+")
_YES_OR_NO = re.compile(
    r"吗|是不是|有没有|是否|能否|可否|(?<!什)么$|没有?[?？]?$|对吧|是吧"
    r"|^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would)\b|\bright\s*\??$"
)
_ENGLISH_FOCUS = re.compile(
    r"\b(?:what|which|how much|how many|is there|are there)\s+(?:(?:is|are|was|were)\s+)?(?:(?:the|its|an?|any|other|some|most|those|two|next|current)\s+)?(?P<noun>[a-z]{3,})\b"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks.

    ``words`` are its content words with their weights, ``tokens`` the characters of its keyword
    tokens with theirs; ``places``, other ``names`` and ``years`` the ones in it, ``focus`` the noun
    that it is about, '' if none; ``kind`` the kind of answer. ``abroad`` says that the corpus is at
    home somewhere, and that the question names places elsewhere, ``confirms`` that yes or no would
    answer it. ``aliases`` are what a place or name in Latin letters is in Chinese. ``things`` are
    those of the words that are nouns, in English all; ``sites`` the names of each park or place
    in it that has a name of its own, folded; ``homes`` are the names of the corpus's own
    places, where the question is about one of them and nothing in it; ``overview`` says that it
    names a park and asks nothing of it.
    """

    words: tuple[tuple[str, float], ...]
    tokens: tuple[tuple[str, float], ...]
    places: tuple[str, ...]
    names: tuple[str, ...]
    years: tuple[str, ...]
    focus: str
    kind: Kind | None
    abroad: bool
    confirms: bool = False
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    things: tuple[str, ...] = ()
    sites: tuple[tuple[str, ...], ...] = ()
    homes: tuple[str, ...] = ()
    overview: bool = False


@lru_cache(maxsize=16)  # a question is looked at again for what its answer leaves open
def analyse(query: Query, sparse: SparseIndex) -> Asked:
    """Find what a query asks; of a resolved follow-up, the last line is the question itself."""
    folded = normalize(query.text)
    last = normalize(query.question)
    phrases = known_phrases(folded)
    rest = without_phrases(folded, phrases)
    plain = without_question_words(rest)
    tagged = _tagged_words(plain, sparse)
    named = list(_named(tagged, sparse))
    words = _weighted(tagged, sparse) | {
        phrase: _phrase_weight(phrase, sparse) for phrase in phrases
    }
    own = {*content_tokens(query.question), *(phrase for phrase in phrases if phrase in last)}
    things = _things(tagged, phrases)
    places = tuple(dict.fromkeys(name for name, place in named if place))
    tokens = _merged(
        (token, _token_weight(token, phrases, sparse) * _standing(token in own))
        for token in with_phrases(query.content, rest, phrases)
    )
    if all(is_chinese(word) and _is_home(word, sparse) for word in words):
        # All the corpus is about its home: what else is asked (今天多少度) has only its characters.
        words = tokens
    return Asked(
        words=tuple((word, weight * _standing(word in last)) for word, weight in words.items()),
        tokens=tuple(tokens.items()),
        places=places,
        names=tuple(dict.fromkeys(name for name, place in named if not place)),
        years=query.years,
        focus=_focus(last, sparse),
        kind=asked_kind(last),
        homes=_own_places(sparse) if _is_about_home(folded, tagged, sparse) else (),
        things=tuple(word for word in words if word in things),
        confirms=_YES_OR_NO.search(last) is not None,
        abroad=bool(places) and bool(_own_places(sparse)) and not _names_home(tagged, sparse),
    )


def with_names(asked: Asked, chinese: Mapping[str, tuple[str, ...]], sparse: SparseIndex) -> Asked:
    """What a question asks, with the Chinese names in it that are written by their pinyin.

    Args:
        asked: what the tagger sees of it.
        chinese: words in Latin letters with the corpus's words that they may stand for.
        sparse: tells which are names that all of the corpus is about.
    """
    own = {
        name: words
        for name, words in chinese.items()
        if not _is_home(name, sparse) and not any(_is_home(word, sparse) for word in words)
    }
    names = (name for name in own if name not in asked.places)
    return replace(asked, names=tuple(dict.fromkeys([*asked.names, *names])), aliases=own)


def with_sites(
    asked: Asked, question: str, names: Sequence[str], terms: Mapping[str, str]
) -> Asked:
    """What a question asks, with the parks and places that it calls by their names.

    Args:
        asked: what is known of it.
        question: its own words.
        names: proper names of the corpus, of these and of other things.
        terms: English names of Chinese ones: Chinese names of one English name are one thing's.
    """
    found = [name for name in names_in(question, names) if _SITE.search(name)]
    return replace(
        asked,
        sites=tuple(_names_of(name, terms) for name in found),
        overview=bool(subject_of_overview(question, names, terms)),
    )


def subject_of_overview(
    question: str, names: Sequence[str], terms: Mapping[str, str]
) -> tuple[str, ...]:
    """The names, folded, of the park that a question names and asks nothing of; () where it does not.

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


def _token_weight(token: str, phrases: tuple[str, ...], sparse: SparseIndex) -> float:
    """Weight of a token of a question, or of a phrase of it that the thesaurus knows."""
    if token in phrases:
        return PHRASE * (sparse.idf(token) if token in sparse else _phrase_weight(token, sparse))
    return sparse.idf(token)


def _merged(weighted: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Tokens by their characters: a word of two is a pair of characters, too."""
    merged: dict[str, float] = {}
    for token, weight in weighted:
        characters = token.removeprefix("_")
        merged[characters] = merged.get(characters, 0.0) + weight
    return merged


def _standing(is_asked: bool) -> float:
    return 1.0 if is_asked else EARLIER_WEIGHT


def _tagged_words(text: str, sparse: SparseIndex) -> list[tuple[str, str]]:
    """The words of a text with their tags, without function words.

    The tagger joins characters that no dictionary has together (园有, 办个公司), and nothing can
    hold them: only what the dictionary, the corpus or a name has is a word, or what is wholly
    unheard of (律所好), for that is what the question is about.
    """
    known = frozenset(rjieba.cut(text, False))
    return [
        (word, tag)
        for word, tag in rjieba.tag(text)
        if not is_function_word(word)
        and (
            word in sparse
            or not is_chinese(word)
            or tag in (*_PLACES, *_NAMES)
            or (word in known and not tag.startswith(_COUNTS_AND_TIMES))
            or _is_unheard_of(word, sparse)
        )
    ]


def _things(tagged: Iterable[tuple[str, str]], phrases: Iterable[str]) -> frozenset[str]:
    """The nouns among tagged words, and the phrases that end with one; of English, all."""
    ends = ((phrase, rjieba.tag(phrase)[-1][1]) for phrase in phrases)
    return frozenset(word for word, tag in chain(tagged, ends) if _tag_weight(word, tag) == 1)


def _is_unheard_of(word: str, sparse: SparseIndex) -> bool:
    pairs = [f"_{word[i : i + 2]}" for i in range(len(word) - 1)]
    return len(pairs) > 1 and not any(pair in sparse for pair in pairs)


def _weighted(tagged: list[tuple[str, str]], sparse: SparseIndex) -> dict[str, float]:
    weights: dict[str, float] = {}
    for word, tag in tagged:
        token = sparse.token_of(word)
        if share := _tag_weight(word, tag):
            weights[word] = share * sparse.idf(token)
    return {word: weight for word, weight in weights.items() if weight > 0}


def _phrase_weight(phrase: str, sparse: SparseIndex) -> float:
    """Weight of a phrase that the thesaurus knows: that of its commonest equal."""
    weights = [sparse.idf(sparse.token_of(word)) for word in {phrase, *equals(phrase)}]
    return min(weights) * (ACTION_WEIGHT if phrase.isascii() else 1.0)


def _tag_weight(word: str, tag: str) -> float:
    if not is_chinese(word):
        return 1.0 if word_tokens(word) else 0.0
    if len(word) < 2:
        return 0.0
    if tag.startswith(_THINGS):
        return 1.0
    return ACTION_WEIGHT if tag.startswith(_ACTIONS) else 0.0


def _named(tagged: list[tuple[str, str]], sparse: SparseIndex) -> Iterator[tuple[str, bool]]:
    """Names, and whether each is a place's; without those that all the corpus is about.

    The tagger knows only some places, and takes others for people or things.
    """
    for word, tag in tagged:
        name = _AREA.sub("", word)
        place = (tag in _PLACES or name in _gazetteer()) and not (name.isascii() and len(name) < 4)
        if not (place or tag in _NAMES) or len(name) < 2 or _DIRECTIONS.fullmatch(name):
            continue
        if not _is_home(name, sparse):
            yield name, place


def _is_home(name: str, sparse: SparseIndex) -> bool:
    token = sparse.token_of(name) if name.isascii() else f"_{name[:2]}"
    return sparse.share(token) > HOME_SHARE


@lru_cache(maxsize=2)
def _own_places(sparse: SparseIndex) -> tuple[str, ...]:
    """The places where the corpus is at home, in both scripts; none where it is nowhere."""
    return tuple(sorted(name for name in _gazetteer() if _is_home(name, sparse)))


def _names_home(tagged: Iterable[tuple[str, str]], sparse: SparseIndex) -> bool:
    """Whether a question names the corpus's own place, be it beside others."""
    return any(_AREA.sub("", word) in _own_places(sparse) for word, _ in tagged)


def _is_about_home(question: str, tagged: Iterable[tuple[str, str]], sparse: SparseIndex) -> bool:
    """Whether a question names the corpus's own place, and no other subject."""
    named = [home for home in _own_places(sparse) if names_alone(home, question)]
    rest = re.sub(f"(?:{'|'.join(named)})市?", " ", question)
    return bool(named) and _names_home(tagged, sparse) and not names_subject(rest, sparse)


def names_alone(place: str, folded: str) -> bool:
    """Whether a folded text names a city, and not only the county that is called after it."""
    return re.search(rf"{place}(?!县|\s*county)", folded) is not None


def is_of_part(title: str, homes: Sequence[str]) -> bool:
    """Whether a folded title is that of a park, a county or another place than a city's own names.

    Of several places, the first is the one that it is about (Leiyang City in Hengyang).
    """
    if _PART.search(title):
        return True
    named = [title.index(home) for home in homes if names_alone(home, title)]
    if not named:  # but a county that is called after the city, or another place
        return any(place in title for place in _gazetteer())
    others = (title.find(place) for place in _gazetteer() if place not in homes)
    return any(0 <= found < min(named) for found in others)


@cache
def _gazetteer() -> frozenset[str]:
    lines = files("hyqa.question").joinpath("places.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(" ".join(line for line in lines if not line.startswith("#")).split())


def _focus(question: str, sparse: SparseIndex) -> str:
    """The noun that a question is about: its last one that is neither a name, vague nor a role.

    In English, the first word after what, which, how much or how many.
    """
    if english := _ENGLISH_FOCUS.search(question):
        return "" if english["noun"] in _UNFIT else english["noun"]
    plain = without_question_words(question)
    nouns = [
        word
        for word, tag in _tagged_words(plain, sparse)
        if tag.startswith(("n", "l", "vn")) and tag not in ("ns", "nr") and len(word) > 1
    ]
    return next((noun for noun in reversed(nouns) if noun not in _UNFIT), "")
