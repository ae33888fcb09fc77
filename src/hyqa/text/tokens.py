"""What keyword search sees of a text: words, character pairs, numbers and document numbers.

Chinese is read twice, as jieba words and as overlapping pairs of characters: words are precise,
pairs survive wrong segmentation. On the answerable questions of a Chinese policy set, words
alone put the right document first for .80, pairs for .83, both for .84.
"""

import re
import sys
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, chain

import numpy as np
import Stemmer
from numpy.typing import NDArray

from hyqa.text.figures import YEAR
from hyqa.text.scripts import CHINESE, simplify

TOKENIZER = "rjieba+pairs+snowball/3"
"""Name stored with an index; change it with anything that changes the tokens of a text."""

# White space is bounded: without a bound, a stretch of it takes time by its square.
_DOCUMENT_NUMBER = re.compile(
    rf"({YEAR})\s{{0,3}}[〕\])】]?\s{{0,3}}(?:第\s{{0,3}})?(\d{{1,4}})\s{{0,3}}号"
)
_ENGLISH_NUMBER = re.compile(rf"\[({YEAR})\]\s*no\.?\s*(\d{{1,4}})\b")
_NUMBER_OR_WORD = (
    rf"(?P<number>\d+(?:[.,]\d+)*)(?=\s?(?P<unit>%|[万亿]?[{CHINESE}])?)|(?P<latin>[a-z]+)"
)
_PIECE = re.compile(rf"(?P<chinese>[{CHINESE}]+)|{_NUMBER_OR_WORD}")
_OTHER = re.compile(_NUMBER_OR_WORD)
_LETTERS = re.compile(r"[^\W\d_]+")
_CHINESE = re.compile(f"[{CHINESE}]")
_CHINESE_RUN = re.compile(f"[{CHINESE}]+")
# Of the characters of Chinese texts, each is folded alone, and few need it. Others, such as a
# separate accent, may join the one before them.
_MAY_JOIN = re.compile(
    "[^\0-\u02ff\u2000-\u20cf\u2100-\u2bff\u3000-\u3029\u3030-\u3096\u309b-\u30ff\u3200-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff9d]"
)
_MAY_FOLD = re.compile("[^\0-\x7f\u3400-\u9fff·—‘’“”、。《》【】〔〕]")
_ENGLISH_STOPWORDS = frozenset(
    "a an the of to in is are was were be been am and or for on at by with from as it its this that"
    " these those which who whom what how when where why do does did has have had can could will"
    " would shall should may might there here their his her he she they them i me my we us our you"
    " your if so than then any some not no about into over please tell".split()
)
_QUESTION_PHRASES = re.compile(
    "请问|发?文号|文件号|几号文|(?:是|有)?(?:什么|啥)意思|有没有|能不能|可不可以|是不是|为什么|[有是为]?(?:什么时候|啥时候|什么|啥|哪些|哪个|哪里|哪儿|哪家|多少钱|多少|好多|何)|"
    r"排?第几[个家名位]?|几[天年月号点]|有?多[长远宽高久大]|(.)不(?:\1(?!\w)|(?=\1))|大概|大约|一般|到底|具体|目前|现在|如今|一[个家]|"
    "如何|怎么样|怎么|怎样|咋样|咋|是否|是谁|有?几[个家]|吗|呢|吧|啊|嘛|呀"
    r"|(?<!\S)那么?(?=\S+呢)|了没有?"
    r"|\bhow (?:much|many|long|big|large|far|high|tall|wide|old|often|soon)\b"
    r"|\b(?:e\.g|i\.e|eg|etc)\b\.?|\b(?:whats|hows|wheres|whos|whens|isnt|arent|dont|doesnt|didnt|cant|pls|plz)\b"
)
_CHINESE_STOPWORDS = frozenset(
    "的 了 是 在 有 对于 对 和 与 及 或 被 将 把 由 从 向 于 为 以及 应该 应 可以 能 要 会 给 拿 现在 目前 都 也 还 "
    "就 而 并 等 其 之 这 那 这个 那个 个 家 几 多 哪 谁 我 你 我们 你们 他 它 里 上 中 到 来 去 让 后 时 下 得 可 一下 "
    "这里 那里 这边 那边 省里 市里 区里 乡里 镇里 村里 园里 厂里".split()
)
_stemmer = Stemmer.Stemmer("english")


