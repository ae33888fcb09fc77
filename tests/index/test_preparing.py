"""A build that takes up what was kept gives what one without it gives, to the letter."""

import random
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyqa import HashEncoder
from hyqa.index.build import build_index, preparing, translating
from hyqa.index.build.preparing import prepare_one
from hyqa.index.snapshots import current_snapshot
from hyqa.index.translation import write_translations
from hyqa.models import CachingEncoder
from hyqa.text.packing import merged, packed
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


def _turned(corpus: Path, rng: random.Random) -> str:
    """Add, change, move, copy or remove a document, or change what stands beside them; says what."""
    documents = sorted(path for path in corpus.rglob("*.md") if path.name != "README.md")
    path = rng.choice(documents)
    turn = rng.choice(["add", "change", "move", "copy", "remove", "beside"])
    new = corpus / f"new-{rng.randrange(10**6)}.md"
    if turn == "add":
        words = "".join(rng.sample("法庭受理案件园区企业奖励熊猫海关铁路货场博士补贴", 12))
        new.write_text(f"# {words[:4]}\n\n{words}，共{rng.randrange(100)}家。\n", "utf-8")
    elif turn == "change":
        path.write_text(path.read_text("utf-8") + f"\n另有企业{rng.randrange(100)}家。\n", "utf-8")
    elif turn == "move":
        path.rename(new)
    elif turn == "copy":
        shutil.copy(path, new)
    elif turn == "remove" and len(documents) > 3:
        path.unlink()
    elif turn == "beside":
        glossary = corpus / "glossary.toml"
        told = f'm{rng.randrange(10**6)} = [[["熊猫"], ["panda {rng.randrange(9)}"]]]\n'
        glossary.write_text(told + glossary.read_text("utf-8"), "utf-8")
    return turn


@pytest.mark.parametrize("seed", [1, 2])
def test_after_any_change_a_build_that_carries_over_gives_what_a_clean_one_gives(
    place: Place, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(preparing, "_GROUP", 3)
    rng, root, cache = random.Random(seed), place.folder / "ix", place.folder / "cache"
    turns = []
    for _ in range(7):
        turns.append(_turned(place.corpus, rng))
        encoder = CachingEncoder(HashEncoder(), cache / "vectors.sqlite", keeps_questions=True)
        carried = build_index(place.corpus, root, encoder, cache=cache, accept_loss=True)
        assert carried.snapshot == place.build(kept=False), turns


@pytest.mark.parametrize(
    "file",
    [
        "translations.sqlite",
        "documents.sqlite",
        "foreseen/dense.faiss",
        "sparse/data.csc.index.npy",
    ],
)
def test_nothing_of_a_damaged_snapshot_is_carried_over(place: Place, file: str) -> None:
    root, cache = place.folder / "ix", place.folder / "cache"
    build_index(place.corpus, root, HashEncoder(), cache=cache)
    damaged = current_snapshot(root) / file
    data = bytearray(damaged.read_bytes())
    data[-1] ^= 0x55
    data[len(data) // 2] ^= 0x55
    damaged.write_bytes(data)
    court = place.corpus / "court.md"
    court.write_text(court.read_text("utf-8") + "\n法庭每周三开庭。\n", "utf-8")
    carried = build_index(place.corpus, root, HashEncoder(), cache=cache)
    assert carried.snapshot == place.build(kept=False)


def test_tokens_that_were_merged_and_damaged_are_merged_anew(place: Place) -> None:
    first = place.build(kept=True)
    with sqlite3.connect(place.folder / "cache" / "documents.sqlite") as connection:
        changed = connection.execute("UPDATE records SET value = x'c1' WHERE kind = 'merged'")
        assert changed.rowcount > 0
    assert place.build(kept=True) == first


@given(
    st.lists(st.lists(st.lists(st.sampled_from("甲乙丙ab"), max_size=4), max_size=3), max_size=5)
)
def test_merged_tokens_are_those_of_the_parts(parts: list[list[list[str]]]) -> None:
    rows = [row for part in parts for row in part]
    assert merged([packed(part) for part in parts]) == packed(rows)
