"""Read what is typed in pinyin: without its tones, and words that questions are put with."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache

from hyqa.text.sounds import characters, readings, sounds, syllables, toneless
from hyqa.text.thesaurus import chinese_entries
from hyqa.text.tokens import is_chinese

_ASKING = (
    "多少 多大 多长 多久 多远 钱 什么 啥 哪里 哪儿 哪个 哪些 哪家 怎么 怎样 如何 谁 几个 几家 几年 几天 什么时候"
    " 有 没有 是 吗 呢 的 给 在 在哪 哪 能 可以 要 和 了".split()
)
"""What questions are put with, which documents hardly hold: known to who writes in pinyin, too."""
_TONED = re.compile("[a-zA-ZāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüĀÁǍÀĒÉĚÈŌÓǑÒ\u0300\u0301\u0304\u030c]+")
_TONE = re.compile("[\u0300\u0301\u0304\u030c]")
RARE_READING = 3.0
"""What it costs to read a character by another than its commonest sound, or a pair as no word: about
the difference of weight between a common pair and a rare one."""


def likeliest_characters(syllables: Sequence[str], cost: Callable[[str], float | None]) -> str:
    """The likeliest characters of some syllables, by the best path through their pairs.

    Args:
        syllables: a text in pinyin; of a single one nothing is read.
        cost: how odd two characters are as neighbours, None where they never are.

    Returns:
        The characters, '' where no path leads through.
    """
    first, *rest = syllables
    paths = {one: (-_oddness(one, first), one) for one in characters().get(first, "")}
    for syllable in rest:
        longer: dict[str, tuple[float, str]] = {}
        for character in characters().get(syllable, ""):
            odd = _oddness(character, syllable)
            known = [
                (weight - odd - pair, path + character)
                for last, (weight, path) in paths.items()
                if (pair := cost(last + character)) is not None
            ]
            if known:
                longer[character] = max(known)
        paths = longer
    return max(paths.values())[1] if paths and rest else ""


def _oddness(character: str, sound: str) -> float:
    """What it costs to read a character in another way than its commonest."""
    return 0.0 if sounds(character)[0] == sound else RARE_READING


@cache
def asking_words() -> dict[str, str]:
    """Words that questions are put with, by their pinyin."""
    words = (*_ASKING, *filter(is_chinese, chinese_entries()))
    return {pinyin: word for word in reversed(words) for pinyin in readings(word)}


def without_tones(text: str) -> str:
    """A text without the marks of tones in the words of it that then are pinyin."""
    if text.isascii():
        return text
    return _TONED.sub(lambda match: _plain(match.group()), text)


def _plain(word: str) -> str:
    plain = toneless(word)
    toned = _TONE.search(unicodedata.normalize("NFD", word))
    return plain if toned and syllables(plain.lower()) else word
