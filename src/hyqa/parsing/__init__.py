"""Reading files as documents: Markdown, text, HTML, PDF, Word and JSON lines."""

from hyqa.parsing.corpus.documents import read_corpus
from hyqa.parsing.corpus.fingerprint import corpus_fingerprint
from hyqa.parsing.corpus.isolation import Readers
from hyqa.parsing.formats import parser_versions

__all__ = ["Readers", "corpus_fingerprint", "parser_versions", "read_corpus"]
