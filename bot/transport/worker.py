"""Looking at an offered document and publishing it, in a process of its own: the bot goes on answering.

``python -m bot.transport.worker`` reads a task as JSON and writes what came of it, in one line. The index
is built by a child of it, which dies with it. The child also holds the worker's standard output, so that
this ends for the bot when both are gone, and what it says then stays true.
"""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from hyqa import (
    HyqaError,
    bring_offer,
    is_in_force,
    look_at_offer,
    offers_held,
    settle_offer,
    take_offer,
)

LOOK, PUBLISH, SETTLE = "look", "publish", "settle"
"""What a worker does: look at a document, publish it, or find out what came of a publication."""
LOOK_SECONDS, PUBLISH_SECONDS = 300, 3600
"""How long a look may take, whose readers have limits of their own, and an index to be built."""
_SECRET = ("TELEGRAM_", "HYQA_DATABASE", "HYQA_STATE")
"""How the names of settings begin that another process need not know."""
_DIGITS = 12
"""Digits of a file's hash that the history has."""
_LINES = 6
"""Lines of what the index command says that are told."""


@dataclass(frozen=True, slots=True)
class Task:
    """A document, and what is to be done with it: ``action`` is one of those above."""

    action: str
    source: str
    name: str
    corpus: str
    index_folder: str
    encoder: str
    day: str
    sha256: str = ""
    document_id: str = ""
    actor: str = ""


async def run(task: Task, data: bytes | None) -> dict[str, Any]:
    """Do a task elsewhere.

    Of a publication that breaks off it is found out afterwards whether it came into force; what it had
    begun is taken back where it did not.

    Args:
        task: what is to be done.
        data: of the file; None where its source is an address.

    Returns:
        What came of it; ``error`` says why it did not succeed, "" where this process knows not why.
    """
    told = await _attempted(task, data)
    if task.action == PUBLISH and told.get("error") == "":
        return await _attempted(replace(task, action=SETTLE), None)
    return told


async def _attempted(task: Task, data: bytes | None) -> dict[str, Any]:
    """What came of a task in a process of its own, when that and all that it has begun is gone."""
    seconds = LOOK_SECONDS if task.action == LOOK else PUBLISH_SECONDS
    with tempfile.TemporaryDirectory(prefix="hyqa-draft-") as folder:
        path = Path(folder) / "sent"
        if data is not None:
            await asyncio.to_thread(path.write_bytes, data)
        given = json.dumps(asdict(task) | {"path": str(path) if data is not None else ""})
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.transport.worker",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=_environment(), start_new_session=True,
        )  # fmt: skip
        try:
            out, _ = await asyncio.wait_for(process.communicate(given.encode()), seconds)
        except TimeoutError:
            _end(process)
            await process.communicate()
            return {"error": ""}
        finally:
            _end(process)
    try:
        told: dict[str, Any] = json.loads(out.splitlines()[-1])
    except (ValueError, IndexError):
        return {"error": ""}
    return told


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(_SECRET)}


def _end(process: asyncio.subprocess.Process) -> None:
    """Kill a process that still runs, with those that it has begun."""
    if process.returncode is None:
        os.killpg(process.pid, 9)


def main() -> int:
    """Do the task that comes in."""
    given = json.loads(sys.stdin.read())
    path = given.pop("path")
    task = Task(**given)
    with tempfile.TemporaryDirectory(prefix="hyqa-work-") as folder:
        try:
            told = _done(task, path, Path(folder))
        except HyqaError as error:
            told = {"error": str(error)}
    sys.stdout.write(f"\n{json.dumps(told)}\n")
    return 0


def _done(task: Task, sent: str, folder: Path) -> dict[str, Any]:
    fields: dict[str, object] = {}
    if task.action == SETTLE:
        return _settled(task)
    if sent:
        path = folder / (Path(task.document_id or task.name).name or "sent")
        shutil.move(sent, path)
    else:
        path, fields = bring_offer(task.source, folder / "brought"), {"url": task.source}
    if task.action == PUBLISH:
        return _published(task, path, fields)
    offer = look_at_offer(
        path,
        Path(task.corpus),
        Path(task.index_folder),
        day=date.fromisoformat(task.day),
        fields=fields,
    )
    return asdict(offer)


def _published(task: Task, path: Path, fields: Mapping[str, object]) -> dict[str, Any]:
    """Take a document up and index; where it does not come into force, it is taken back.

    All of it may have been done before, wholly or in part, by a bot that was killed meanwhile.
    """
    corpus, index, name = Path(task.corpus), Path(task.index_folder), task.document_id
    with offers_held(corpus):
        take_back = take_offer(
            path, corpus, name, task.sha256, fields or None, _reason(task),
            day=date.fromisoformat(task.day),
        )  # fmt: skip
        try:
            said = _index(task)
        except BaseException:
            take_back()
            raise
        if not is_in_force(corpus, index, name, task.sha256):
            take_back()
            return {"error": said or "No other index came of it."}
    return {"error": None, "said": said}


def _settled(task: Task) -> dict[str, Any]:
    """Find out what came of a publication that broke off, and take back what did not come into force."""
    corpus, index = Path(task.corpus), Path(task.index_folder)
    with offers_held(corpus):
        done = settle_offer(corpus, index, task.document_id, task.sha256, _reason(task))
    return {"error": None, "said": ""} if done else {"error": ""}


def _reason(task: Task) -> str:
    """Why a document changes, for the history of the corpus: it tells this publication from others."""
    return f"sent to the bot by {task.actor}, {task.sha256[:_DIGITS]}"


def _index(task: Task) -> str:
    """Build the index by the command; gives its last lines, which are for a maintainer."""
    command = [
        sys.executable, "-m", "bot.transport.tethered", "hyqa.cli", "index",
        "--corpus", task.corpus, "--index", task.index_folder, "--encoder", task.encoder,
    ]  # fmt: skip
    own = os.dup(1)
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, pass_fds=(own,),
    ) as building:  # fmt: skip
        os.close(own)
        said = _read(building)
    lines = [line.strip() for line in said.splitlines()]
    if any(line.startswith("Traceback") for line in lines):
        return ""
    told = [line for line in lines if line and "%|" not in line]
    return "\n".join(told[-_LINES:])


def _read(process: "subprocess.Popen[str]") -> str:
    """All that a process prints, while its standard input stays open: what came out, then errors."""
    assert process.stdin and process.stdout and process.stderr
    with ThreadPoolExecutor(1) as pool:
        errors = pool.submit(process.stderr.read)
        return f"{process.stdout.read()}\n{errors.result()}"


if __name__ == "__main__":
    sys.exit(main())
