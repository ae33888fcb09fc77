"""Read passages for a question: how likely each answers, and by which sentences."""

from hyqa.index.build import Index
from hyqa.models import Reranker
from hyqa.reading.cross_encoder import CrossEncoderReader
from hyqa.reading.lexical import LexicalReader
from hyqa.reading.reader import Reader

__all__ = ["CrossEncoderReader", "LexicalReader", "Reader", "reader_of"]


def reader_of(index: Index, reranker: Reranker | None = None) -> Reader:
    """The reader of an index: with a cross-encoder where one is configured, else by words alone."""
    return CrossEncoderReader(index, reranker) if reranker else LexicalReader(index)
