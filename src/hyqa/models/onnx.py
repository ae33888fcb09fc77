"""Any model folder in sentence-transformers layout that carries an ONNX file; needs no torch."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from hyqa.config import cores
from hyqa.models.encoder import Progress, QuestionVectors, Vectors, encodable
from hyqa.models.model_files import ModelFiles
from hyqa.models.prompts import DOCUMENT, QUERY
from hyqa.models.sessions import LET_GO, Sessions
from hyqa.models.tokenizing import load_tokenizer

TOKENS_A_BATCH = 512
"""Padding included. On two cores with 512 KB of L2 cache each, the bundled model ran 3.9, 4.2, 3.9,
3.6 and 3.2 thousand tokens a second at 256, 512, 1,024, 2,048 and 4,096."""
_FEW = 4
"""Up to so many texts are encoded with all threads at each, more with a thread a batch."""
_MANY = 100
"""Windows after which the memory that runs took is given back: 50 MB that the rest of a build can use."""
EMBEDDED = "embedded"
"""Input of a graph that takes the vectors of a text's pieces, and not their ids."""
MEANING, ASKING = "meaning", "asking"
"""Names of upper layers."""
_TOKEN_OUTPUTS = ("last_hidden_state", "token_embeddings")


@dataclass(frozen=True, slots=True)
class _Window:
    """Ids that are run at once, the row of the text they belong to, and whether they begin it."""

    row: int
    ids: list[int]
    begins: bool


_Batch = list[_Window]
Embed = Callable[[NDArray[np.int64]], Vectors]
"""Gives the vectors of pieces, of shape (texts, tokens, numbers), by their ids, of shape (texts, tokens)."""


