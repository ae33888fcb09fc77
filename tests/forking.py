"""Processes that start at once: one that has imported a program forks for each run of it.

``python -m web`` takes some 1.5 s of a processor before its first line runs, nearly all of it for
importing, and tests start it dozens of times. Here that is paid once. A run is a process of its own
as ever, with its own environment, folder, signals and exit code, and what it does to itself ends
with it. What hangs on the start of Python itself is tested by ``python -m`` in ``test_command.py``
of bot and page.
"""

import atexit
import importlib
import json
import os
import select
import selectors
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
_LARGEST = 1 << 18
"""Bytes of an order: its environment, above all."""


@dataclass
class Forked:
    """A run, used as ``subprocess.Popen`` is."""

    pid: int
    _status: socket.socket
    returncode: int | None = field(default=None)

    def poll(self) -> int | None:
        """The exit code, as of a Popen; None while it runs."""
        if self.returncode is None and select.select([self._status], [], [], 0)[0]:
            self._bury()
        return self.returncode

    def wait(self, seconds: float | None = None) -> int:
        """Wait for its end.

        Raises:
            TimeoutError: It did not end in time.
        """
        if self.returncode is None and not select.select([self._status], [], [], seconds)[0]:
            raise TimeoutError(f"process {self.pid} runs on")
        return self._bury() if self.returncode is None else self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended: its number may then be another's."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def _bury(self) -> int:
        told = self._status.recv(16)
        self._status.close()
        assert told, f"what became of process {self.pid} is not known: who started it is gone"
        self.returncode = int(told)
        return self.returncode


class _Nursery:
    """A process that has imported a module."""

    def __init__(self, module: str) -> None:
        self._orders, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._orders.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _LARGEST)
        paths = [str(ROOT / "src"), str(ROOT)]
        boot = f"import sys; sys.path[:0] = [*{paths}, {str(ROOT / 'tests')!r}]\n"
        boot += f"import forking; forking.serve({module!r}, {theirs.fileno()})"
        self._process = subprocess.Popen(
            [sys.executable, "-c", boot], pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        theirs.close()
        atexit.register(self._end)

    def order(self, what: dict[str, Any], stderr: int) -> Forked:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        socket.send_fds(self._orders, [json.dumps(what).encode()], [theirs.fileno(), stderr])
        theirs.close()
        told = ours.recv(16)
        assert told, f"nothing can be started: {self._process.poll()}"
        return Forked(int(told), ours)

    def _end(self) -> None:
        self._orders.close()
        self._process.wait()


_nursery = cache(_Nursery)


def run(
    module: str,
    code: str,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    stderr: int = 2,
) -> Forked:
    """Do what ``python -c code arguments`` does, in a process that has imported a module.

    Args:
        module: what is imported before; it must start no thread then.
        code: what is run.
        arguments: what it finds in ``sys.argv``.
        environment: all of it; by default that of the tests.
        cwd: the folder in which it runs.
        stderr: descriptor of a file for what it says.
    """
    what = {"code": code, "arguments": arguments, "cwd": str(cwd)}
    given = dict(os.environ if environment is None else environment)
    return _nursery(module).order({**what, "environment": given}, stderr)


def serve(module: str, descriptor: int) -> None:
    """Import a module, and fork for each order that comes, until nobody is left to give one."""
    before = dict(os.environ)
    importlib.import_module(module)
    set_by_imports = {name: os.environ[name] for name in os.environ.keys() - before.keys()}
    todo = _Forking(socket.socket(fileno=descriptor)).until_ordered()
    if todo:  # this is the child
        os.environ.clear()
        os.environ.update(set_by_imports | todo["environment"])
        os.chdir(todo["cwd"])
        sys.argv = ["-c", *todo["arguments"]]
        exec(compile(todo["code"], "<string>", "exec"), {"__name__": "__main__"})


class _Forking:
    """Forks for each order that comes through a socket."""

    def __init__(self, orders: socket.socket) -> None:
        self._orders = orders
        self._wakes, self._wake = socket.socketpair()
        self._running: dict[int, socket.socket] = {}
        self._chosen = selectors.DefaultSelector()
        for end in (self._wakes, self._wake):
            end.setblocking(False)
        for readable in (orders, self._wakes):
            self._chosen.register(readable, selectors.EVENT_READ)
        signal.set_wakeup_fd(self._wake.fileno())
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the tests, which end this

    def until_ordered(self) -> dict[str, Any]:
        """Give an order in the child that is to follow it, and nothing when none will come."""
        while True:
            ready = [key.fileobj for key, _ in self._chosen.select()]
            if self._wakes in ready:
                self._wakes.recv(4096)
                self._bury()
            if self._orders in ready:
                order, descriptors, _, _ = socket.recv_fds(self._orders, _LARGEST, 2)
                if not order:
                    break
                if self._is_child(*descriptors):
                    told: dict[str, Any] = json.loads(order)
                    return told
        for pid in self._running:
            os.kill(pid, signal.SIGKILL)
        return {}

    def _is_child(self, status: int, stderr: int) -> bool:
        """Fork; the child has let go of all that is not its own."""
        told = socket.socket(fileno=status)
        pid = os.fork()
        if pid:
            os.close(stderr)
            told.send(str(pid).encode())
            self._running[pid] = told
            return False
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self._chosen.close()
        for one in (self._orders, self._wakes, self._wake, told, *self._running.values()):
            one.close()
        os.dup2(stderr, 2)
        os.close(stderr)
        return True

    def _bury(self) -> None:
        """Tell of those that have ended how they did."""
        while self._running:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            told = self._running.pop(pid)
            told.send(str(os.waitstatus_to_exitcode(status)).encode())
            told.close()
