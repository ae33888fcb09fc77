"""Models in ONNX files, opened to be run, and the memory that they work in."""

import ctypes
import sys
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import onnxruntime

from hyqa.types.errors import EncoderError

_GROWTH = {
    "max_mem": 0,
    "arena_extend_strategy": 0,
    "initial_chunk_size_bytes": -1,
    "max_dead_bytes_per_chunk": 65_536,
}
"""How memory for the models' values grows: by doubling, and what is left of a piece that is taken is taken
again, be it small; -1 and 0 leave the library's own."""
LET_GO = onnxruntime.RunOptions()
"""Of a run after which nobody needs that memory for a while, the library's one way to have it back."""
LET_GO.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
_LARGE = 2**20
"""Bytes from which a piece of memory goes back to the system as soon as it is given back. By default glibc
keeps ever larger ones to hand out again: while an index was built, 60 MB between runs."""
_MMAP_THRESHOLD = -3
"""What glibc calls ``M_MMAP_THRESHOLD``."""
_sharing = threading.Lock()
"""Held while that is settled, which may be done once a process."""


class Sessions:
    """A model, and the upper layers that take what it gives, each opened when it is first run."""

    def __init__(self, model: Path, uppers: Mapping[str, Path], threads: int) -> None:
        self.threads = threads
        self.model = _session(model, threads)
        self._files, self._lock = uppers, threading.Lock()
        self._uppers: dict[str, onnxruntime.InferenceSession] = {}

    def upper(self, name: str) -> onnxruntime.InferenceSession:
        """Upper layers by their name."""
        with self._lock:
            if name not in self._uppers:
                self._uppers[name] = _session(self._files[name], self.threads)
            return self._uppers[name]


def give_memory_back() -> None:
    """Have glibc give the system what it keeps of memory that nothing holds any more; elsewhere nothing."""
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)


@cache
def _share_memory() -> None:
    """Have all sessions of the process take what they work in from one place, and give it back for good.

    By default each has its own: while the shipped corpus was indexed, the bundled model and its upper
    layers held 120 MB more, and took as long.
    """
    kind = onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR
    place = onnxruntime.OrtMemoryInfo("Cpu", kind, 0, onnxruntime.OrtMemType.DEFAULT)
    onnxruntime.create_and_register_allocator(place, onnxruntime.OrtArenaCfg(_GROWTH))
    if sys.platform == "linux" and (setting := getattr(ctypes.CDLL(None), "mallopt", None)):
        setting(_MMAP_THRESHOLD, _LARGE)


def _session(file: Path, threads: int) -> onnxruntime.InferenceSession:
    """Load an ONNX file, to be run with so many threads at each product.

    Raises:
        EncoderError: when it cannot be loaded.
    """
    with _sharing:
        _share_memory()
    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.use_env_allocators", "1")
    # A plan for each shape of a batch is a piece of memory for each, and saves no time: 55 MB.
    options.enable_mem_pattern = False
    # Threads that wait for the next product by spinning take the core from those who ask at the same time:
    # a question took 175 ms of processors beside other work with it, 51 without.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.intra_op_num_threads = threads
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the library raises many kinds, none of them documented
        raise EncoderError(
            f"{file} cannot be loaded by onnxruntime: put the model's own file back."
        ) from error
