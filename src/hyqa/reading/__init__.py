"""Read passages for a question: how likely each answers, and by which sentences."""

from hyqa.index.build import Index
from hyqa.models import Reranker
from hyqa.reading.cross_encoder import CrossEncoderReader
from hyqa.reading.foreseen import ForeseenReader, shipped_model
from hyqa.reading.lexical import LexicalReader
from hyqa.reading.reader import Reader

__all__ = ["CrossEncoderReader", "ForeseenReader", "LexicalReader", "Reader", "reader_of"]


def reader_of(index: Index, reranker: Reranker | None = None) -> Reader:
    """Choose the reader of an index.

    Args:
        index: with foreseen questions or without.
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
            return ForeseenReader(index, model)
    return LexicalReader(index)


def _weights(encoder: str) -> str:
    """Whose weights an encoder runs: likenesses of other versions and forms are hardly other ones."""
    return encoder.partition("-")[0]
