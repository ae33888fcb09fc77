"""Topics that no document holds, as they are read from their file."""

import tomllib
from contextlib import closing
from pathlib import Path

import pytest

from hyqa.parsing.corpus.gaps import read_gaps
from hyqa.parsing.corpus.remembering import Memory
from hyqa.parsing.corpus.sources import GAPS
from hyqa.types import Language
from hyqa.types.errors import ConfigError

ONE = """[water-price]
questions = ["水价多少"]
zh = "没有水价。"
en = "There is no price of water."
nearest = ["a.md"]
"""


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Texts that were parsed as TOML."""
    texts: list[str] = []
    real = tomllib.loads

    def loads(text: str) -> dict[str, object]:
        texts.append(text)
        return real(text)

    monkeypatch.setattr(tomllib, "loads", loads)
    return texts


def test_a_file_is_parsed_once_and_again_when_it_has_changed(
    tmp_path: Path, parsed: list[str]
) -> None:
    file = tmp_path / GAPS
    file.write_text(ONE, encoding="utf-8")
    for _ in range(2):
        with closing(Memory(tmp_path / "cache")) as memory:
            assert read_gaps(tmp_path, memory) == read_gaps(tmp_path)
    assert parsed == [ONE] * 3  # once with a memory, twice without

    file.write_text(ONE.replace("没有水价", "没有收录水价"), encoding="utf-8")
    with closing(Memory(tmp_path / "cache")) as memory:
        [topic] = read_gaps(tmp_path, memory)
    assert topic.texts[Language.CHINESE] == "没有收录水价。"


def test_what_cannot_be_read_is_told_each_time(tmp_path: Path) -> None:
    (tmp_path / GAPS).write_bytes(b'[a]\nzh = "\xff"\n')
    for _ in range(2):
        with (
            closing(Memory(tmp_path / "cache")) as memory,
            pytest.raises(ConfigError, match="cannot be read"),
        ):
            read_gaps(tmp_path, memory)
