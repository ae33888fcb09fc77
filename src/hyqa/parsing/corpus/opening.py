"""Opening files of unknown origin."""

import os
import stat
from pathlib import Path
from typing import BinaryIO

from hyqa.types.errors import ParseError

NOT_REGULAR = "it is no regular file, or a link to nothing"


def open_regular(path: Path) -> BinaryIO:
    """Open a file for reading, unless it has become a pipe or a device since it was listed.

    Raises:
        OSError: It cannot be opened.
        ParseError: It is no regular file.
    """
    # Without O_NONBLOCK, a pipe would be waited for until somebody writes into it.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ParseError(NOT_REGULAR)
    return os.fdopen(descriptor, "rb")
