"""A publication that is broken off at any moment is done by the next attempt, and told as it is."""

import asyncio
import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from corpus import TALENT, write_documents

from bot.transport.worker import SETTLE, Task, run
from hyqa import HashEncoder, build_index, open_index, snapshot_name
from hyqa.index.snapshots.locking import BUILD, SWITCH, held

RAISED = TALENT.replace("10万元", "12万元")
NEW = "---\ntitle: 衡阳市雨天办法\nissued: '2025-10-01'\n---\n\n衡阳市雨天要带雨伞。\n"
Moment = Callable[[], bool]


class Corpus:
    """Documents, their index, and one that a maintainer has approved."""

    def __init__(self, folder: Path, name: str, text: str) -> None:
        self.folder, self.index, self.name, self.text = folder / "corpus", folder / "ix", name, text
        build_index(write_documents(self.folder), self.index, HashEncoder())
        self.before, self.first = self.held(), snapshot_name(self.index)

    def task(self) -> Task:
        digest = hashlib.sha256(self.text.encode()).hexdigest()
        return Task(
            "publish", "", self.name, str(self.folder), str(self.index), "hash", "2026-03-01",
            digest, self.name, "7",
        )  # fmt: skip

    def held(self) -> dict[str, str]:
        """The documents."""
        paths = [path for path in self.folder.rglob("*.md") if ".history" not in path.parts]
        return {str(path.relative_to(self.folder)): path.read_text("utf-8") for path in paths}

    def is_taken(self) -> bool:
        return self.held().get(self.name) == self.text

    def is_switched(self) -> bool:
        return snapshot_name(self.index) != self.first

    def is_asked(self) -> bool:
        """Whether the index in force holds the document as it was approved."""
        with closing(open_index(self.index).store) as store:
            digest = hashlib.sha256(self.text.encode()).hexdigest()
            return self.name in store.document_ids() and store.document(self.name).sha256 == digest

    def begin(self, folder: Path) -> "subprocess.Popen[bytes]":
        """Start an attempt, as a bot starts it."""
        sent = folder / "sent"
        sent.write_text(self.text, encoding="utf-8")
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.transport.worker"],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        assert process.stdin
        process.stdin.write(json.dumps(asdict(self.task()) | {"path": str(sent)}).encode())
        process.stdin.close()
        return process


@pytest.fixture(params=["replaced", "added"])
def corpus(request: pytest.FixtureRequest, tmp_path: Path) -> Corpus:
    if request.param == "replaced":
        return Corpus(tmp_path / "held", "talent/doctors.md", RAISED)
    return Corpus(tmp_path / "held", "news/rain.md", NEW)


def moments(**corpora: Sequence[str]) -> pytest.MarkDecorator:
    """At which moments, and with which documents: of what is in force, nothing is taken back."""
    cases = [(one, moment) for moment, those in corpora.items() for one in those]
    return pytest.mark.parametrize(("corpus", "moment"), cases, indirect=["corpus"])


BOTH, ONE = ("replaced", "added"), ("replaced",)
only_replaced = pytest.mark.parametrize("corpus", ONE, indirect=True)
"""Nothing is taken back, which alone is another thing with a document that is new."""


async def _reached(moment: Moment) -> None:
    async with asyncio.timeout(60):
        while not moment():
            await asyncio.sleep(0.002)


async def _broken_off(corpus: Corpus, folder: Path, moment: Moment) -> None:
    """An attempt, killed with all that it has begun once something is the case."""
    process = corpus.begin(folder)
    await _reached(moment)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@moments(taken=BOTH, switched=ONE)
async def test_what_was_broken_off_is_published_by_the_next_attempt(
    corpus: Corpus, tmp_path: Path, moment: str
) -> None:
    reached = corpus.is_taken if moment == "taken" else corpus.is_switched
    await _broken_off(corpus, tmp_path, reached)
    told = await run(corpus.task(), corpus.text.encode())
    assert told["error"] is None, told
    assert corpus.is_taken() and corpus.is_asked()
    again = await run(corpus.task(), corpus.text.encode())
    assert again["error"] is None, again


@only_replaced
async def test_an_attempt_that_outlives_its_bot_is_waited_for(
    corpus: Corpus, tmp_path: Path
) -> None:
    first = corpus.begin(tmp_path)
    await _reached(corpus.is_taken)
    told = await run(corpus.task(), corpus.text.encode())
    assert told["error"] is None, told
    assert first.wait(60) == 0 and corpus.is_taken() and corpus.is_asked()


async def test_what_was_broken_off_and_cannot_be_indexed_is_taken_back(
    corpus: Corpus, tmp_path: Path
) -> None:
    await _broken_off(corpus, tmp_path, lambda: corpus.is_taken() and _is_noted(corpus))
    (corpus.folder / "glossary.toml").write_text("[broken", encoding="utf-8")
    told = await run(corpus.task(), corpus.text.encode())
    assert "glossary.toml" in told["error"] and corpus.held() == corpus.before
    assert not corpus.is_switched() and not corpus.is_asked()


def _is_noted(corpus: Corpus) -> bool:
    log = corpus.folder / ".history" / "log.jsonl"
    return log.is_file() and log.read_bytes().endswith(b"\n")


def _worker_of(process: int) -> int:
    """Number of the worker that a process has begun; 0 where it has begun none."""
    for folder in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            _, _, fields = (folder / "stat").read_text().rpartition(")")
            command = (folder / "cmdline").read_bytes().split(b"\0")
            if int(fields.split()[1]) == process and b"bot.transport.worker" in command:
                return int(folder.name)
    return 0


def _is_building(corpus: Corpus) -> bool:
    return (corpus.index / "build.holder").is_file()


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="finds processes in /proc")
@moments(taken=BOTH, building=BOTH, switched=ONE)
async def test_a_worker_that_is_killed_alone_leaves_no_build_and_what_is_told_is_true(
    corpus: Corpus, moment: str
) -> None:
    reached = {
        "taken": corpus.is_taken,
        "building": lambda: _is_building(corpus),
        "switched": corpus.is_switched,
    }[moment]
    telling = asyncio.create_task(run(corpus.task(), corpus.text.encode()))
    await _reached(reached)
    if worker := _worker_of(os.getpid()):  # one that has switched may be done by now
        os.kill(worker, signal.SIGKILL)
    told = await telling
    with held(corpus.index, BUILD, "test"), held(corpus.index, SWITCH, "test"):
        pass  # nobody builds or switches any more
    if moment == "switched":
        assert told["error"] is None and corpus.is_taken() and corpus.is_asked()
    else:
        assert told == {"error": ""} and corpus.held() == corpus.before
        assert not corpus.is_switched()
    again = await run(corpus.task(), corpus.text.encode())
    assert again["error"] is None and corpus.is_asked(), again


@only_replaced
async def test_a_publication_that_broke_off_takes_no_earlier_one_back(
    corpus: Corpus, tmp_path: Path
) -> None:
    assert (await run(corpus.task(), corpus.text.encode()))["error"] is None
    before = corpus.held()
    corpus.text += "\n雨天要带雨衣。\n"
    told = await run(replace(corpus.task(), action=SETTLE), None)
    assert told == {"error": ""} and corpus.held() == before
