"""Traditional characters as simplified ones, for searching only: what is shown stays as written.

OpenCC converts by phrases, so that 乾隆 keeps the 乾 that 乾燥 loses. It takes 1 ms for 100,000
characters, but some 20 microseconds for a passage, of which an answer reads dozens; most hold no
character that it would change, which is seen in a quarter of that. Both load in some 15 ms.
"""

import re
from functools import cache

from opencc import OpenCC

CHINESE = "\u3400-\u9fff\uf900-\ufaff"
"""Chinese characters, as they stand inside the brackets of a pattern."""
_BEYOND_PLANE = re.compile("[\U00010000-\U0010ffff]")
_IN_PHRASES = "哩坏沈瞭藉衹覆甦"
"""What phrases of OpenCC change though none of their characters changes alone: one of each."""


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def _changing() -> re.Pattern[str]:
    """What finds the characters without any of which a text stays as it is."""
    alone = "\n".join(map(chr, range(0x4E00, 0xA000)))
    pairs = zip(alone[::2], _converter().convert(alone)[::2], strict=True)
    changed = "".join(old for old, new in pairs if old != new)
    rare = "\u3400-\u4dff\ud800-\ufaff\U00010000-\U0010ffff"  # not worth asking about one by one
    return re.compile(f"[{changed}{_IN_PHRASES}{rare}]")


def simplify(text: str) -> str:
    """Write a text in simplified characters; one that is simplified already stays the same.

    Where the simplified form is outside of the characters that fonts, dictionaries and our
    tokens know (the Basic Multilingual Plane), as of some rare names, the traditional one stays.

    Args:
        text: any text; lone surrogates become question marks.
    """
    if not _changing().search(text):
        return text
    readable = text.encode("utf-8", "replace").decode("utf-8")
    converted: str = _converter().convert(readable)
    if len(converted) != len(readable) or not _BEYOND_PLANE.search(converted):
        return converted
    return "".join(
        old if new > "\uffff" else new for old, new in zip(readable, converted, strict=True)
    )