class OnnxEncoder:
    """Runs a model's ONNX file; safe to share between threads.

    Args:
        folder: the model.
        model: what its user calls it; by default its path.
        name: what identifies it; by default that and its file's checksum.
        threads: how many to use; by default one a core that this process may use.
        steps: the numbers of a vector become multiples of so many parts of 1; 0 leaves them.
        uppers: where the ONNX file holds but the lower layers, the files of upper ones, which take
            what it gives, by its name: those for ``MEANING``, which give what the whole model
            would, and others for ``ASKING``, which put questions that ask the same near each other.
        embed: of a file that takes ``EMBEDDED``, what gives them.

    Raises:
        EncoderError: when the folder lacks a file, or one is damaged or not supported.
    """

    def __init__(
        self,
        folder: Path,
        *,
        model: str = "",
        name: str = "",
        threads: int = 0,
        steps: int = 0,
        uppers: Mapping[str, Path] = MappingProxyType({}),
        embed: Embed | None = None,
    ) -> None:
        model = model or str(folder)
        self._files = ModelFiles.read(folder, model)
        self._threads = threads or cores()
        self._steps = steps
        self._lock = threading.Lock()
        self._held: Sessions | None = None
        self._uppers, self._embed = uppers, embed
        # The library's threads read the ONNX file while this one reads the vocabulary.
        with ThreadPoolExecutor(1) as pool:
            session = pool.submit(self._session, self._threads)
            self._tokenizer = load_tokenizer(self._files)
            run = session.result().model
        self._inputs = {one.name for one in run.get_inputs()}
        self._output = _output_name([one.name for one in run.get_outputs()])
        self.name = name or f"onnx:{model}@{self._files.checksum()[:12]}"
        self.dimension = int(self._encode(["a"], session.result(), 1).shape[1])

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See :class:`hyqa.models.encoder.Encoder`."""
        return self._prompted(QUERY, texts)

    def encode_questions(self, texts: Sequence[str]) -> QuestionVectors:
        """See :class:`hyqa.models.encoder.MatchingEncoder`; both are the same without other layers."""
        both = self._prompted(QUERY, texts, kinds=(MEANING, ASKING))
        return QuestionVectors(*np.split(both, 2, axis=1))

    def encode_asking(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See :class:`hyqa.models.encoder.MatchingEncoder`."""
        return self._prompted(QUERY, texts, progress, kinds=(ASKING,))

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See :class:`hyqa.models.encoder.Encoder`; runs of like length go together."""
        return self._prompted(DOCUMENT, texts, progress)

    def ids(self, text: str) -> list[int]:
        """A text's ids without those of start and end, of a long one the first that run at once."""
        return self._tokenizer.windows(encodable(text))[0][1:-1]

    def states(self, ids: Sequence[Sequence[int]], kind: str) -> Vectors:
        """What upper layers give for each of some texts' ids, of shape (texts, tokens, hidden)."""
        return self._states(self._session(self._threads), ids, (kind,))[0][0]

    def _session(self, threads: int) -> Sessions:
        """The model with so many threads at each product.

        Of one number of threads it is held at a time, because each holds the weights: a process asks questions or
        builds an index for long, and one that does both in turn waits .2 s at each change.
        """
        with self._lock:
            if self._held is None or self._held.threads != threads:
                self._held = None  # lets the weights go before they are read again
                self._held = Sessions(self._files.onnx_file, self._uppers, threads)
            return self._held

    def _prompted(
        self,
        kind: str,
        texts: Sequence[str],
        progress: Progress | None = None,
        *,
        kinds: Sequence[str] = (MEANING,),
    ) -> Vectors:
        prompt = self._files.prompts.get(kind, "")
        prompted = [prompt + encodable(text) for text in texts]
        few = len(prompted) <= _FEW or self._threads == 1
        # Of many texts each thread has a batch of its own, and none waits for another.
        sessions = self._session(self._threads if few else 1)
        return self._encode(prompted, sessions, 1 if few else self._threads, progress, kinds)

    def _encode(
        self,
        texts: Sequence[str],
        sessions: Sessions,
        workers: int,
        progress: Progress | None = None,
        kinds: Sequence[str] = (MEANING,),
    ) -> Vectors:
        """Vectors of texts: the mean over a text's windows, weighted by their tokens.

        Of several kinds of upper layers, those of each stand beside the others.
        """
        windows = [
            _Window(row, ids, begins=not place)
            for row, text in enumerate(texts)
            for place, ids in enumerate(self._tokenizer.windows(text))
        ]
        sums: Vectors | None = None
        for batch, pooled in self._runs(sessions, _batches(windows), workers, kinds):
            if sums is None:
                sums = np.zeros((len(texts), pooled.shape[1]), np.float32)
            for window, vector in zip(batch, pooled, strict=True):
                sums[window.row] += vector * len(window.ids)
            if progress:
                progress(sum(window.begins for window in batch))
        if len(windows) > _MANY:
            self._states(sessions, [windows[0].ids[:2]], kinds, LET_GO)
        if sums is None:
            return np.empty((0, self.dimension * len(kinds)), np.float32)
        parts = np.split(sums, len(kinds), axis=1)
        vectors = np.hstack([part / np.linalg.norm(part, axis=1, keepdims=True) for part in parts])
        rounded = np.round(vectors * self._steps) / self._steps if self._steps else vectors
        return np.asarray(rounded, np.float32)

    def _runs(
        self, sessions: Sessions, batches: list[_Batch], workers: int, kinds: Sequence[str]
    ) -> Iterator[tuple[_Batch, Vectors]]:
        """Batches with their pooled vectors, as they are done."""
        if workers == 1:
            yield from ((batch, self._run(sessions, kinds, batch)) for batch in batches)
            return
        with ThreadPoolExecutor(workers) as pool:
            run = partial(self._run, sessions, kinds)
            yield from zip(batches, pool.map(run, batches), strict=True)

    def _run(self, sessions: Sessions, kinds: Sequence[str], batch: _Batch) -> Vectors:
        """Pooled vectors of a batch of windows, of each kind beside the others."""
        ids = [window.ids for window in batch]
        states, mask = self._states(sessions, ids, kinds)
        return np.hstack([self._pooled(one, mask) for one in states])

    def _states(
        self,
        sessions: Sessions,
        ids: Sequence[Sequence[int]],
        kinds: Sequence[str],
        options: onnxruntime.RunOptions | None = None,
    ) -> tuple[list[Vectors], NDArray[np.int64]]:
        """What each kind of upper layers gives, or the model that has none, and which ids are there."""
        tokens = np.ones((len(ids), max(map(len, ids))), np.int64)
        mask = np.zeros_like(tokens)
        for row, one in enumerate(ids):
            tokens[row, : len(one)], mask[row, : len(one)] = one, 1
        given = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": mask * 0}
        feed: dict[str, NDArray[Any]] = {
            name: value for name, value in given.items() if name in self._inputs
        }
        if self._embed:
            feed[EMBEDDED] = self._embed(tokens)
        (values,) = sessions.model.run([self._output], feed, options)
        if not self._uppers:
            return [values] * len(kinds), mask
        own = {self._output: values, "attention_mask": mask}
        return [sessions.upper(kind).run(None, own, options)[0] for kind in kinds], mask

    def _pooled(self, values: Vectors, mask: NDArray[np.int64]) -> Vectors:
        return _POOL[self._files.pooling](values, mask) if values.ndim == 3 else values


def _batches(windows: list[_Window]) -> list[_Batch]:
    """Windows in groups of like length, the longest first."""
    batches: list[_Batch] = []
    for window in sorted(windows, key=lambda window: -len(window.ids)):
        if batches and len(batches[-1][0].ids) * (len(batches[-1]) + 1) <= TOKENS_A_BATCH:
            batches[-1].append(window)
        else:
            batches.append([window])
    return batches


def _mean(values: Vectors, mask: NDArray[np.int64]) -> Vectors:
    weights = mask[..., None].astype(np.float32)
    return np.asarray((values * weights).sum(axis=1) / weights.sum(axis=1), np.float32)


def _first(values: Vectors, mask: NDArray[np.int64]) -> Vectors:
    return values[:, 0]


def _largest(values: Vectors, mask: NDArray[np.int64]) -> Vectors:
    return np.asarray(np.where(mask[..., None] > 0, values, -np.inf).max(axis=1), np.float32)


_POOL: dict[str, Callable[[Vectors, NDArray[np.int64]], Vectors]] = {
    "mean": _mean,
    "cls": _first,
    "max": _largest,
}


def _output_name(names: Sequence[str]) -> str:
    return next((name for name in _TOKEN_OUTPUTS if name in names), names[0])
