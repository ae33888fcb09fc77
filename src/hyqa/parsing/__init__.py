"""Reading files as documents: Markdown, text, HTML, PDF, Word and JSON lines."""

from hyqa.parsing.corpus import read_corpus
from hyqa.parsing.fingerprint import corpus_fingerprint
from hyqa.parsing.formats import parser_versions
from hyqa.parsing.isolation import Readers

__all__ = ["Readers", "corpus_fingerprint", "parser_versions", "read_corpus"]
