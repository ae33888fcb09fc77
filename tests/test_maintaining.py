"""docs/maintaining.md shows what the commands do, or this fails."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from answer.writer import Reply, Server, saying, serving
from sources.hosting import Host, Talk

PAGE = (Path(__file__).parents[1] / "docs" / "maintaining.md").read_text("utf-8")
BLOCK = re.compile(r"<!-- (run|file: (?P<name>\S+)) -->\n```\w*\n(?P<text>.*?)```\n", re.S)
BAR = re.compile("(Indexing|Asking|Asking the writer):")
ORIGINAL = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>办法</title></head><body>"
    "<h1>云岭市人民政府办公室关于支持企业的办法</h1><p>云政办发〔2025〕8号</p>"
    "<p>云岭市对新认定的企业给予奖励，标准为每家二十万元，由市财政局在三个月内拨付到位。</p>"
    "<p>本办法自2025年4月1日起施行，有效期三年。</p><p>云岭市人民政府办公室</p><p>2025年3月1日</p>"
    "</body></html>"
)


def serve(talk: Talk) -> None:
    if talk.path == "/notice.html":
        talk.reply(ORIGINAL.encode())
    else:
        talk.reply(b"", "404 Not Found")


def writing(server: Server) -> Reply:
    """A writer who knows the notice, and makes one thing up."""
    questions = (
        {"question": "买了地能用多少年", "words": "期限为四十年"},
        {"question": "who do I see about land", "words": "由市自然资源局办理"},
        {"question": "奖多少钱", "words": "奖励50万元"},
    )
    misses = ({"question": "厂房租金多少", "lacks": "只讲用地，没有租金"},)

    def reply(handler: BaseHTTPRequestHandler) -> None:
        saying(json.dumps(misses if "lacks says" in server.told[0] else questions))(handler)

    return reply


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an empty corpus, and the command under its name."""
    (tmp_path / "docs_corpus").mkdir()
    command = tmp_path / "bin" / "hyqa"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hyqa.cli "$@"\n')
    command.chmod(0o755)
    return tmp_path


def steps(text: str) -> Iterator[tuple[str, str]]:
    """Each command of a block with what it prints."""
    for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed


def run(command: str, folder: Path, port: int, writer: str) -> str:
    settings = {
        "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
        "HYQA_ENCODER": "hash",
        "HYQA_CACHE": str(folder / "cache"),
        "HYQA_FETCH_ALLOW": f"127.0.0.1:{port}",
        "HYQA_WRITER_URL": writer,
        "HYQA_WRITER_MODEL": "any",
        "COLUMNS": "80",
    }
    done = subprocess.run(
        command, shell=True, cwd=folder, env={**os.environ, **settings}, capture_output=True,
        text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    # A progress bar is written over itself, and is no part of what stays to be read.
    told = [line for line in done.stderr.splitlines() if line and not BAR.search(line)]
    return "".join(f"{line}\n" for line in [*done.stdout.splitlines(), *told])


def fits(printed: str, shown: str) -> bool:
    """Whether what was printed is what is shown, with anything on its line for each ellipsis."""
    pattern = "[^\n]*".join(map(re.escape, shown.split("…")))
    return re.fullmatch(pattern, printed) is not None


def test_the_walk_through_is_what_the_commands_print(folder: Path) -> None:
    ran = 0
    with Host(serve) as host, serving(saying("[]")) as writer:
        writer.reply = writing(writer)
        for block in BLOCK.finditer(PAGE):
            if block["name"]:
                path = folder / block["name"]
                path.write_text(block["text"].replace("{port}", str(host.port)), encoding="utf-8")
                continue
            for command, shown in steps(block["text"]):
                printed = run(command, folder, host.port, writer.url)
                assert fits(printed, shown), f"$ {command}\n{printed}"
                ran += 1
    assert ran >= 30