def normalize(text: str) -> str:
    """Fold what a reader does not tell apart: full and half width, upper and lower case, scripts.

    Traditional characters become simplified ones. Lone surrogates, which a JSON text may hold and
    rjieba cannot take, become question marks.
    """
    if text.isascii():
        return text.lower()
    return simplify(_compatible(text)).lower()


def _compatible(text: str) -> str:
    """A text in Unicode's form NFKC; asking for that of a whole passage takes four times as long."""
    if _MAY_JOIN.search(text):
        return unicodedata.normalize("NFKC", text)
    for character in set(_MAY_FOLD.findall(text)):
        text = text.replace(character, unicodedata.normalize("NFKC", character))
    return text


def tokenize(text: str) -> list[str]:
    """Cut a text into the tokens that keyword search counts, in no meaningful order.

    Document numbers, amounts and years are also kept whole: ``〔2025〕11号`` gives ``#2025-11``,
    ``300万元`` gives ``300`` and ``300万元``. English words are stemmed, its function words dropped.
    """
    folded = normalize(text)
    tokens = document_numbers(folded)
    for match in _PIECE.finditer(folded):
        tokens += _chinese_tokens(match["chinese"]) if match["chinese"] else _other_tokens(match)
    return tokens


def content_tokens(question: str) -> list[str]:
    """Cut a question into distinct tokens, without its question and function words.

    Pairs of characters are taken inside the runs between those words, so that none stands for
    two words that only happen to be neighbours. A question of nothing else (what is it?), or of
    letters that ``tokenize`` does not see, keeps its words: only one without letters has none.
    """
    runs = without_function_words(without_question_words(normalize(question)))
    tokens = tokenize(runs) or tokenize(question) or _LETTERS.findall(normalize(question))
    return list(dict.fromkeys(tokens))


@lru_cache(maxsize=8192)
def word_tokens(word: str) -> tuple[str, ...]:
    """Cut one word into tokens, in the order of :func:`tokenize`; those of words met lately are kept."""
    return tuple(tokenize(word))


