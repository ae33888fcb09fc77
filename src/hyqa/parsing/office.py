"""Old Office files, WPS files, RTF and OpenDocument, by way of LibreOffice where it is installed.

It runs without a window, in a profile of its own that is thrown away, where macros are switched
off and nothing is fetched: pictures and links that lead out of a file are left alone.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from hyqa.parsing.blocks import Parsed
from hyqa.types.errors import ParseError

SECONDS = 120
"""Time that converting a file may take; one of some hundred pages takes ten seconds."""
MAX_CONVERTED = 200_000_000
"""Bytes of the converted file."""
NAMES = ("soffice", "libreoffice", "loffice")

SIGNATURES = (b"\xd0\xcf\x11\xe0", b"{\\rtf", b"PK\x03\x04")
"""How the files begin that are converted: compound files (Word, Excel, WPS), RTF, zip archives
(OpenDocument). LibreOffice takes anything else for text, and seconds for it."""

_MISSING = "reading {} takes LibreOffice, which is not installed; install it or save it as {}"
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
_NO_WAY_OUT = "http://127.0.0.1:9"
"""A proxy that is not there, for whatever would be fetched all the same."""


def find_office() -> str | None:
    """Return the path of LibreOffice's command, or None where it is not installed."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def convert(data: bytes, old: str, new: str) -> bytes:
    """Return a file in another format.

    Args:
        data: The file.
        old: Its suffix, as ``.doc``.
        new: That of the format wanted, as ``.docx``.

    Raises:
        ParseError: LibreOffice is not installed, cannot read the file, or takes too long.
    """
    command = find_office()
    if command is None:
        raise ParseError(_MISSING.format(old, new))
    with tempfile.TemporaryDirectory(prefix="hyqa-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        source = home / f"file{old}"
        source.write_bytes(data)
        profile = home / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        _run([
            *(command, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"),
            *("--nologo", "--nodefault", "--nolockcheck", "--convert-to", new.lstrip(".")),
            *("--outdir", str(home / "out"), str(source)),
        ], home)  # fmt: skip
        made = home / "out" / f"file{new}"
        if not made.is_file() or not 0 < made.stat().st_size <= MAX_CONVERTED:
            raise ParseError(
                "LibreOffice cannot read it; it is damaged, protected, or another format"
            )
        return made.read_bytes()


def _run(command: list[str], home: Path) -> None:
    """Run LibreOffice, and ends it with all that it started when its time is over."""
    names = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "all_proxy")
    surroundings = {
        **dict.fromkeys(names, _NO_WAY_OUT),
        "HOME": str(home),
        "PATH": os.pathsep.join([str(Path(command[0]).parent), os.defpath]),
        "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }
    process = subprocess.Popen(
        command,
        cwd=home,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise ParseError(f"LibreOffice did not convert it within {SECONDS} seconds") from error
    finally:
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _convert_old(data: bytes, old: str, new: str) -> bytes:
    if not data.startswith(SIGNATURES):
        raise ParseError(f"it is damaged or no {old} file")
    return convert(data, old, new)


def parse_old_word(data: bytes, suffix: str) -> Parsed:
    """Return the body of a text document of another format than Word's own of today.

    Raises:
        ParseError: It cannot be converted, or there is no text in it.
    """
    from hyqa.parsing.word.document import parse_word

    return parse_word(_convert_old(data, suffix, ".docx"))


def parse_old_excel(data: bytes, suffix: str) -> Parsed:
    """Return the sheets of a workbook of another format than Excel's own of today.

    Raises:
        ParseError: It cannot be converted, or there is no text in it.
    """
    from hyqa.parsing.excel.workbook import parse_excel

    return parse_excel(_convert_old(data, suffix, ".xlsx"))
