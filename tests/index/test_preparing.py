"""A build that takes up what was kept gives what one without it gives, to the letter."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from hyqa import HashEncoder
from hyqa.index.build import build_index, preparing, translating
from hyqa.index.build.preparing import prepare_one
from hyqa.index.translation import write_translations
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


def test_words_of_the_other_language_are_copied_where_they_are_the_same_and_else_made(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []

    def told(folder: Path, *more: Any) -> None:
        made.append(folder)
        write_translations(folder, *more)

    monkeypatch.setattr(translating, "write_translations", told)
    root, court = place.folder / "ix", place.corpus / "court.md"
    for words, times in (
        ("法庭受理案件。", 1),
        ("法庭养熊猫。", 1),  # which the dictionary renders, and no document held
        ("法庭养熊猫，法庭养熊猫。", 0),
        ("法庭受理案件。", 1),  # the words of before, but not those of the snapshot before
    ):
        court.write_text(f"# 法庭\n\n{words}\n", "utf-8")
        made.clear()
        kept = build_index(place.corpus, root, HashEncoder(), cache=place.folder / "cache")
        assert len(made) == times, words
        assert kept.snapshot == place.build(kept=False)
