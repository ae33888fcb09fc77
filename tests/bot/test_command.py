"""``python -m bot`` as its operator sees it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from corpus import QUESTION
from people import Person
from standin.server import TOKEN, TelegramServer

from bot.languages import Tongue
from bot.texts import TEXTS
from hyqa.config import Settings

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def command(
    settings: Mapping[str, str], *, interrupts: signal.Handlers = signal.SIG_DFL
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The command, running; it is ended at the latest when the test is.

    Args:
        settings: of the bot.
        interrupts: whether who starts it has them ignored, as a script does that uses ``&``.
    """
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        cwd=ROOT,
        env=kept | dict(settings),
        stderr=asyncio.subprocess.PIPE,
        preexec_fn=partial(signal.signal, signal.SIGINT, interrupts),
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def ended(process: asyncio.subprocess.Process) -> tuple[int | None, str]:
    async with asyncio.timeout(120):  # a slow machine's first start takes long
        _, written = await process.communicate()
    return process.returncode, written.decode()


async def test_without_a_token_it_says_so_in_one_sentence() -> None:
    async with command({}) as process:
        code, written = await ended(process)
    assert (code, written) == (
        2,
        "Set TELEGRAM_TOKEN to the token that @BotFather gave you.\n",
    )


async def test_without_an_index_it_says_so(tmp_path: Path) -> None:
    settings = {"TELEGRAM_TOKEN": TOKEN, "HYQA_INDEX": str(tmp_path / "none")}
    async with command(settings) as process:
        code, written = await ended(process)
    assert code == 1
    assert "Traceback" not in written


async def test_a_rejected_token_ends_it_unseen(
    server: TelegramServer, index: Path, tmp_path: Path
) -> None:
    settings = {
        "TELEGRAM_TOKEN": f"{TOKEN}x",
        "TELEGRAM_API_URL": server.url,
        "HYQA_INDEX": str(index),
        "HYQA_ENCODER": "hash",
        "HYQA_STATE": str(tmp_path),
    }
    async with command(settings) as process:
        code, written = await ended(process)
    assert code == 2
    assert written.endswith("Telegram rejected TELEGRAM_TOKEN; check it and TELEGRAM_API_URL.\n")
    assert TOKEN.partition(":")[2] not in written


@pytest.mark.parametrize("interrupts", [signal.SIG_DFL, signal.SIG_IGN], ids=["heeded", "ignored"])
async def test_an_interrupt_stops_it_unless_it_was_started_with_interrupts_ignored(
    server: TelegramServer, index: Path, tmp_path: Path, chinese: Person,
    interrupts: signal.Handlers,
) -> None:  # fmt: skip
    settings = {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": server.url,
        "HYQA_INDEX": str(index),
        "HYQA_ENCODER": "hash",
        "HYQA_STATE": str(tmp_path),
    }
    async with command(settings, interrupts=interrupts) as process:
        await chinese.say("/start")
        await server.wait_sent(1, within=60)
        process.send_signal(signal.SIGINT)
        if interrupts is signal.SIG_IGN:
            for _ in range(2):  # one that came at once would be answered before it stops
                assert (await chinese.ask(QUESTION)).seen.quotes
            process.send_signal(signal.SIGTERM)
        code, written = await ended(process)
    assert (code, "Traceback" in written) == (0, False)


@pytest.mark.model
async def test_it_answers_until_it_is_stopped(
    server: TelegramServer, real_index: Path, tmp_path: Path, chinese: Person
) -> None:
    settings = {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": server.url,
        "HYQA_INDEX": str(real_index),
        "HYQA_STATE": str(tmp_path),
    }
    async with command(settings) as process:
        await chinese.say("/start")
        [greeting] = await server.wait_sent(1, within=30)
        answer = await chinese.ask(QUESTION)
        process.send_signal(signal.SIGTERM)
        code, written = await ended(process)
    assert greeting.seen.text == TEXTS[Tongue.SIMPLIFIED].start
    assert "补贴10万元" in answer.seen.quotes[0]
    assert (code, TOKEN in written) == (0, False)
    assert "Answering as @hengyang_bot" in written


@pytest.mark.model
async def test_nobody_else_can_read_what_it_keeps_and_nothing_is_reported_to_others(
    server: TelegramServer, real_index: Path, tmp_path: Path, chinese: Person
) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "hyqa").symlink_to(Settings().cache)  # the encoder is there already
    settings = {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": server.url,
        "HYQA_INDEX": str(real_index),
        "HYQA_STATE": str(tmp_path / "state"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }
    async with command(settings) as process:
        await chinese.ask(QUESTION)
        process.send_signal(signal.SIGTERM)
        await ended(process)
    kept = [tmp_path / "state", *(tmp_path / "state").iterdir()]
    assert {path.stat().st_mode & 0o077 for path in kept} == {0}
    assert not list((tmp_path / "cache").rglob("onnxruntime*"))
