"""What a model folder in sentence-transformers layout says of itself."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hyqa.models.prompts import prompts_of
from hyqa.types.errors import EncoderError

_ONNX_FILES = ("onnx/model_int8.onnx", "onnx/model.onnx", "model.onnx")
"""Looked for in this order; else the only ONNX file of the folder is taken."""
_POOLINGS = ("mean", "cls", "max")
_KNOWN_MODULES = ("Transformer", "Pooling", "Normalize")
_USUAL_LENGTH = 512


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """An ONNX file, and how to use it."""

    folder: Path
    onnx_file: Path
    pooling: str
    """``mean``, ``cls`` or ``max``."""
    prompts: Mapping[str, str]
    longest: int
    """Tokens that one run of the model takes, those of start and end included."""

    @classmethod
    def read(cls, folder: Path, model: str) -> "ModelFiles":
        """Read the folder of a model that its user calls by the given name or path.

        Raises:
            EncoderError: when it lacks an ONNX file, or asks for what is not supported.
        """
        settings = _read_json(folder / "config_sentence_transformers.json")
        return cls(
            folder=folder,
            onnx_file=folder / choose_onnx_file(model, _onnx_files(folder)),
            pooling=_pooling(folder, model),
            prompts=prompts_of(model, settings.get("prompts") or {}),
            longest=_longest(folder),
        )

    def checksum(self) -> str:
        """Compute the SHA-256 of the ONNX file, in hexadecimal."""
        with self.onnx_file.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def choose_onnx_file(model: str, names: Iterable[str]) -> str:
    """Choose the ONNX file to use, of the names of a model's files.

    Raises:
        EncoderError: when there is none, or none can be told from the others.
    """
    found = [name for name in names if name.endswith(".onnx")]
    for name in _ONNX_FILES:
        if name in found:
            return name
    if len(found) != 1:
        raise EncoderError(
            f"The model {model!r} holds {len(found)} ONNX files, none of them"
            f" {' or '.join(_ONNX_FILES)}: put the one to use under such a name."
        )
    return found[0]


def _onnx_files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.onnx"))


def _pooling(folder: Path, model: str) -> str:
    """How the model's token vectors become one, by its modules; ``mean`` where it names none."""
    modules = _read_json(folder / "modules.json") or []
    kinds = {module["type"].rsplit(".", 1)[-1]: folder / module["path"] for module in modules}
    strange = sorted(set(kinds) - set(_KNOWN_MODULES))
    settings = _read_json(kinds["Pooling"] / "config.json") if "Pooling" in kinds else {}
    chosen = [
        mode
        for mode in _POOLINGS
        if settings.get(f"pooling_mode_{mode}_tokens")
        or settings.get(f"pooling_mode_{mode}_token")
        or settings.get("pooling_mode") == mode
    ]
    if strange or len(chosen) > 1 or (settings and not chosen):
        raise EncoderError(
            f"The model {model!r} pools or transforms in a way that hyqa does not run from"
            " ONNX: give its name or path without `onnx:`, and sentence-transformers runs it."
        )
    return chosen[0] if chosen else "mean"


def _longest(folder: Path) -> int:
    own = _read_json(folder / "sentence_bert_config.json").get("max_seq_length")
    of_model = _read_json(folder / "config.json").get("max_position_embeddings")
    return int(own or of_model or _USUAL_LENGTH)


def _read_json(path: Path) -> Any:  # noqa: ANN401
    """A file's content; empty where there is no such file."""
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise EncoderError(
            f"{path} cannot be read as JSON: put the model's own file back."
        ) from error
