"""``hyqa index``."""

import subprocess
import sys
from pathlib import Path

from cli.conftest import FILES, OTHERS, Run
from hyqa.cli.commands import indexing
from hyqa.maintenance.release import VANISHED


def _index(run: Run, corpus: Path, index: Path, *more: str) -> tuple[int, str, str]:
    result = run("index", "--corpus", corpus, "--index", index, "--encoder", "hash", *more)
    return result.code, result.out, result.err


def test_it_builds_with_progress_and_only_if_stale(run: Run, tmp_path: Path) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    for name, text in FILES.items():
        (corpus / name).write_text(text, encoding="utf-8")
    code, out, err = _index(run, corpus, index, "--if-stale")
    assert code == 0
    *gate, told = out.splitlines()
    assert told == f"Indexed 3 documents in 3 passages with hash-64/1: {index}"
    assert gate[0].startswith("Golden questions: none")
    assert "Indexing: 100%" in err
    assert _index(run, corpus, index, "--if-stale") == (
        0,
        f"The index in {index} is up to date.\n",
        "",
    )
    (corpus / "park.md").unlink()
    assert "Indexed 2 documents" in _index(run, corpus, index, "--if-stale")[1]
    assert "Indexed 2 documents" in _index(run, corpus, index)[1]


def test_a_file_that_cannot_be_read_is_named_and_the_rest_goes_on(run: Run, tmp_path: Path) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "park.md").write_text(FILES["park.md"], encoding="utf-8")
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    (corpus / "picture.png").write_bytes(b"\x89PNG")
    code, out, err = _index(run, corpus, index)
    assert code == 1
    assert "Indexed 1 documents" in out
    lines = err.splitlines()
    assert any(line.startswith("broken.pdf: ") for line in lines)
    assert any(line.startswith("picture.png: ") for line in lines)
    assert lines[-1].startswith("The index was built, but without 2 ")
    assert run("info", "--index", index).code == 0
    assert _index(run, corpus, index, "--if-stale")[0] == 0


def test_a_corpus_without_a_document_is_1_and_leaves_the_old_index(
    run: Run, corpus: Path, tmp_path: Path
) -> None:
    empty, index = tmp_path / "empty", tmp_path / "index"
    empty.mkdir()
    assert _index(run, corpus, index)[0] == 0
    code, out, err = _index(run, empty, index)
    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert f"documents: {OTHERS + 3}" in run("info", "--index", index).out


def test_a_glossary_can_be_named(run: Run, tmp_path: Path) -> None:
    corpus, index, glossary = tmp_path / "corpus", tmp_path / "index", tmp_path / "own.toml"
    corpus.mkdir()
    (corpus / "park.md").write_text(FILES["park.md"], encoding="utf-8")
    glossary.write_text('[regions]\nplaces = "云岭"\n', encoding="utf-8")
    named = ("--glossary", str(glossary), "--if-stale")
    assert "Indexed 1 documents" in _index(run, corpus, index, *named)[1]
    assert "up to date" in _index(run, corpus, index, *named)[1]
    assert "Indexed 1 documents" in _index(run, corpus, index, "--if-stale")[1]
    code, _, err = _index(run, corpus, index, "--glossary", str(tmp_path / "none.toml"))
    assert code == 2 and "none.toml is no glossary" in err


def test_a_park_whose_words_do_not_stand_in_their_document_is_named(
    run: Run, tmp_path: Path
) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "park.md").write_text(FILES["park.md"], encoding="utf-8")
    (corpus / "parks.toml").write_text(
        '[attributes]\narea = { zh = "面积", en = "Area" }\n'
        '[parks.valley]\nzh = "船山时间谷"\nen = "Chuanshan Time Valley"\n'
        '[[parks.valley.cells]]\nattribute = "area"\n'
        'zh = { document = "park.md", quote = "面积 900 亩。" }\n',
        encoding="utf-8",
    )
    code, out, err = _index(run, corpus, index)
    assert code == 1
    assert "Indexed 1 documents" in out
    assert "parks.toml: valley, area: '面积 900 亩。' does not stand in park.md" in err


def test_finding_that_nothing_changed_loads_neither_search_nor_an_encoder(
    run: Run, tmp_path: Path
) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "park.md").write_text(FILES["park.md"], encoding="utf-8")
    assert _index(run, corpus, index)[0] == 0
    code = (
        "import sys; from hyqa.cli import main; code = main(sys.argv[1:]);"
        "heavy = {'faiss', 'bm25s', 'onnxruntime', 'rjieba', 'hyqa.engine'};"
        "print(code, sorted(heavy & set(sys.modules)))"
    )
    told = ["index", "--corpus", str(corpus), "--index", str(index), "--encoder", "hash"]
    command = [sys.executable, "-c", code, *told]
    found = subprocess.run([*command, "--if-stale"], capture_output=True, text=True, check=True)
    assert found.stdout.splitlines() == [f"The index in {index} is up to date.", "0 []"]
    built = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "'faiss', 'hyqa.engine'" in built.stdout


def test_the_name_of_many_documents_that_vanish_is_the_gates() -> None:
    assert indexing.VANISHED == VANISHED
