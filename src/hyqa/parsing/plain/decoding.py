"""Bytes to text, for files that may be UTF-8, UTF-16, GB18030, Big5 or Windows-1252.

Of the Chinese encodings, the one wins whose text is of common characters: both standards list
them first, so each brings its own table. On 1,600 strings of 4 to 400 characters cut from public
sets, in GB18030 and in Big5, that was right for all but one of 4 characters; charset-normalizer,
told to choose between the two, for .78 of 4 and .97 of 8 (``benchmarks.reading.decoding``).
"""

import codecs
from collections.abc import Iterable
from functools import cache

from hyqa.types.errors import ParseError

MAX_LOST = 0.01
"""Share of characters beyond ASCII that may be undecodable: real files have a broken byte here
and there."""
COMMON_SHARE = 0.5
"""Share of common characters from which a text counts as read right: of running Chinese it is
over .95, of one read in the wrong encoding under .3."""
FOREIGN_SHARE = 0.2
"""Most bytes beyond ASCII of a text in a Western language."""
UTF16_SHARE = 0.9
"""Share of common characters from which bytes with zeros among them are UTF-16 without a mark."""
SAMPLE = 100_000
"""Characters by which an encoding is judged."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》〔〕【】—…·「」『』％０１２３４５６７８９　")
_ASCII = frozenset(map(chr, [9, 10, 13, *range(32, 127)]))
_WIDER = {
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-1", "latin1", "ascii", "us-ascii"), "cp1252"),
}
"""Pages name an encoding and use a wider one of the same family, as browsers know."""
_UNDECODABLE = "it is no text in UTF-8, UTF-16, GB18030 or Big5; save it as UTF-8"


def marked_encoding(data: bytes) -> str | None:
    """Return the encoding that a byte order mark names, if there is one."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def decode(data: bytes) -> str:
    """Return the text of a file: by its mark, else UTF-8, else what reads most like Chinese.

    Raises:
        ParseError: None of the encodings fits, or the bytes are no text at all.
    """
    marked = marked_encoding(data)
    try:
        return data.decode(marked or "utf-8") if marked or b"\0" not in data else _unmarked(data)
    except UnicodeDecodeError as error:
        guessed = None if marked else _guess(data)
        if guessed is None:
            raise ParseError(_UNDECODABLE) from error
        return guessed


def decode_as(data: bytes, name: str) -> str | None:
    """Return the text of a file in the encoding that it names, or None if it is in another.

    A file that is valid UTF-8 is UTF-8, whatever it names: no other text is by accident.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = _lenient(data, _WIDER.get(name, name))
        return None if text is None or "\0" in text else text


def _lenient(data: bytes, encoding: str) -> str | None:
    """Return a text with few undecodable characters, which become U+FFFD, or None."""
    try:
        text = data.decode(encoding, errors="replace")
    except (LookupError, UnicodeError):
        return None
    lost = text.count("\ufffd")
    if not lost:
        return text
    beyond = sum(character > "\x7f" for character in text)
    return text if lost <= max(1, MAX_LOST * beyond) < beyond else None


def _unmarked(data: bytes) -> str:
    """Return the text of UTF-16 without a mark, which has zeros among its bytes."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _lenient(data, encoding)
        if text and _share(text, _common("gb2312") | _common("big5") | _ASCII) >= UTF16_SHARE:
            return text
    raise ParseError("it holds binary data, not text; check its suffix")


def _guess(data: bytes) -> str | None:
    readings = [
        (_share(text, _common(standard), beyond="\x7f"), text)
        for encoding, standard in (
            ("utf-8", "gb2312"),
            ("gb18030", "gb2312"),
            ("big5hkscs", "big5"),
        )
        if (text := _lenient(data, encoding)) is not None
    ]
    share, best = max(readings, key=lambda reading: reading[0], default=(0.0, None))
    if share >= COMMON_SHARE:
        return best
    foreign = len(data.translate(None, bytes(range(128))))
    western = _lenient(data, "cp1252") if foreign <= FOREIGN_SHARE * len(data) else None
    return western or best


@cache
def _common(standard: str) -> frozenset[str]:
    """Return the characters that a Chinese standard lists first, as the common ones."""
    leads: Iterable[int] = range(0xB0, 0xD8) if standard == "gb2312" else range(0xA4, 0xC7)
    pairs = (bytes([lead, trail]) for lead in leads for trail in range(0x40, 0xFF))
    return _PUNCTUATION.union(*(pair.decode(standard, errors="ignore")[:1] for pair in pairs))


def _share(text: str, common: frozenset[str], *, beyond: str = "") -> float:
    """Return the share of common ones among a text's characters beyond some character."""
    counted = [character for character in text[:SAMPLE] if character > beyond]
    return sum(character in common for character in counted) / max(1, len(counted))
