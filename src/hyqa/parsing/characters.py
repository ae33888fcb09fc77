"""Which characters stay in a document's text, and what script they are of."""

import re
import unicodedata

from hyqa.types import Language

CHINESE_SHARE = 0.2
"""Share of Chinese characters among all letters from which a text counts as Chinese.

Chinese technical texts are up to half Latin letters; English ones name few things in Chinese.
"""

_DROPPED = re.compile(
    "["
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls that are no white space
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # invisible formatting
    "\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"  # annotations and non-characters
    "\ud800-\udfff\ue000-\uf8ff"  # lone surrogates, private use
    "\U000e0000-\U000e007f\U000f0000-\U0010ffff"  # tags, private use planes
    "]"
)
_PRIVATE = str.maketrans(
    # What Word draws with its symbol fonts: bullets, and the boxes of forms.
    dict(zip("\uf06c\uf06e\uf075\uf0b7\uf0d8\uf0a7\uf0e0", "●■◆•➢▪→", strict=True))
    | dict(zip("\uf06f\uf0a8\uf0a3\uf052\uf0fe\uf053\uf0fd\uf0fc", "□□□☑☑☒☒✓", strict=True))
    # What decoders of GB 18030-2000 make of characters that the edition of 2022 gives a place.
    | dict(zip(map(chr, range(0xE78D, 0xE797)), "︐︒︑︓︔︕︖︗︘︙", strict=True))
    | dict(zip("\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864", "龴龵龶龷龸龹龺龻", strict=True))
    | {"\ue5e5": "\u3000", "\ue7c7": "\u1e3f"}
)
"""Characters of private use that have a meaning everybody knows; the others are dropped."""
_LOST = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNCLEAN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\uf8ff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
    "\U000f0000-\U0010ffff]"
)
"""All that cleaning changes: most lines hold none of it, and are looked through only once."""
_WIDE_SPACE = re.compile("[ \u00a0]{2,}|\u00a0")
_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LETTER = re.compile(r"[^\W\d_]")


def clean_text(raw: str) -> str:
    """Return text with every line break as a newline, without invisible characters."""
    if not _UNCLEAN.search(raw):
        return raw
    seen = as_shown(_LINE_BREAKS.sub("\n", raw))
    return _DROPPED.sub("", seen).replace("\t", " ").replace("\x1f", " ")


def as_shown(raw: str) -> str:
    """Return text with the known characters of private use as those that they show."""
    return raw.translate(_PRIVATE)


def count_lost(raw: str) -> int:
    """Return how many characters only a font knew, so that they are left out of clean text."""
    return len(_LOST.findall(as_shown(raw))) if _LOST.search(raw) else 0


def clean_line(raw: str) -> str:
    """Return one line of clean text: breaks become spaces, white space at the edges goes."""
    return clean_text(raw).replace("\n", " ").strip()


def squeeze(raw: str) -> str:
    """Return one clean line in which a run of plain white space is one space."""
    return _WIDE_SPACE.sub(" ", clean_line(raw))


def count_chinese(text: str) -> int:
    """Return how many Chinese characters there are."""
    return len(_CHINESE.findall(text))


def detect_language(text: str) -> Language:
    """Return Chinese where enough of the letters are, or where there are no letters."""
    letters = len(_LETTER.findall(text))
    chinese = letters == 0 or count_chinese(text) >= CHINESE_SHARE * letters
    return Language.CHINESE if chinese else Language.ENGLISH


class _Columns(dict[str, int]):
    """How many columns each character takes, looked up when it is first seen."""

    def __missing__(self, character: str) -> int:
        wide = unicodedata.east_asian_width(character) in "WF" or character in "“”‘’…—·"
        columns = 2 if wide else 1
        return self.setdefault(character, columns) if character < "\U00010000" else columns


_COLUMNS = _Columns()


def is_wide(character: str) -> bool:
    """Return whether a character takes a full square, as Chinese ones and their marks do."""
    return _COLUMNS[character] == 2


def width(text: str) -> int:
    """Return how many columns a line takes: two for a wide character, one for another."""
    return sum(map(_COLUMNS.__getitem__, text))
