from pathlib import Path

import pytest

from hyqa.parsing import corpus_fingerprint, read_corpus
from hyqa.parsing.corpus.glossary import Glossary, Term, read_glossary
from hyqa.parsing.corpus.sources import GLOSSARY
from hyqa.text.names import Gazetteer
from hyqa.types import Document, Language
from hyqa.types.errors import ConfigError

ROOT = Path(__file__).parents[2]


def test_terms_are_read_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = 'a = [[["云岭"], ["Yunling"]]]\nb = [[["青螺洲", "螺洲"], ["Snail Isle"]]]\n'
    (tmp_path / GLOSSARY).write_text(text, encoding="utf-8")
    assert read_glossary(tmp_path).terms == (
        Term(("云岭",), ("Yunling",)),
        Term(("青螺洲", "螺洲"), ("Snail Isle",)),
    )


def test_a_corpus_without_a_glossary_has_no_terms(tmp_path: Path) -> None:
    assert read_glossary(tmp_path) == Glossary()
    assert read_glossary(tmp_path / "docs.jsonl") == Glossary()


@pytest.mark.parametrize(
    "text",
    [
        "a = [[",
        'a = [["云岭", "Yunling"]]',
        'a = [[["云岭"], []]]',
        'a = [[["云岭"], [3]]]',
        'a = [[[" "], ["Yunling"]]]',
        'a = "云岭"',
        "a = 1",
        "[a]",
        "regions = []",
        "[regions]\nplaces = []",
        "[regions]\nsites = '园'",
        "[kinds]\nsites = ['园']",
        "[kinds]\nplaces = '云岭'",
        "\udcff",
    ],
)
def test_a_glossary_of_another_shape_is_refused_by_name(tmp_path: Path, text: str) -> None:
    (tmp_path / GLOSSARY).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ConfigError, match=r"glossary\.toml is no glossary"):
        read_glossary(tmp_path)


def test_tables_of_words_are_told_from_those_of_terms(tmp_path: Path) -> None:
    text = 'a = [[["云岭"], ["Yunling"]]]\n[regions]\nplaces = """云岭\nYunling"""\n'
    text += '[kinds]\nareas = "省 市"\nsites = "园 Park"\n'
    (tmp_path / GLOSSARY).write_text(text, encoding="utf-8")
    glossary = read_glossary(tmp_path)
    assert glossary.terms == (Term(("云岭",), ("Yunling",)),)
    places = frozenset({"云岭", "yunling"})
    assert glossary.gazetteer == Gazetteer(places, areas=("省", "市"), sites=("园", "park"))


def test_a_glossary_that_is_named_stands_in_the_place_of_the_corpus_own(tmp_path: Path) -> None:
    (tmp_path / GLOSSARY).write_text("a = [[[", encoding="utf-8")
    other = tmp_path / "other.toml"
    other.write_text('[regions]\nplaces = "云岭"\n', encoding="utf-8")
    assert read_glossary(tmp_path, other).gazetteer.places == {"云岭"}
    with pytest.raises(ConfigError, match=r"nowhere\.toml is no glossary"):
        read_glossary(tmp_path, tmp_path / "nowhere.toml")


def test_an_index_is_stale_once_the_glossary_changes(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# 云岭\n\n云岭有路。\n", encoding="utf-8")
    before = corpus_fingerprint(tmp_path)
    (tmp_path / GLOSSARY).write_text('a = [[["云岭"], ["Yunling"]]]', encoding="utf-8")
    own = corpus_fingerprint(tmp_path)
    assert own != before
    other = tmp_path.parent / "other.toml"
    other.write_text('a = [[["云岭"], ["Cloud Ridge"]]]', encoding="utf-8")
    assert corpus_fingerprint(tmp_path, other) not in (own, before)
    other.write_bytes((tmp_path / GLOSSARY).read_bytes())
    assert corpus_fingerprint(tmp_path, other) == own


def test_each_pair_of_the_shipped_glossary_stands_in_an_english_document() -> None:
    corpus = ROOT / "docs_corpus"
    documents = [one for one in read_corpus(corpus) if isinstance(one, Document)]
    texts = [f"{one.meta.title}\n{one.text}" for one in documents]
    english = [
        text.lower()
        for text, one in zip(texts, documents, strict=True)
        if one.meta.language is Language.ENGLISH
    ]
    for term in read_glossary(corpus).terms:
        for name in term.english:
            assert any(
                name.lower() in text and any(chinese in text for chinese in term.chinese)
                for text in english
            ), f"no English document calls {term.chinese} {name!r}"
        for chinese in term.chinese:
            assert any(chinese in text for text in texts), f"{chinese} stands in no document"
