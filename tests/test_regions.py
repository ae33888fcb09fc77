"""The library serves any region: it names no place, province or park of its own.

They stand in the corpus's ``glossary.toml``. The command and the bot say whose documents they ask.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
LIBRARY = ROOT / "src" / "hyqa"
COMMAND = LIBRARY / "cli"
COUNTRIES = """
中国 美国 日本 韩国 朝鲜 德国 英国 法国 意大利 西班牙 俄罗斯 印度 越南 泰国 新加坡 马来西亚 印度尼西亚 澳大利亚 加拿大 巴西
china america usa japan korea germany britain france italy spain russia india vietnam thailand singapore malaysia
indonesia australia canada brazil europe asia africa
"""
ALLOWED = {
    (LIBRARY / "text" / "thesaurus.toml", "香港"),  # what 港资 and 台商 mean in any region
    (LIBRARY / "text" / "thesaurus.toml", "台湾"),
    (LIBRARY / "text" / "thesaurus.toml", "综合保税区"),  # a kind of park, and of one the name, too
    (LIBRARY / "index" / "dictionary.py", "taiwan"),  # how CC-CEDICT marks a reading
}


def _strings(path: Path) -> Iterator[str]:
    """The strings of a module, but for its docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


def _named(text: str, names: set[str]) -> set[str]:
    folded = text.casefold()
    words = set(re.findall("[a-z]+", folded))
    return {
        name
        for name in names
        if (name in words if name.isascii() and name.isalpha() else name in folded)
    }


def test_the_library_names_no_place_and_no_park() -> None:
    tables = tomllib.loads((ROOT / "docs_corpus" / "glossary.toml").read_text("utf-8"))
    terms = [*tables["parks"], *tables["places"]]
    parks = [name for chinese, english in terms for name in (*chinese, *english)]
    named = {*parks, *tables["regions"]["places"].split(), *COUNTRIES.split()}
    names = {name.casefold() for name in named if len(name) > 1}
    assert len(names) > 500
    told = {
        (path, name)
        for path in LIBRARY.rglob("*")
        if path.suffix in (".py", ".toml") and COMMAND not in path.parents
        for text in (_strings(path) if path.suffix == ".py" else [path.read_text("utf-8")])
        for name in _named(text, names)
    }
    assert told == ALLOWED
