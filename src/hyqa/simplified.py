"""Traditional characters as simplified ones, for searching only: what is shown stays as written.

OpenCC converts by phrases, so that 乾隆 keeps the 乾 that 乾燥 loses. It loads in 10 ms and takes
some microseconds for a question, 1 ms for 100,000 characters.
"""

import re
from functools import cache

from opencc import OpenCC

_BEYOND_PLANE = re.compile("[\U00010000-\U0010ffff]")


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplify(text: str) -> str:
    """A text in simplified characters; one that is simplified already stays the same.

    Where the simplified form is outside of the characters that fonts, dictionaries and our
    tokens know (the Basic Multilingual Plane), as of some rare names, the traditional one stays.

    Args:
        text: any text; lone surrogates become question marks.
    """
    readable = text.encode("utf-8", "replace").decode("utf-8")
    converted: str = _converter().convert(readable)
    if len(converted) != len(readable) or not _BEYOND_PLANE.search(converted):
        return converted
    return "".join(
        old if new > "\uffff" else new for old, new in zip(readable, converted, strict=True)
    )
