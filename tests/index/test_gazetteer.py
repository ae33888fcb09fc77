from pathlib import Path

import pytest

from hyqa.index.build import build_index, is_stale, open_index
from hyqa.index.gazetteer import read_gazetteer, write_gazetteer
from hyqa.models import HashEncoder
from hyqa.text.names import Gazetteer
from hyqa.types.errors import SnapshotError


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    region = Gazetteer(frozenset({"云岭", "青螺"}), areas=("省", "市"), scopes=("园区",))
    write_gazetteer(tmp_path, region)
    assert read_gazetteer(tmp_path) == region


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"places": [], "rivers": []}'])
def test_a_damaged_gazetteer_is_told_as_a_damaged_index(
    tmp_path: Path, content: str | None
) -> None:
    if content is not None:
        (tmp_path / "gazetteer.json").write_text(content, encoding="utf-8")
    with pytest.raises(SnapshotError, match="damaged"):
        read_gazetteer(tmp_path)


def test_an_index_keeps_the_places_of_the_glossary_that_is_named(tmp_path: Path) -> None:
    corpus, glossary = tmp_path / "docs.jsonl", tmp_path / "region.toml"
    corpus.write_text('{"id": "a", "title": "云岭", "text": "云岭有路。"}\n', encoding="utf-8")
    glossary.write_text('[regions]\nplaces = "云岭"\n', encoding="utf-8")
    build_index(corpus, tmp_path / "index", HashEncoder(), glossary=glossary)
    assert open_index(tmp_path / "index").gazetteer.places == {"云岭"}
    assert not is_stale(corpus, tmp_path / "index", "hash-64/1", glossary=glossary)
    assert is_stale(corpus, tmp_path / "index", "hash-64/1")
    build_index(corpus, tmp_path / "index", HashEncoder())
    assert open_index(tmp_path / "index").gazetteer == Gazetteer()
