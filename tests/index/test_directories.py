"""Parks and chains: each cell is looked up in its document when an index is built."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hyqa import Engine, HashEncoder, Language, is_stale
from hyqa.index.build import BuildResult, build_index, open_index
from hyqa.index.snapshots import current_snapshot
from hyqa.index.snapshots.directories import PARKS, read_directory
from hyqa.types.errors import ConfigError, SnapshotError

PARK = """\
---
title: 云岭高新区概况
issued: "2025-03-01"
language: zh
---

## 面积

云岭高新区位于青螺县，规划面积 12 平方公里。产值为 3 亿元。
"""
ENGLISH = """\
---
title: Yunling High-tech Zone
language: en
---

The Yunling High-tech Zone in Qingluo County has a planned area of 12 square kilometres.
"""
PARKS_TOML = """\
[attributes]
area = { zh = "面积", en = "Area" }
output = { zh = "产值", en = "Output" }
contact = { zh = "联系", en = "Contact" }

[parks.yunling]
zh = "云岭高新区"
en = "Yunling High-tech Zone"
aliases = ["云岭高新技术产业开发区"]
county = { zh = "青螺县", en = "Qingluo County" }

[[parks.yunling.cells]]
attribute = "output"
zh = { document = "park.md", quote = "产值为 3 亿元。" }

[[parks.yunling.cells]]
attribute = "area"
zh = { document = "park.md", quote = "云岭高新区位于青螺县，规划面积 12 平方公里。", value = "12 平方公里" }
en = { document = "park-en.md", quote = "The Yunling High-tech Zone in Qingluo County has a planned area of 12 square kilometres.", undated = true }
"""
CHAINS_TOML = """\
[attributes]
parks = { zh = "所在园区", en = "Parks" }

[chains.watches]
zh = "钟表"
en = "Watches"
parks = ["yunling"]

