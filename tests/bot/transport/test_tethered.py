"""What a killed process had begun ends with it, though it says nothing that somebody would miss."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

SILENT = "import time\nopen('begun', 'w').close()\ntime.sleep(60)\nopen('ended', 'w').close()\n"
PARENT = """
import os, subprocess, sys
child = [sys.executable, "-m", "bot.transport.tethered", *sys.argv[1:]]
subprocess.Popen(child, stdin=subprocess.PIPE, pass_fds=(int(os.dup(1)),)).wait()
"""


def _begin(folder: Path, *module: str) -> "subprocess.Popen[bytes]":
    """A process that runs a module by a child, which also holds its standard output."""
    (folder / "silent.py").write_text(SILENT)
    path = os.pathsep.join([str(Path.cwd()), str(Path("src").resolve()), str(folder)])
    return subprocess.Popen(
        [sys.executable, "-c", PARENT, *module], stdout=subprocess.PIPE, cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
    )  # fmt: skip


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV])
def test_a_silent_child_ends_with_its_parent_whatever_ends_that(
    tmp_path: Path, number: signal.Signals
) -> None:
    with _begin(tmp_path, "silent") as parent:
        assert parent.stdout
        while not (tmp_path / "begun").exists():
            assert parent.poll() is None
        parent.send_signal(number)
        assert parent.stdout.read() == b""  # which ends when nobody holds the other end any more
    assert not (tmp_path / "ended").exists()


def test_a_module_runs_as_it_would_by_itself(tmp_path: Path) -> None:
    module = ["-m", "bot.transport.tethered", "hyqa.cli", "index", "--corpus", "nowhere"]
    alone = ["-m", "hyqa.cli", "index", "--corpus", "nowhere"]
    mine, held = os.pipe()
    ran = [
        subprocess.run([sys.executable, *given], capture_output=True, stdin=mine, check=False)
        for given in (alone, module)
    ]
    os.close(mine)
    os.close(held)
    assert ran[0].stderr == ran[1].stderr != b"" and ran[0].returncode == ran[1].returncode
    assert ran[0].returncode > 0
