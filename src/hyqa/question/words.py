"""Weigh the words of a question."""

from collections.abc import Iterable
from itertools import chain

import rjieba

from hyqa.index.sparse import SparseIndex
from hyqa.text.names import NAME_TAGS, PLACE_TAGS
from hyqa.text.thesaurus import equals
from hyqa.text.tokens import is_chinese, is_function_word, word_tokens

Tagged = tuple[str, str]
"""A word, and the tag of its part of speech (ICTCLAS: n noun, v verb, ns place …)."""
ACTION_WEIGHT = 0.5
"""What a verb or adjective counts for beside a noun: people vary how they say what is done, and
hardly what it is done to."""
_THINGS = ("n", "l", "j", "t", "i", "s", "b", "eng", "m", "vn")
_ACTIONS = ("v", "a", "d", "z")
_COUNTS_AND_TIMES = ("m", "t", "d")
"""Tags of words such as 好多, 去年 and 一下子, which only a text that has them can lack."""
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


def token_weight(token: str, phrases: tuple[str, ...], sparse: SparseIndex) -> float:
    """Weigh a token, or a phrase that the thesaurus knows, by inverse document frequency."""
    if token in phrases:
        return PHRASE * (sparse.idf(token) if token in sparse else phrase_weight(token, sparse))
    return sparse.idf(token)


def tagged_words(text: str, sparse: SparseIndex) -> list[Tagged]:
    """Cut a text into words with their parts of speech, without function words.

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
            or tag in (*PLACE_TAGS, *NAME_TAGS)
            or (word in known and not tag.startswith(_COUNTS_AND_TIMES))
            or _is_unheard_of(word, sparse)
        )
    ]


def nouns_among(tagged: Iterable[Tagged], phrases: Iterable[str]) -> frozenset[str]:
    """Find the nouns among tagged words, and the phrases that end with one; of English, all words."""
    ends = ((phrase, rjieba.tag(phrase)[-1][1]) for phrase in phrases)
    return frozenset(word for word, tag in chain(tagged, ends) if _tag_weight(word, tag) == 1)


def _is_unheard_of(word: str, sparse: SparseIndex) -> bool:
    pairs = [f"_{word[i : i + 2]}" for i in range(len(word) - 1)]
    return len(pairs) > 1 and not any(pair in sparse for pair in pairs)


def weighted_words(tagged: Iterable[Tagged], sparse: SparseIndex) -> dict[str, float]:
    """Weigh words by inverse document frequency, verbs and adjectives by ``ACTION_WEIGHT`` of it."""
    weights: dict[str, float] = {}
    for word, tag in tagged:
        token = sparse.token_of(word)
        if share := _tag_weight(word, tag):
            weights[word] = share * sparse.idf(token)
    return {word: weight for word, weight in weights.items() if weight > 0}


def phrase_weight(phrase: str, sparse: SparseIndex) -> float:
    """Weigh a phrase that the thesaurus knows like the commonest of its synonyms."""
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
