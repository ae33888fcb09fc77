"""Bytes to text, for files that may be UTF-8, UTF-16 or GB18030."""

import codecs

from hyqa.errors import ParseError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNDECODABLE = "it is no text in UTF-8, UTF-16 or GB18030; save it as UTF-8"


def marked_encoding(data: bytes) -> str | None:
    """Returns the encoding that a byte order mark names, if there is one."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def decode(data: bytes) -> str:
    """Returns the text of a file: by its mark, else UTF-8, else GB18030.

    Raises:
        ParseError: None of them fits, or the bytes are no text at all.
    """
    marked = marked_encoding(data)
    if marked is None and b"\0" in data:
        raise ParseError("it holds binary data, not text; check its suffix")
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ParseError(_UNDECODABLE)
