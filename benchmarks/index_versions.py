"""A small corpus in versions, and what is found wrong with its index."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from hyqa import open_index

DOCUMENTS = 12
QUESTION = "云岭市的补贴是第几版？"
VERSION = re.compile(r"第(\d+)版")
"""How a document of the corpus states its version."""


def write_version(corpus: Path, version: int) -> None:
    """Write a corpus of which each document states its version."""
    corpus.mkdir(exist_ok=True)
    for number in range(DOCUMENTS):
        text = f"# 云岭市办法{number}\n\n云岭市的补贴{number}是第{version}版，每月{number * 7 + 3}万元。\n"
        (corpus / f"d{number}.md").write_text(text, "utf-8")


def version_in_force(root: Path) -> int:
    """Open the snapshot in force, which checks that it is whole, and read its one version.

    Raises:
        AssertionError: when it mixes versions, or lacks documents.
    """
    store = open_index(root).store
    texts = [store.document(name).text for name in store.document_ids()]
    versions = {int(found) for text in texts for found in VERSION.findall(text)}
    assert len(texts) == DOCUMENTS and len(versions) == 1, (len(texts), versions)
    return versions.pop()


@dataclass
class Tally:
    """What was tried, and what went wrong, a line each."""

    tried: int = 0
    wrong: list[str] = field(default_factory=list)

    def told(self, what: str) -> str:
        """One line for people, and those of what went wrong."""
        return "\n".join([f"{what}: {self.tried} tried, {len(self.wrong)} wrong", *self.wrong])
