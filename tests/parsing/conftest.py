from pathlib import Path

import pytest

from hyqa.parsing import read_corpus
from hyqa.types import Document, ParseFailure
from parsing.making import Fail, Read, write


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def run(name: str, content: bytes | str) -> Document:
        (result,) = read_corpus(write(tmp_path, name, content))
        assert isinstance(result, Document), result
        return result

    return run


@pytest.fixture
def fail(tmp_path: Path) -> Fail:
    def run(name: str, content: bytes | str) -> str:
        (result,) = read_corpus(write(tmp_path, name, content))
        assert isinstance(result, ParseFailure), result
        return result.reason

    return run
