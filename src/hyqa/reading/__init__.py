"""Read passages for a question: how likely each answers, and by which sentences."""

from hyqa.config import Settings
from hyqa.index.build import Index
from hyqa.models import Encoder, Reranker
from hyqa.models.encoder import pair_reading
from hyqa.reading.close_reading import CloseReader, shipped_weighing
from hyqa.reading.cross_encoder import CrossEncoderReader
from hyqa.reading.foreseen import ForeseenReader, shipped_model
from hyqa.reading.lexical import LexicalReader
from hyqa.reading.reader import Reader

__all__ = ["CrossEncoderReader", "ForeseenReader", "LexicalReader", "Reader", "reader_of"]


def reader_of(
    index: Index, encoder: Encoder | None = None, reranker: Reranker | None = None
) -> Reader:
    """Choose the reader of an index.

    Args:
        index: with foreseen questions or without.
        encoder: the index's own, which may read the likeliest passages closely.
        reranker: a cross-encoder that was configured; it is given its say.

    Returns:
        The one that has seen foreseen questions, where the index has some and its encoder is the
        one that its model was fitted with, in any version or form; else the one that goes by words.
    """
    if reranker:
        return CrossEncoderReader(index, reranker)
    if len(index.foreseen.links):
        model = shipped_model()
        if _weights(str(model.about["encoder"])) == _weights(index.manifest.encoder):
            return ForeseenReader(index, model, _close_reader(index, encoder))
    return LexicalReader(index)


def _close_reader(index: Index, encoder: Encoder | None) -> CloseReader | None:
    reads = pair_reading(encoder) if Settings.from_environment().reads_closely else None
    return CloseReader(index, reads, shipped_weighing()) if reads else None


def _weights(encoder: str) -> str:
    """Whose weights an encoder runs: likenesses of other versions and forms are hardly other ones."""
    return encoder.partition("-")[0]
