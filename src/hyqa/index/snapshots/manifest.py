"""What an index is made of and with: stored beside it, checked whenever it is opened."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from hyqa.index.chunking import CHUNKING
from hyqa.text.tokens import TOKENIZER
from hyqa.types.errors import DAMAGED_INDEX, SnapshotError

SCHEMA = 7
"""Layout of a snapshot's files; an index of another schema is refused."""
_FILE = "manifest.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """A document whose file cannot be read any more, so that its last good version stays.

    ``reason`` is why, in words for a maintainer; ``since`` the day on which it was found so.
    """

    document: str
    reason: str
    since: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Schema, encoder, tokenizer, chunking and parsers of an index, and what corpus it holds."""

    encoder: str
    dimension: int
    corpus: str
    """Fingerprint of the corpus, see :func:`hyqa.parsing.corpus_fingerprint`."""
    documents: int
    chunks: int
    parsers: Mapping[str, str]
    tokenizer: str = TOKENIZER
    chunking: str = CHUNKING
    schema: int = SCHEMA
    kept: tuple[Kept, ...] = ()

    def save(self, folder: Path) -> None:
        """Write the manifest into a snapshot's folder."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)
        (folder / _FILE).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Manifest":
        """Read a snapshot's manifest.

        Raises:
            SnapshotError: when it is missing, damaged, or of another schema or tokenizer.
        """
        try:
            fields = json.loads((folder / _FILE).read_text(encoding="utf-8"))
            kept = tuple(Kept(**one) for one in fields.pop("kept", ()))
            manifest = cls(**fields, kept=kept)
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise SnapshotError(DAMAGED_INDEX) from error
        if (manifest.schema, manifest.tokenizer) != (SCHEMA, TOKENIZER):
            raise SnapshotError(
                f"The index was made with tokenizer {manifest.tokenizer!r}, schema"
                f" {manifest.schema}, this hyqa uses {TOKENIZER!r}, schema {SCHEMA}:"
                " run `hyqa index` to build it anew."
            )
        return manifest

    def check_encoder(self, name: str, dimension: int) -> None:
        """Refuse an encoder that did not make this index.

        Raises:
            SnapshotError: when name or dimension differ.
        """
        if (self.encoder, self.dimension) != (name, dimension):
            raise SnapshotError(
                f"The index was made with the encoder {self.encoder!r}, but {name!r} was chosen:"
                " choose the same one, or run `hyqa index` with the new one."
            )
