"""Telegram's HTML: escaping text, measuring it, and cutting it where it may be cut."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator

ENTITIES = 100
"""Stretches of a message that may look different; Telegram shows those beyond as plain text."""
_SENTENCE_END = re.compile(r"[。！？；!?;]+[”’」』）)\"']*|\.(?=\s)")
_SPACE = re.compile(r"\s")
_JOINER = "\u200d"


def escape(text: str) -> str:
    """Escape text that stands outside of tags; unescaping gives it back exactly."""
    return html.escape(text, quote=False)


def units(text: str) -> int:
    """Length in UTF-16 code units, the way Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def columns(text: str) -> int:
    """Width on a screen: Chinese characters and their punctuation take two columns."""
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)


def link(text: str, url: str) -> str:
    """Text that opens an address."""
    return f'<a href="{html.escape(url)}">{escape(text)}</a>'


def emphasised(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    """Escape text, with stretches of it in bold.

    Args:
        text: any.
        stretches: where each starts and ends; what lies outside of the text, or inside of one
            before it, is left out.
    """
    pieces, done = [], 0
    for start, end in sorted(stretches):
        low, high = max(start, done), min(end, len(text))
        if low < high:
            pieces += [escape(text[done:low]), "<b>", escape(text[low:high]), "</b>"]
            done = high
    return "".join([*pieces, escape(text[done:])])


def entities(source: str) -> int:
    """How many stretches of HTML look different."""
    return source.count("</")


def shorten(text: str, limit: int) -> str:
    """Cut text with an ellipsis so that, escaped, it takes at most ``limit`` units."""
    if units(escape(text)) <= limit:
        return text
    return text[: _fitting(text, limit - 1)] + "…"


def parts(text: str, limit: int) -> Iterator[str]:
    """Cut text into stretches that each take, escaped, at most ``limit`` units.

    Joined they are the text. Cuts are made after a paragraph, else a sentence, else a word,
    where one ends in the later half of the room; never inside of a character.
    """
    while units(escape(text)) > limit:
        cut = _border(text, _fitting(text, limit))
        yield text[:cut]
        text = text[cut:]
    yield text


def _fitting(text: str, limit: int) -> int:
    """How many characters of a text fit, escaped, into so many units; at least one."""
    used = 0
    for position, char in enumerate(text):
        used += units(escape(char))
        if used > limit:
            return max(position, 1)
    return len(text)


def _border(text: str, end: int) -> int:
    """Last good place for a cut in the later half of ``text[:end]``, else ``end`` or near it."""
    start = end // 2
    line = text.rfind("\n", start, end) + 1
    if line > start:
        return line
    for pattern in (_SENTENCE_END, _SPACE):
        ends = [match.end() for match in pattern.finditer(text, start, end)]
        if ends:
            return ends[-1]
    return _between_characters(text, end)


def _between_characters(text: str, end: int) -> int:
    """Step back to where no accent, variant or joined emoji is taken from its base."""
    cut = end
    while cut > end // 2 and (_clings(text[cut]) or text[cut - 1] == _JOINER):
        cut -= 1
    return cut if cut > end // 2 else end


def _clings(char: str) -> bool:
    return char == _JOINER or unicodedata.combining(char) > 0 or unicodedata.category(char) == "Mn"
