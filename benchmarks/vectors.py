"""The encoder of the benchmarks, its vectors kept in the cache folder from run to run."""

from hyqa import load_encoder
from hyqa.cli.commands.building import VECTORS_FILE
from hyqa.config import Settings
from hyqa.models import CachingEncoder, Encoder


def cached_encoder() -> Encoder:
    """The default encoder; what it encoded once it looks up."""
    settings = Settings.from_environment()
    return CachingEncoder(load_encoder(settings=settings), settings.cache / VECTORS_FILE)
