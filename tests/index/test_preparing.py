"""A build that takes up what was kept gives what one without it gives, to the letter."""

import shutil
from pathlib import Path

import pytest

from hyqa import HashEncoder
from hyqa.index.build import build_index, preparing
from hyqa.index.build.preparing import prepare_one
from hyqa.models import CachingEncoder
from hyqa.types import Document


class Place:
    """A copy of the corpus that may be changed, and what is kept of it."""

    def __init__(self, corpus: Path, folder: Path) -> None:
        self.folder, self._turn = folder, 0
        self.corpus = Path(shutil.copytree(corpus, folder / "corpus"))

    def build(self, *, kept: bool) -> str:
        """Build into a folder of its own, and give the name of the snapshot: a hash of all of it."""
        self._turn += 1
        encoder, cache = HashEncoder(), self.folder / "cache"
        cached = CachingEncoder(encoder, cache / "vectors.sqlite", keeps_questions=True)
        root = self.folder / f"index-{self._turn}"
        if kept:
            return build_index(self.corpus, root, cached, cache=cache).snapshot
        return build_index(self.corpus, root, encoder).snapshot


@pytest.fixture
def place(corpus: Path, tmp_path: Path) -> Place:
    return Place(corpus, tmp_path)


def test_builds_with_and_without_what_was_kept_are_the_same(place: Place) -> None:
    assert place.build(kept=True) == place.build(kept=True) == place.build(kept=False)
    court = place.corpus / "court.md"
    court.write_text(
        court.read_text("utf-8") + "\n法庭每周三开庭，受理2亿元以上的案件。\n", "utf-8"
    )
    shutil.copy(place.corpus / "news.txt", place.corpus / "twin.txt")
    (place.corpus / "railway.md").unlink()
    assert place.build(kept=True) == place.build(kept=False)
    (place.corpus / "glossary.toml").unlink()
    assert place.build(kept=True) == place.build(kept=False)


def test_only_a_document_that_has_changed_is_prepared(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared: list[str] = []

    def told(document: Document) -> preparing.Prepared:
        prepared.append(document.id)
        return prepare_one(document)

    monkeypatch.setattr(preparing, "prepare_one", told)
    place.build(kept=True)
    assert len(prepared) > 5
    prepared.clear()
    court = place.corpus / "court.md"
    court.write_text(court.read_text("utf-8") + "\n法庭每周三开庭。\n", "utf-8")
    place.build(kept=True)
    assert prepared == ["court.md"]
