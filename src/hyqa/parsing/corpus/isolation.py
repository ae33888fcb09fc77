"""Reading files in other processes, which can be stopped: no file may hang, bloat or end this one.

Processes are started as they are needed, kept from file to file, and replaced when one was
stopped or died. They are new interpreters rather than forks, as a fork of a process with threads,
such as encoders have, may hang; and they do not load the main module again, which would make
``if __name__ == "__main__"`` a duty of whoever uses the library.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from hyqa.config import Limits, cores
from hyqa.parsing.corpus.reading import Job
from hyqa.parsing.corpus.wire import (
    STEP_DONE,
    Reply,
    WireError,
    pack_job,
    receive,
    send,
    unpack_reply,
)
from hyqa.types import Document, ParseFailure
from hyqa.types.errors import ConfigError

T = TypeVar("T")

MOST_STEPS = 3000
"""Parts of a file that may take as long as a whole file else: pages of the longest PDF."""
_START = 60.0
"""Seconds within which a process must have started; it takes a fraction of one."""
# The package stands in with no more than its folder: its own __init__ loads search and encoders.
_BOOT = """
import sys, types
folder, seconds, megabytes, *sys.path = sys.argv[1:]
sys.modules["hyqa"] = package = types.ModuleType("hyqa")
package.__path__ = [folder]
from hyqa.parsing.corpus.worker import main
main(int(seconds), int(megabytes))
"""
_PACKAGE = Path(__file__).resolve().parents[2]
_OUT_OF_TIME = "SIGXCPU"
_ENDED = "it was not read, as reading was ended"


class _Stopped(Exception):
    """The process is gone: by itself, or because its time was over. The message says why."""


class _Worker:
    """One process, seen from here: one thread uses it at a time, any may stop it."""

    def __init__(self, limits: Limits) -> None:
        if not sys.executable:
            raise ConfigError("Files are read by a process of Python's own, which is not found.")
        self._limits = limits
        self._lock = threading.Lock()
        self._is_late = False
        self._deadline = 0.0
        numbers = [str(limits.seconds), str(limits.megabytes)]
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _BOOT, str(_PACKAGE), *numbers, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # so that what it starts itself can be stopped with it
        )
        assert self._process.stdin and self._process.stdout
        self._input, self._output = self._process.stdin, self._process.stdout

    def wait_for_start(self) -> None:
        """Wait until the process is ready.

        Raises:
            ConfigError: It ended before it was.
        """
        try:
            self._within(_START, lambda: receive(self._output))
        except _Stopped as error:
            raise ConfigError(
                "The process that reads files cannot be started; it may need more memory than"
                f" HYQA_FILE_MEGABYTES={self._limits.megabytes} grants."
            ) from error

    def read(self, job: Job) -> Reply:
        """Have a file read.

        Raises:
            WireError: The job cannot be sent to anybody.
            _Stopped: The process is gone, and can do no more.
        """
        message = pack_job(job)
        return self._within(self._limits.seconds, lambda: self._exchange(message))

    def _exchange(self, message: bytes) -> Reply:
        send(self._input, message)
        for _ in range(MOST_STEPS):
            if (answer := receive(self._output)) != STEP_DONE:
                return unpack_reply(answer)
            self._deadline = time.monotonic() + self._limits.seconds
        self._is_late = True
        raise WireError("it says that it goes on for ever")

    def _within(self, seconds: float, do: Callable[[], T]) -> T:
        """Do what waits for the process, and ends the process when the time is over."""
        is_done = threading.Event()
        self._deadline = time.monotonic() + seconds

        def watch() -> None:
            while not is_done.wait(max(0.0, self._deadline - time.monotonic())):
                with self._lock:
                    if not is_done.is_set() and time.monotonic() >= self._deadline:
                        self._is_late = True
                        self._kill()
                        return

        threading.Thread(target=watch, daemon=True).start()
        try:
            result = do()
        except WireError as error:
            self.stop()
            raise _Stopped(self._epitaph()) from error
        finally:
            with self._lock:
                is_done.set()
        if self._is_late:
            self.stop()
            raise _Stopped(self._epitaph())
        return result

    def _epitaph(self) -> str:
        """Return why a file could not be read by a process that is gone."""
        code = self._process.returncode or 0
        name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        if self._is_late or name == _OUT_OF_TIME:
            return f"reading it takes longer than {self._limits.seconds} seconds"
        return (
            f"it is damaged, or takes too much memory: it ended the process that read it ({name})"
        )

    @property
    def is_alive(self) -> bool:
        """Whether there still is a process."""
        return self._process.poll() is None

    def stop(self) -> None:
        """End the process, and those that it started; more than once does no harm."""
        with self._lock:
            self._kill()
        self._process.wait()
        for stream in (self._input, self._output):
            with suppress(OSError):
                stream.close()

    def _kill(self) -> None:
        if self._process.returncode is not None:  # its number may by now be another's
            return
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()


class Readers:
    """The processes that read files, as many as there are cores; to be closed when done."""

    def __init__(self, limits: Limits = Limits()) -> None:  # noqa: B008 - frozen
        self._limits = limits
        self.size = limits.readers or cores()
        self._executor = ThreadPoolExecutor(self.size, thread_name_prefix="hyqa-reader")
        self._lock = threading.Lock()
        self._workers: set[_Worker] = set()
        self._idle: list[_Worker] = []
        self._is_closed = False

    def submit(self, job: Job) -> "Future[Document | ParseFailure]":
        """Have a job done as soon as a process is free.

        Returns:
            What becomes of it; a ConfigError where no process can be started.
        """
        return self._executor.submit(self._read, job)

    def close(self) -> None:
        """End all processes, whatever they are at."""
        with self._lock:
            self._is_closed = True
            workers = list(self._workers)
        self._executor.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.stop()
        self._executor.shutdown()

    def __enter__(self) -> "Readers":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _read(self, job: Job) -> Document | ParseFailure:
        try:
            worker = self._hire()
            reply = worker.read(job)
        except _Stopped as error:
            return ParseFailure(job.name, str(error))
        except WireError:
            self._release(worker)
            return ParseFailure(job.name, "what is listed of it in sources.toml cannot be used")
        self._release(worker, worn=reply.worn)
        return reply.document or ParseFailure(job.name, reply.reason)

    def _hire(self) -> _Worker:
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.is_alive:
                    return worker
            if self._is_closed:
                raise _Stopped(_ENDED)
            worker = _Worker(self._limits)
            self._workers = {other for other in self._workers if other.is_alive} | {worker}
        try:
            worker.wait_for_start()
        except ConfigError as error:
            if self._is_closed:
                raise _Stopped(_ENDED) from error
            raise
        return worker

    def _release(self, worker: _Worker, *, worn: bool = False) -> None:
        if worn:
            worker.stop()
            return
        with self._lock:
            self._idle.append(worker)
