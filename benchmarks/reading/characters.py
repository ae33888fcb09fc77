"""Counting which of a file's characters are read, against another reader's."""

import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path

from hyqa.types.errors import ConfigError

_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LATIN = re.compile("[A-Za-z0-9]")
_FORMS = re.compile("[\u2f00-\u2fdf\uf900-\ufaff\uff10-\uff5a]")


def _plain(text: str) -> str:
    return _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def chinese(text: str) -> "Counter[str]":
    """Returns how often each Chinese character occurs."""
    return Counter(_CHINESE.findall(_plain(text)))


def latin(text: str) -> "Counter[str]":
    """Returns how often each Latin letter and digit occurs."""
    return Counter(_LATIN.findall(_plain(text)))


def pdftotext(path: Path) -> str:
    """Returns what poppler's pdftotext reads.

    Raises:
        ConfigError: It is not installed.
    """
    program = shutil.which("pdftotext")
    if program is None:
        raise ConfigError("pdftotext is needed: install poppler-utils")
    done = subprocess.run([program, str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")
