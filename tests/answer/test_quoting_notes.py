"""Notes that open a document are no answers."""

from datetime import date
from pathlib import Path

from hyqa import Engine, HashEncoder, build_index, open_index

TEXT = "摘要（非官方文本）\n\n云岭市博士每月生活补贴为3000元。\n\n补贴由市人社局发放。\n"


def test_a_note_on_the_document_is_not_quoted_beside_the_answer(tmp_path: Path) -> None:
    corpus, root = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "doctors.txt").write_text(TEXT, encoding="utf-8")
    build_index(corpus, root, HashEncoder())
    engine = Engine(open_index(root), HashEncoder())
    answer = engine.ask("云岭市博士每月生活补贴多少钱", as_of=date(2026, 1, 2))
    assert "3000元" in answer.quotes[0].text
    assert all("非官方文本" not in quote.text for quote in answer.quotes)
