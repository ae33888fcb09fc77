"""A small corpus, its index, and three ways to run the command: in process, as a process, piped."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from hyqa import HashEncoder, build_index
from hyqa.cli import main

QUESTION = "博士来衡阳市工作有什么补贴？"
UNKNOWN = "What is the boiling point of helium on Neptune?"

FILES = {
    "talent.md": """\
---
title: 博士来衡阳市工作的补贴
publisher: 衡阳市人民政府
number: 衡政发〔2025〕8号
issued: "2025-03-01"
language: zh
url: https://example.org/talent?id=8
---

## 有什么补贴

博士来衡阳市工作有补贴10万元，免租三年。

硕士来衡阳市工作有补贴3万元。
""",
    "park.md": """\
---
title: 船山时间谷有多少家企业
form: digest
source_title: 船山时间谷建设情况
publisher: 衡阳日报
issued: "2024-10"
language: zh
url: https://example.org/park
---

## 企业数量

船山时间谷有21家企业，其中钟表企业17家。
""",
    "english.md": """\
---
title: Foxconn in Hengyang
publisher: Hunan Daily
issued: "2023"
language: en
---

## Is Foxconn still in Hengyang

Foxconn is still in Hengyang and has 900 workers there.
""",
}


OTHERS = 60
"""Documents of another kind, so that words of those above are as rare as in a real corpus."""


@dataclass(frozen=True)
class Result:
    """What a run of the command gave."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HYQA_CORPUS", "HYQA_INDEX", "HYQA_ENCODER", "HYQA_DEBUG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    lines = (
        {
            "id": f"road-{n}",
            "title": f"旧闻{n}",
            "text": f"某地某年修路{n + 3}公里，通往山里的茶园。",
        }
        for n in range(OTHERS)
    )
    text = "".join(f"{json.dumps(line)}\n" for line in lines)
    (folder / "others.jsonl").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def index(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    build_index(corpus, folder, HashEncoder())
    return folder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command in process."""

    def run(*argv: object, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main([str(argument) for argument in argv])
        return Result(code, *capsys.readouterr())

    return run


@pytest.fixture
def answering(run: Run, index: Path) -> Run:
    """Run a command that needs the small corpus's index, and its encoder."""

    def answering(command: str, *argv: object, stdin: bytes = b"") -> Result:
        return run(command, "--index", index, "--encoder", "hash", *argv, stdin=stdin)

    return answering


@pytest.fixture
def process(index: Path) -> Run:
    """Run the command as a process of its own."""

    def process(*argv: object, stdin: bytes = b"", **environment: str) -> Result:
        settings = {"HYQA_INDEX": str(index), "HYQA_ENCODER": "hash", **environment}
        done = subprocess.run(
            [sys.executable, "-m", "hyqa.cli", *map(str, argv)],
            input=stdin,
            capture_output=True,
            env={**os.environ, **settings},
            timeout=60,
            check=False,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return process
