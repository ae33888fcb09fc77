"""A corpus with golden questions, and an index of it in force."""

import shutil
from pathlib import Path

import pytest

from hyqa.maintenance.release import Side
from release.making import built, side, with_golden


@pytest.fixture(scope="module")
def golden_corpus(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_golden(corpus, tmp_path_factory.mktemp("golden") / "corpus")


@pytest.fixture(scope="module")
def root(golden_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("root")
    built(golden_corpus, root)
    return root


@pytest.fixture
def own(golden_corpus: Path, tmp_path: Path) -> Path:
    """A copy of the corpus to change."""
    return shutil.copytree(golden_corpus, tmp_path / "corpus")


@pytest.fixture(scope="module")
def old(root: Path) -> Side:
    return side(root)
