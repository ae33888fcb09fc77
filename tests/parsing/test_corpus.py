import os
from pathlib import Path

import pytest

from hyqa.parsing import corpus_fingerprint, parser_versions, read_corpus
from hyqa.parsing.corpus import reading
from hyqa.types import Document, Form, Language, ParseFailure
from hyqa.types.errors import ConfigError
from parsing.making import Fail, Read, pdf_bytes, write


def outcome(path: Path) -> dict[str, str]:
    """What each source gave: a title, or the reason of a failure."""
    return {
        entry.id if isinstance(entry, Document) else entry.source: entry.meta.title
        if isinstance(entry, Document)
        else f"! {entry.reason}"
        for entry in read_corpus(path)
    }


def test_folder_is_read_in_order_with_paths_as_ids(tmp_path: Path) -> None:
    for name in ("b/z.md", "b/a.txt", "a.md", "c.html"):
        write(tmp_path, name, "正文。")
    assert list(outcome(tmp_path)) == ["a.md", "b/a.txt", "b/z.md", "c.html"]


def test_what_is_no_document_is_passed_over(tmp_path: Path) -> None:
    for name in (
        "README.md", "sub/README.md", ".hidden.md", ".git/x.md", "~$a.docx", "a.md~", "#a.md#",
        "a.txt.swp", "make.py",
    ):  # fmt: skip
        write(tmp_path, name, "正文。")
    write(tmp_path, "sources.toml", "")
    assert outcome(tmp_path) == {}


def test_unknown_suffix_names_the_readable_ones(tmp_path: Path) -> None:
    write(tmp_path, "slides.pptx", "x")
    assert ".docx" in outcome(tmp_path)["slides.pptx"]


def test_missing_path_is_a_config_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no file or folder"):
        list(read_corpus(tmp_path / "nowhere"))


def test_links_that_leave_the_folder_are_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path, "secret.txt", "秘密。")
    inside = write(tmp_path, "corpus/real.txt", "公开。")
    folder = inside.parent
    (folder / "out.txt").symlink_to(secret)
    (folder / "up").symlink_to(tmp_path)
    (folder / "loop").symlink_to(folder)
    (folder / "dead.txt").symlink_to(folder / "none.txt")
    (folder / "alias.txt").symlink_to(inside)
    found = outcome(folder)
    assert "leads out" in found["out.txt"]
    assert "leads out" in found["up"]
    assert "link to a folder" in found["loop"]
    assert "link to nothing" in found["dead.txt"]
    assert found["alias.txt"] == "alias"


def test_one_bad_file_does_not_stop_the_run(tmp_path: Path) -> None:
    write(tmp_path, "a.pdf", b"%PDF-1.7 broken")
    write(tmp_path, "b.docx", b"PK broken")
    write(tmp_path, "c.txt", b"")
    write(tmp_path, "d.md", "好的。")
    found = outcome(tmp_path)
    assert found.pop("d.md") == "d"
    assert len(found) == 3 and all(reason.startswith("! it ") for reason in found.values())


def test_a_parser_that_breaks_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(data: bytes) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("hyqa.parsing.plain.text.parse_text", broken)
    write(tmp_path, "a.txt", "正文。")
    assert outcome(tmp_path) == {"a.txt": "! it is damaged (ZeroDivisionError)"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file_says_why(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "正文。").chmod(0)
    assert "Permission denied" in outcome(tmp_path)["a.txt"]


def test_too_large_file_is_refused(fail: Fail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 1000)
    assert "larger than" in fail("a.txt", "字" * 400)


def test_later_document_with_the_same_id_fails(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", '{"id": "b.txt", "text": "一。"}\n{"id": 1, "text": "二。"}')
    write(tmp_path, "b.txt", "三。")
    assert "same id" in outcome(tmp_path)["b.txt"]


def test_sources_give_metadata(tmp_path: Path) -> None:
    table = '["a/x.pdf"]\ntitle = "规划"\nform = "digest"\nissued = 2025-03-01\nreprint = true\n'
    write(tmp_path, "sources.toml", table + '["gone.txt"]\ntitle = "无"\n')
    write(tmp_path, "a/x.pdf", pdf_bytes("The park was founded in the year 2012 by the city."))
    missing, document = read_corpus(tmp_path)
    assert isinstance(missing, ParseFailure) and "gone.txt" in missing.reason
    assert isinstance(document, Document)
    meta = document.meta
    assert (meta.title, meta.form, meta.issued, meta.reprint) == (
        "规划", Form.DIGEST, "2025-03-01", True,
    )  # fmt: skip
    assert meta.language is Language.ENGLISH


@pytest.mark.parametrize("content", ["a = [", 'a = "no table"', b"\xff\xfe"])
def test_broken_sources_are_a_config_error(tmp_path: Path, content: str | bytes) -> None:
    write(tmp_path, "sources.toml", content)
    with pytest.raises(ConfigError, match=r"sources\.toml"):
        list(read_corpus(tmp_path))


def test_fingerprint_follows_names_contents_and_sources(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "一。")
    seen = [corpus_fingerprint(tmp_path)]
    write(tmp_path, "README.md", "无关")
    assert corpus_fingerprint(tmp_path) == seen[0]
    for name, content in (("a.txt", "二。"), ("b.txt", "二。"), ("sources.toml", "")):
        write(tmp_path, name, content)
        seen.append(corpus_fingerprint(tmp_path))
    (tmp_path / "b.txt").rename(tmp_path / "c.txt")
    seen.append(corpus_fingerprint(tmp_path))
    assert len(set(seen)) == 5


def test_every_suffix_has_a_version() -> None:
    versions = parser_versions()
    assert {".md", ".txt", ".html", ".htm", ".pdf", ".docx", ".xlsx", ".jsonl"} <= set(versions)
    assert "pypdfium2" in versions[".pdf"]


def test_single_file_is_named_by_its_name(read: Read) -> None:
    document = read("deep/园区.md", "正文。")
    assert (document.id, document.meta.title) == ("园区.md", "园区")