class HeldTokens:
    """The tokens that a text holds, looked up without cutting the text into all of them.

    A Chinese token is held where its characters stand together, which is a little more than
    ``tokenize`` gives; all others are compared whole.

    Args:
        text: a folded text.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _others(self) -> "_OtherTokens":
        """The tokens that are not Chinese; most questions ask for none."""
        return _OtherTokens(self.text)

    def __contains__(self, token: str) -> bool:
        characters = token.removeprefix("_")
        if characters[:1] > "\u3000":
            return characters in self.text
        return token in self._others

    def places(self, token: str) -> list[int]:
        """Find where a token stands, as offsets into the text, ascending; 0 for a document number."""
        characters = token.removeprefix("_")
        if characters[:1] <= "\u3000":
            return self._others.places(token)
        return occurrences(characters, self.text)


class _OtherTokens:
    """The tokens of a folded text that are not Chinese, and where they stand.

    As lines of a string they take a tenth of what a dict of lists takes.
    """

    def __init__(self, text: str) -> None:
        found = [(number, 0) for number in dict.fromkeys(document_numbers(text))]
        for match in _OTHER.finditer(text):
            found += [(token, match.start()) for token in _other_tokens(match)]
        self._lines = "".join([_line(token) for token, _ in found])
        self._places = array("I", [place for _, place in found])

    def __contains__(self, token: str) -> bool:
        return _line(token) in self._lines

    def places(self, token: str) -> list[int]:
        """Offsets at which a token stands, ascending; 0 for a document number."""
        found = occurrences(_line(token), self._lines)
        return [self._places[self._lines.count("\n", 0, start)] for start in found]


def _line(token: str) -> str:
    """A token between a beginning and an end of its own, so that no two lines share one."""
    return f"\n{token}\r"


def occurrences(characters: str, text: str) -> list[int]:
    """Find where some characters stand in a text, as offsets, ascending; none overlaps the one before."""
    found: list[int] = []
    place = text.find(characters)
    while place >= 0:
        found.append(place)
        place = text.find(characters, place + len(characters))
    return found


def held_places(texts: Sequence[str], tokens: Sequence[str]) -> NDArray[np.bool_]:
    """Tell which tokens some folded texts hold, Chinese ones looked up in one pass over all of them.

    Returns:
        An array of a row a text and a column a token; see :class:`HeldTokens` for what is held.
    """
    joined = "\n".join(texts)
    ends = list(accumulate(len(text) + 1 for text in texts))
    held = np.zeros((len(texts), len(tokens)), dtype=bool)
    others: dict[str, int] = {}
    for column, token in enumerate(tokens):
        characters = token.removeprefix("_")
        if characters[:1] <= "\u3000":
            others[token] = column
            continue
        place = joined.find(characters)
        while place >= 0:
            row = bisect_right(ends, place)
            held[row, column] = True
            place = joined.find(characters, ends[row])  # once in a text is enough
    for row, text in enumerate(texts) if others else ():
        for token in _others_in(text).intersection(others):
            held[row, others[token]] = True
    return held


@lru_cache(maxsize=4096)
def _others_in(text: str) -> frozenset[str]:
    """The tokens of a folded text that are not Chinese; those of popular passages are kept."""
    found = (_other_tokens(match) for match in _OTHER.finditer(text))
    # Those that many texts hold, such as years, are kept once.
    return frozenset(map(sys.intern, chain.from_iterable(found)))


def without_question_words(folded: str) -> str:
    """Put spaces in the place of the words that only make a folded text a question."""
    return _QUESTION_PHRASES.sub(" ", folded)


def is_function_word(word: str) -> bool:
    """Say whether a Chinese word only joins others or says when one speaks (的, 对于, 现在)."""
    return word in _CHINESE_STOPWORDS


def without_function_words(folded: str) -> str:
    """Put spaces in the place of a folded text's Chinese function words."""
    return _CHINESE_RUN.sub(lambda match: _content_words(match.group()), folded)


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """Find the stem of an English word, lower case."""
    stemmed: str = _stemmer.stemWord(word.lower())
    return stemmed


def is_chinese(word: str) -> bool:
    """Say whether a word begins with a Chinese character."""
    return _CHINESE.match(word) is not None


def chinese_share(text: str) -> float:
    """Measure the share of Chinese characters among a text's letters, 0 to 1; 0 for a text without any."""
    letters = sum(character.isalpha() for character in text)
    return len(_CHINESE.findall(text)) / letters if letters else 0.0


def _content_words(chinese: str) -> str:
    import rjieba  # reads its dictionary, which who only names the tokenizer does without

    words = rjieba.cut(chinese)
    return "".join(" " if word in _CHINESE_STOPWORDS else word for word in words)


def document_numbers(folded: str) -> list[str]:
    """Find the 文号 of a folded text, each as ``#year-number``."""
    found = _DOCUMENT_NUMBER.findall(folded) + _ENGLISH_NUMBER.findall(folded)
    return [f"#{year}-{int(number)}" for year, number in found]


def _chinese_tokens(run: str) -> list[str]:
    import rjieba

    pairs = [run[i : i + 2] for i in range(len(run) - 1)] or [run]
    # A pair carries a mark, so that it is not counted as the word of the same two characters.
    return [word for word in rjieba.cut(run) if len(word) > 1] + [f"_{pair}" for pair in pairs]


def _other_tokens(match: re.Match[str]) -> list[str]:
    if number := match["number"]:
        plain = number.replace(",", "")
        return [plain, plain + match["unit"]] if match["unit"] else [plain]
    word = match["latin"]
    return [] if word in _ENGLISH_STOPWORDS else [stem(word)]
