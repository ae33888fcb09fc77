"""A corpus of a document in two languages, and a server on this machine that plays the writer."""

import json
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from answer.writer import Reply, Server, saying, serving

NAME = "parks/guide.md"
TEXT = """---
title: 云岭高新区服务指南
language: zh
---

## 企业开办

企业开办在云岭高新区0.5个工作日办结，不收费用。

## 用地

工业用地实行弹性出让，出让年限最长50年。
"""
ENGLISH = """---
title: Guide to the Yunling High-tech Zone
language: en
---

In the Yunling High-tech Zone a company is set up within half a working day, free of charge.
"""
DAYS = {"question": "开公司要跑几天", "words": "0.5个工作日办结"}
YEARS = {"question": "how long may we keep the land", "words": "出让年限最长50年"}
MISS = {"question": "衡南县开公司要几天", "lacks": "只讲高新区"}
KEY = "secret-key"


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus of a document in two languages, in the folder in which commands are run."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "docs_corpus"
    (folder / "parks").mkdir(parents=True)
    (folder / NAME).write_text(TEXT, encoding="utf-8")
    (folder / "parks/guide-en.md").write_text(ENGLISH, encoding="utf-8")
    return folder


@pytest.fixture
def draft(docs: Path) -> Path:
    """Where the document's draft lies."""
    return docs / "questions/drafts/parks/guide.md.jsonl"


@pytest.fixture
def accepted(docs: Path) -> Path:
    """Where the questions lie that were accepted."""
    return docs / "questions/parks/guide.jsonl"


def writing(server: Server) -> Reply:
    """A writer who knows the document."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        rules, told = server.told
        known = [one for one in (DAYS, YEARS) if one["words"] in told]
        said = [MISS] if "lacks says" in rules else known
        saying(json.dumps(said, ensure_ascii=False))(handler)

    return reply


@pytest.fixture
def writer(docs: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with serving(saying("[]")) as server:
        server.reply = writing(server)
        monkeypatch.setenv("HYQA_WRITER_URL", server.url)
        monkeypatch.setenv("HYQA_WRITER_MODEL", "any")
        monkeypatch.setenv("HYQA_WRITER_KEY", KEY)
        yield server


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def own(folder: Path, *questions: Mapping[str, object] | str) -> Path:
    """A person's file of questions."""
    path = folder.parent / "own.jsonl"
    told = (
        one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in questions
    )
    path.write_text("".join(f"{one}\n" for one in told), encoding="utf-8")
    return path


def array(*elements: object) -> str:
    return json.dumps(elements, ensure_ascii=False)
