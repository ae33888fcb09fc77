import sys
import time
from pathlib import Path

import pytest

from hyqa.parsing import office, parser_versions
from hyqa.parsing.office import convert, find_office
from hyqa.types.errors import ParseError
from parsing.making import Fail, Read, bodies

needs_office = pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
RTF = (
    r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 SimSun;}}\f0 "
    + "".join(f"\\u{ord(c)}?" for c in "关于支持投资的通知")
    + r"\par "
    + "".join(f"\\u{ord(c)}?" for c in "一、目标")
    + r"\par "
    + "".join(f"\\u{ord(c)}?" for c in "到明年建成。")
    + r"\par}"
)


@needs_office
def test_rich_text_is_read_like_word(read: Read) -> None:
    document = read("a.rtf", RTF)
    assert document.meta.title == "关于支持投资的通知"
    assert bodies(document) == [(("一、目标",), "到明年建成。")]


@needs_office
@pytest.mark.parametrize("suffix", [".doc", ".odt"])
def test_old_documents_are_read_like_word(read: Read, suffix: str) -> None:
    assert "到明年建成。" in read(f"a{suffix}", convert(RTF.encode(), ".rtf", suffix)).text


@needs_office
def test_old_workbooks_are_read_like_excel(read: Read) -> None:
    table = "园区,面积\n青螺洲,1200\n".encode()
    data = convert(table, ".csv", ".xls")
    assert read("a.xls", data).text.split("\n")[-1].endswith("| 1200")


@needs_office
def test_what_libreoffice_cannot_read_fails(fail: Fail) -> None:
    assert fail("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000)).startswith(
        ("it ", "Li")
    )


def test_without_libreoffice_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "NAMES", ())
    with pytest.raises(ParseError, match=r"LibreOffice, which is not installed.* \.docx"):
        office.parse_old_word(b"\xd0\xcf\x11\xe0", ".wps")
    assert "LibreOffice" not in parser_versions()[".doc"]


def test_what_begins_like_no_such_file_is_not_given_to_libreoffice() -> None:
    with pytest.raises(ParseError, match=r"no \.doc file"):
        office.parse_old_word("某市关于支持投资的通知".encode(), ".doc")


def test_a_program_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    marker = tmp_path / "alive"
    script = tmp_path / "soffice"
    script.write_text(
        f"#!{sys.executable}\nimport time, pathlib\ntime.sleep(3)\npathlib.Path({str(marker)!r}).touch()\n"
    )
    script.chmod(0o755)
    monkeypatch.setattr(office, "NAMES", (str(script),))
    monkeypatch.setattr(office, "SECONDS", 0.3)
    with pytest.raises(ParseError, match="within"):
        convert(b"x", ".doc", ".docx")
    time.sleep(0.1)
    assert not marker.exists()