[[chains.watches.cells]]
attribute = "parks"
zh = { document = "park.md", quote = "云岭高新区位于青螺县" }
"""
CorpusOf = Callable[..., Path]


@pytest.fixture
def corpus_of(tmp_path: Path) -> CorpusOf:
    """Makes a corpus of a park in two languages, with parks and chains."""

    def make(parks: str = PARKS_TOML, chains: str = CHAINS_TOML) -> Path:
        folder = tmp_path / "corpus"
        folder.mkdir(exist_ok=True)
        for name, text in (
            ("park.md", PARK),
            ("park-en.md", ENGLISH),
            ("parks.toml", parks),
            ("chains.toml", chains),
        ):
            (folder / name).write_text(text, encoding="utf-8")
        return folder

    return make


def built(corpus: Path) -> tuple[BuildResult, Path]:
    root = corpus.parent / "index"
    return build_index(corpus, root, HashEncoder()), root


def faults(corpus: Path) -> list[str]:
    return [f"{one.source}: {one.reason}" for one in built(corpus)[0].failures]


def opened(corpus: Path) -> Engine:
    return Engine(open_index(built(corpus)[1]), HashEncoder())


def test_each_cell_is_a_quote_with_its_value_and_date(corpus_of: CorpusOf) -> None:
    engine = opened(corpus_of())
    [park] = engine.parks(Language.CHINESE)
    assert (park.key, park.name, park.county) == ("yunling", "云岭高新区", "青螺县")
    assert [(one.key, one.name) for one in park.attributes] == [
        ("area", "面积"),
        ("output", "产值"),
        ("contact", "联系"),
    ]
    assert [cell.attribute.key for cell in park.cells] == ["area", "output"]
    [area] = park.of("area")
    text = engine.document("park.md").text
    assert text[area.quote.start : area.quote.end] == area.quote.text
    assert (area.value, area.date) == ("12 平方公里", "2025-03-01")
    assert area.quote.citation.document_id == "park.md"
    assert area.quote.citation.heading_path == ("面积",)
    assert park.of("contact") == ()


def test_an_attribute_stands_in_the_readers_language_or_else_in_the_other(
    corpus_of: CorpusOf,
) -> None:
    [park] = opened(corpus_of()).parks(Language.ENGLISH)
    assert (park.name, park.county) == ("Yunling High-tech Zone", "Qingluo County")
    [area], [output] = park.of("area"), park.of("output")
    assert area.quote.text.endswith("12 square kilometres.")
    assert area.date == "" and area.value == ""
    assert (output.attribute.name, output.quote.text) == ("Output", "产值为 3 亿元。")


def test_a_chain_names_its_parks(corpus_of: CorpusOf) -> None:
    [chain] = opened(corpus_of()).chains(Language.ENGLISH)
    assert (chain.name, chain.parks) == ("Watches", ("yunling",))
    assert chain.of("parks")[0].quote.text == "云岭高新区位于青螺县"


def test_a_corpus_without_parks_has_none(corpus_of: CorpusOf) -> None:
    corpus = corpus_of()
    (corpus / "parks.toml").unlink()
    (corpus / "chains.toml").unlink()
    engine = opened(corpus)
    assert engine.parks(Language.CHINESE) == () == engine.chains(Language.ENGLISH)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("产值为 3 亿元", "产值为 4 亿元", "output: '产值为 4 亿元。' does not stand in park.md"),
        ('"产值为 3 亿元。"', '""', "output: '' does not stand in park.md"),
        ('"park.md", quote = "产', '"gone.md", quote = "产', "output: gone.md is not in the index"),
        ('value = "12 平', 'value = "13 平', "area: the value '13 平方公里' does not stand in the"),
        ("en = { document = ", "zhen = { document = ", "cannot be read"),
        (", undated = true", "", "area: nothing dates the words of park-en.md"),
        (", undated = true", ', date = "2024"', "area: its date '2024' does not stand in"),
        (", undated = true", ', date = "12"', "area: its date '12' does not stand in"),
        ('zh = { document = "park.md", quote = "产', 'en = { document = "park.md", quote = "产',
         "output: park.md is not in the language of the cell, en"),
        ('attribute = "output"', 'attribute = "price"', "price: the file names no such attribute"),
        ('zh = { document = "park.md", quote = "产值为 3 亿元。" }', "", "output: it has no words"),
        ('zh = "青螺县"', 'zh = "白鹭县"', "no cell says in zh that it lies in 白鹭县"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_by_park_attribute_and_document(
    corpus_of: CorpusOf, right: str, wrong: str, told: str
) -> None:
    corpus = corpus_of(PARKS_TOML.replace(right, wrong, 1))
    if told == "cannot be read":
        with pytest.raises(ConfigError, match=r"parks\.toml cannot be read"):
            built(corpus)
        return
    [fault] = faults(corpus)
    assert fault.startswith("parks.toml: yunling")
    assert told in fault
    index = open_index(corpus.parent / "index")
    [entry] = index.parks.entries
    assert len(entry.cells) < 3 or "county" in told or "lies in" in told


def test_two_parks_of_one_name_are_named(corpus_of: CorpusOf) -> None:
    second = '\n[parks.other]\nzh = "云岭园"\nen = "YUNLING high-tech zone"\n'
    assert faults(corpus_of(PARKS_TOML + second)) == [
        "parks.toml: yunling and other are both called YUNLING high-tech zone"
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('"yunling"', '"gone"', "there is no park gone"),
        ("云岭高新区位于青螺县", "产值为 3 亿元。", "no cell names the park yunling"),
    ],
)
def test_a_chain_that_names_a_wrong_park_is_named(
    corpus_of: CorpusOf, right: str, wrong: str, told: str
) -> None:
    chains = CHAINS_TOML.replace(right, wrong, 1)
    assert faults(corpus_of(chains=chains)) == [f"chains.toml: watches: {told}"]


def test_a_change_makes_the_index_stale(corpus_of: CorpusOf) -> None:
    corpus = corpus_of()
    _, root = built(corpus)
    assert not is_stale(corpus, root, HashEncoder().name)
    corpus_of(parks=PARKS_TOML.replace("12 平方公里。", "12 平方公里"))
    assert is_stale(corpus, root, HashEncoder().name)


def test_a_damaged_file_is_told(corpus_of: CorpusOf, tmp_path: Path) -> None:
    folder = current_snapshot(built(corpus_of())[1])
    assert read_directory(folder, PARKS).entries
    for content in (b"", b"[]", b'{"entries": 1}', b"\xff"):
        (tmp_path / PARKS).write_bytes(content)
        with pytest.raises(SnapshotError):
            read_directory(tmp_path, PARKS)
