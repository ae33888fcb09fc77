"""Originals beside their digests: what is indexed, what leads, what is told."""

import json
from pathlib import Path

import pytest

from hyqa import Engine, Form, HashEncoder, build_index, is_stale, open_index
from hyqa.maintenance.sources.fetching import Outcome
from hyqa.parsing import corpus_fingerprint, read_corpus
from hyqa.parsing.corpus.originals import list_originals
from hyqa.types import Document, ParseFailure
from sources.conftest import Site

DIGEST = """\
---
title: 云岭市支持企业办法要点
form: digest
source_title: 云岭市支持企业办法
publisher: 云岭市人民政府
issued: "2025-03-01"
language: zh
---

## 企业奖励

云岭市对新认定的企业给予奖励，标准为每家30万元，三个月内拨付到位。
"""
PARTS = (
    "云政办发〔2025〕8号",
    "云岭市对新认定的企业给予奖励，标准为每家二十万元，由市财政局在认定后三个月内拨付到位。",
    "本办法自2025年4月1日起施行，有效期三年。",
    "云岭市人民政府办公室",
    "2025年3月1日",
)
PAGE = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>办法</title></head><body>"
    "<h1>云岭市人民政府办公室关于支持企业的办法</h1>"
    + "".join(f"<p>{part}</p>" for part in PARTS)
    + "</body></html>"
).encode()
OTHERS = 60
"""Documents of another kind, so that words of the digest are as rare as in a real corpus."""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "b.md").write_text(DIGEST, encoding="utf-8")
    lines = (
        {"id": f"road-{n}", "title": f"旧闻{n}", "text": f"某地某年修路{n + 3}公里，通往茶园。"}
        for n in range(OTHERS)
    )
    text = "".join(f"{json.dumps(line)}\n" for line in lines)
    (folder / "others.jsonl").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def originals(site: Site) -> Path:
    """The folder of originals, with one that was fetched."""
    site.answer = lambda talk: talk.reply(PAGE)
    assert site.fetcher().fetch(site.source()).outcome is Outcome.NEW
    return site.store.root


def documents(corpus: Path, originals: Path | None) -> dict[str, Document]:
    read = read_corpus(corpus, originals=originals)
    return {one.id: one for one in read if isinstance(one, Document)}


def test_an_original_is_read_as_the_official_text(corpus: Path, originals: Path) -> None:
    one = documents(corpus, originals)["originals/a/b.html"]
    assert one.meta.form is Form.ORIGINAL and one.meta.original_of == ("b.md",)
    assert one.meta.number == "云政办发〔2025〕8号" and one.meta.issued == "2025-03-01"
    assert one.meta.url.startswith("http://127.0.0.1")
    assert "originals/a/b.html" not in documents(corpus, None)


def test_a_part_of_the_corpus_brings_its_own_originals_along(corpus: Path, originals: Path) -> None:
    def ids(part: str) -> list[str]:
        read = read_corpus(corpus, corpus / part, originals=originals)
        return [one.id for one in read if isinstance(one, Document)]

    assert ids("b.md") == ["b.md", "originals/a/b.html"]
    assert "originals/a/b.html" not in ids("others.jsonl")


def test_an_original_without_its_digest_is_told(corpus: Path, originals: Path) -> None:
    (corpus / "b.md").rename(corpus / "c.md")
    read = list(read_corpus(corpus, originals=originals))
    (failure,) = (one for one in read if isinstance(one, ParseFailure))
    assert failure.source == "originals/a/b.html" and "b.md is not in the folder" in failure.reason


def test_the_original_leads_and_the_digest_stays_a_digest(
    corpus: Path, originals: Path, tmp_path: Path
) -> None:
    root = tmp_path / "index"
    result = build_index(corpus, root, HashEncoder(), originals=originals)
    assert result.failures == ()
    answer = Engine(open_index(root), HashEncoder()).ask("云岭市对新认定的企业奖励每家多少钱")
    first, *rest = answer.quotes
    assert "二十万元" in first.text and first.citation.meta.form is Form.ORIGINAL
    assert all(quote.citation.meta.form is Form.DIGEST for quote in rest)
    assert any("30万元" in quote.text for quote in rest)


def test_an_index_is_stale_when_an_original_changes(
    corpus: Path, originals: Path, tmp_path: Path, site: Site
) -> None:
    root = tmp_path / "index"
    build_index(corpus, root, HashEncoder(), originals=originals)
    assert not is_stale(corpus, root, HashEncoder().name, originals=originals)
    assert is_stale(corpus, root, HashEncoder().name)
    site.answer = lambda talk: talk.reply(PAGE.replace("二十".encode(), "二十五".encode()))
    site.fetcher().fetch(site.source(), forced=True)
    assert is_stale(corpus, root, HashEncoder().name, originals=originals)


def test_an_unchanged_look_changes_no_index(corpus: Path, originals: Path, site: Site) -> None:
    before = corpus_fingerprint(corpus, None, originals)
    site.later(days=40)
    assert site.fetcher().fetch(site.source()).outcome is Outcome.UNCHANGED
    assert corpus_fingerprint(corpus, None, originals) == before


@pytest.mark.parametrize(
    "text",
    [
        'file = "../secret.txt"', 'file = "/etc/hostname"', 'file = "gone.txt"', 'file = ""', "file = 5",
        "broken", "", 'file = "."', 'file = "link.txt"',
    ],
)  # fmt: skip
def test_a_sidecar_reaches_no_file_outside(tmp_path: Path, text: str) -> None:
    root = tmp_path / "originals"
    root.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (root / "link.txt").symlink_to(tmp_path / "secret.txt")
    (root / "a.toml").write_text(text)
    assert [type(one) for one in list_originals(root)] == [ParseFailure]


def test_no_folder_of_originals_is_none(tmp_path: Path) -> None:
    assert list(list_originals(None)) == list(list_originals(tmp_path / "none")) == []
