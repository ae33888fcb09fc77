from collections.abc import Iterator
from pathlib import Path

import pytest

from hyqa.parsing import Readers
from hyqa.types import Document, ParseFailure
from parsing.making import Fail, Read, read_here, write


@pytest.fixture(scope="session")
def readers() -> Iterator[Readers]:
    """Processes that all tests share, as starting one takes longer than most files."""
    with Readers() as processes:
        yield processes


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def run(name: str, content: bytes | str) -> Document:
        (result,) = read_here(write(tmp_path, name, content))
        assert isinstance(result, Document), result
        return result

    return run


@pytest.fixture
def fail(tmp_path: Path) -> Fail:
    def run(name: str, content: bytes | str) -> str:
        (result,) = read_here(write(tmp_path, name, content))
        assert isinstance(result, ParseFailure), result
        return result.reason

    return run
