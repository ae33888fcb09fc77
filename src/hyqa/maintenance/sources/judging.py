"""Whether what came from an address is a document, and may stand for the version before."""

import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

from hyqa.maintenance.sources.listing import Source
from hyqa.maintenance.sources.net.downloading import Download
from hyqa.parsing import Readers
from hyqa.parsing.corpus.reading import Job
from hyqa.types import Document
from hyqa.types.errors import FetchError

LEAST = 60
"""Characters of the shortest text that is taken: the shortest notices have some 100."""
LEAST_OF_BEFORE = 0.25
"""Share of the version before that a new one must hold: a page that says sorry has less."""
SHORT = 1500
"""Characters up to which a text with words of an error is one."""

_ERROR = re.compile(
    r"\b(?:404|403|50[0234])\b|页面?(?:不存在|没有找到|未找到|已删除|无法访问)|找不到(?:该|此|您|你|页)"
    r"|(?:访问|请求)(?:被拒绝|过于频繁|异常)|验证码|安全验证|人机验证|系统(?:繁忙|维护)|信息不存在"
    r"|page (?:was )?not found|access denied|forbidden|service unavailable|are you a robot|captcha"
    r"|enable javascript|bad gateway|internal server error|site is under maintenance",
    re.IGNORECASE,
)


def check_document(came: Download, source: Source, before: Path | None, readers: Readers) -> None:
    """Make sure that a download is a document that can be read.

    Args:
        came: what came.
        source: of which it is to be a version.
        before: the file of the version in force; None where there is none, or it may be left.
        readers: processes that read.

    Raises:
        FetchError: It is not, or holds much less than the version before.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"new{came.suffix}"
        path.write_bytes(came.data)
        text = read_one(path, readers).text
    held = ""
    if before:
        with suppress(FetchError):  # what cannot be read is nothing to keep
            held = read_one(before, readers).text
    if len(text) < LEAST:
        raise FetchError(f"there are only {len(text)} characters of text in it")
    if len(text) < SHORT and _ERROR.search(text):
        raise FetchError("it is a page that says that something is wrong")
    if len(text) < LEAST_OF_BEFORE * len(held):
        raise FetchError(
            f"it holds {len(text)} characters, the version before {len(held)}:"
            f" `hyqa fetch --accept {source.name}` takes it all the same"
        )


def read_one(path: Path, readers: Readers) -> Document:
    """Read a file as a document.

    Raises:
        FetchError: It cannot be read.
    """
    read = readers.submit(Job(path.name, os.fsencode(path.absolute()))).result()
    if not isinstance(read, Document):
        raise FetchError(f"it cannot be read: {read.reason}")
    return read
