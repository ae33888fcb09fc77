"""Threads share the places that they take memory from."""

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import ARENAS

THREADS = 12
WORK = """
import ctypes, sys, threading
from bot.__main__ import share_memory
if sys.argv[1] == "shared":
    share_memory()
kept, barrier = [], threading.Barrier(int(sys.argv[2]))
def fill():
    barrier.wait()  # threads that live at once do not take over each other's place
    kept.append([bytearray(2000) for _ in range(500)])
    barrier.wait()
threads = [threading.Thread(target=fill) for _ in range(int(sys.argv[2]))]
for thread in threads: thread.start()
for thread in threads: thread.join()
libc = ctypes.CDLL(None)
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
"""


def arenas(manner: str) -> int:
    """Places that the threads of a process have taken memory from, as glibc tells."""
    command = (sys.executable, "-c", WORK, manner, str(THREADS))
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.count("<heap nr=")


@pytest.mark.skipif(
    not hasattr(ctypes.CDLL(None), "malloc_info"), reason="only glibc tells of them"
)
def test_threads_share_few_places() -> None:
    assert arenas("shared") <= ARENAS < arenas("each its own")
