"""Zipped XML, as Word and Excel write it: what may be opened, and what goes wrong with it."""

import io
import zipfile
import zlib

from lxml import etree

from hyqa.types.errors import ParseError

MAX_UNPACKED = 500_000_000
"""Bytes that the parts of a file may take unpacked: pictures are most of a real one."""
MAX_XML = 100_000_000
"""Bytes of its largest XML part: a book of a thousand pages takes some 20 MB."""
BROKEN = (
    etree.LxmlError,
    SyntaxError,  # what xml.etree raises
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    ArithmeticError,
    zlib.error,
)
"""What libraries raise, beside their own errors, on files that break their assumptions."""


def check_package(data: bytes, what: str, old: str, new: str) -> None:
    """Check what a file says it takes unpacked, before anything is unpacked.

    Args:
        data: The file.
        what: What it should be, as ``Word document``.
        old: Suffix of the old format, which protected files of the new one look like.
        new: Suffix of the new format.

    Raises:
        ParseError: It is none, is protected, or takes too much.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ParseError(f"it is protected by a password or is an old {old}; save it as {new}")
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise ParseError(f"it is damaged or no {what}") from error
    xml = max((part.file_size for part in parts if part.filename.endswith(".xml")), default=0)
    if sum(part.file_size for part in parts) > MAX_UNPACKED or xml > MAX_XML:
        raise ParseError("it takes too much room unpacked")
