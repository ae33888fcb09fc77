"""``python -m web`` as whoever runs it sees it."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx

from page.serving import ROOT, Visitor, serve, serve_command


def run(**settings: str) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    return subprocess.run(
        [sys.executable, "-m", "web"], env={**environment, **settings},
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_wrong_settings_are_named_and_nothing_else_is_said() -> None:
    done = run(HYQA_WEB_LISTEN="nowhere")
    assert done.returncode == 2
    assert done.stderr.strip().splitlines()[-1].startswith("HYQA_WEB_LISTEN")
    assert "Traceback" not in done.stderr


def test_a_missing_index_is_told(tmp_path: Path) -> None:
    done = run(HYQA_INDEX=str(tmp_path), HYQA_ENCODER="hash")
    assert done.returncode == 1
    assert "run `hyqa index`" in done.stderr and "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_told(web_index: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(
            HYQA_INDEX=str(web_index), HYQA_ENCODER="hash", HYQA_STATE=str(tmp_path),
            HYQA_WEB_LISTEN=f"127.0.0.1:{port}",
        )  # fmt: skip
    assert done.returncode == 1
    assert f"Nothing can listen on 127.0.0.1:{port}." in done.stderr
    assert "Traceback" not in done.stderr


def test_it_stops_in_order_on_either_signal(web_index: Path, tmp_path: Path) -> None:
    for number, sign in enumerate((signal.SIGTERM, signal.SIGINT)):
        with serve(web_index, tmp_path / str(number)) as running:
            assert httpx.get(running.url).status_code == 200
            running.process.send_signal(sign)
            assert running.process.wait(60) == 0


def test_a_log_may_be_lines_of_json(web_index: Path, tmp_path: Path) -> None:
    with serve_command(web_index, tmp_path, HYQA_LOG_FORMAT="json") as running:
        httpx.get(running.url)
        lines = [json.loads(line) for line in running.lines]
    assert all({"time", "level", "logger", "message"} == set(line) for line in lines)


def test_the_state_is_readable_by_nobody_else(web_index: Path, tmp_path: Path) -> None:
    with serve(web_index, tmp_path / "state") as running:
        visitor = Visitor(running.url)
        visitor.ask("青螺洲")
        visitor.close()
        files = [tmp_path / "state", *(tmp_path / "state").iterdir()]
        assert all(path.stat().st_mode & 0o077 == 0 for path in files)
