"""Adding, replacing, removing and bringing back: nothing is lost, nothing leaves the folder."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from forking import run

from hyqa.maintenance.sources.examining import Report, examine
from hyqa.maintenance.sources.library import Change, add, history, remove, replace, restore
from hyqa.maintenance.sources.naming import place_of, safe_name
from hyqa.maintenance.sources.tables import with_table
from hyqa.parsing import corpus_fingerprint, read_corpus
from hyqa.types import Document
from hyqa.types.errors import ConfigError, DocumentError

TEXT = """\
云岭市人民政府关于园区用地的通知
云政发〔2025〕9号
各区县人民政府：
对符合条件的企业优先安排用地，期限为五十年，地价按所在地工业用地最低标准执行，由市自然资源局办理。
云岭市人民政府
2025年3月1日
"""
DAY = date(2026, 3, 1)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    (folder / "parks").mkdir(parents=True)
    (folder / "sources.toml").write_text(
        '# 说明\n["parks/old.txt"]\ntitle = "旧"  # 注\n', encoding="utf-8"
    )
    (folder / "parks/old.txt").write_text(TEXT.replace("五十", "四十"), encoding="utf-8")
    return folder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "notice.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def seen(path: Path, corpus: Path, place: str = "parks/new.txt", **fields: object) -> Report:
    return examine(path, corpus, day=DAY, document_id=place, fields=fields)


def table(corpus: Path) -> dict[str, object]:
    return tomllib.loads((corpus / "sources.toml").read_text("utf-8"))


def test_a_file_is_examined_and_nothing_changes(corpus: Path, file: Path) -> None:
    before = sorted(path.name for path in corpus.rglob("*"))
    report = seen(file, corpus)
    assert report.is_usable and not report.replaces and report.same_as == ()
    assert report.seen[0].document.meta.number == "云政发〔2025〕9号"
    assert sorted(path.name for path in corpus.rglob("*")) == before


def test_a_file_becomes_a_document_with_its_metadata(corpus: Path, file: Path) -> None:
    fields = {"title": "用地", "url": "https://example.org/a"}
    add(corpus, seen(file, corpus, **fields), fields, Change("第一次"))
    (one,) = (d for d in read_corpus(corpus, corpus / "parks/new.txt") if isinstance(d, Document))
    assert (one.meta.title, one.meta.url) == ("用地", "https://example.org/a")
    assert file.exists()
    text = (corpus / "sources.toml").read_text("utf-8")
    assert text.startswith('# 说明\n["parks/old.txt"]\ntitle = "旧"  # 注\n')
    (event,) = history(corpus, "parks/new.txt")
    assert (event.action, event.reason, event.kept) == ("add", "第一次", "")


def test_replacing_removing_and_restoring_lose_nothing(corpus: Path, file: Path) -> None:
    place, old = corpus / "parks/old.txt", (corpus / "parks/old.txt").read_bytes()
    replace(corpus, seen(file, corpus, "parks/old.txt"), change=Change("新版"))
    assert place.read_text("utf-8") == TEXT
    assert table(corpus)["parks/old.txt"] == {"title": "旧"}
    removed = remove(corpus, "parks/old.txt", Change("停用"))
    assert not place.exists() and "parks/old.txt" not in table(corpus)
    restore(corpus, "parks/old.txt")
    assert place.read_text("utf-8") == TEXT
    assert table(corpus)["parks/old.txt"] == {"title": "旧"}
    first = history(corpus, "parks/old.txt")[0]
    restore(corpus, "parks/old.txt", first.sha256[:8])
    assert place.read_bytes() == old
    actions = [(event.action, event.reason) for event in history(corpus, "parks/old.txt")]
    assert actions == [("replace", "新版"), ("remove", "停用"), ("restore", ""), ("restore", "")]
    assert (corpus / ".history/parks/old.txt" / removed.kept).is_file()


def test_fields_that_are_given_replace_the_table(corpus: Path, file: Path) -> None:
    replace(corpus, seen(file, corpus, "parks/old.txt", title="新"), {"title": "新"})
    assert table(corpus)["parks/old.txt"] == {"title": "新"}
    restore(corpus, "parks/old.txt")
    assert table(corpus)["parks/old.txt"] == {"title": "旧"}


def test_the_history_is_no_part_of_an_index(corpus: Path, file: Path) -> None:
    before = corpus_fingerprint(corpus)
    add(corpus, seen(file, corpus))
    remove(corpus, "parks/new.txt")
    assert corpus_fingerprint(corpus) == before
    assert {one.id for one in read_corpus(corpus) if isinstance(one, Document)} == {"parks/old.txt"}


def test_duplicates_are_told(corpus: Path, file: Path) -> None:
    (corpus / "parks/copy.txt").write_text(TEXT + "\n", encoding="utf-8")
    assert seen(file, corpus).same_as == ("parks/copy.txt",)
    assert seen(file, corpus, "parks/copy.txt").same_as == ()


def test_what_cannot_be_read_is_not_taken(corpus: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 broken")
    report = seen(broken, corpus, "parks/broken.pdf")
    assert not report.is_usable
    with pytest.raises(DocumentError, match=r"parks/broken.pdf cannot be used: it is damaged"):
        add(corpus, report)
    (corpus / "parks/broken.pdf").write_bytes(b"good before")
    with pytest.raises(DocumentError, match="cannot be used"):
        replace(corpus, report)
    assert (corpus / "parks/broken.pdf").read_bytes() == b"good before"


def test_what_front_matter_says_is_not_overruled_in_silence(corpus: Path, tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text("---\ntitle: 甲\n---\n\n正文。\n", encoding="utf-8")
    report = seen(page, corpus, "parks/a.md", title="乙")
    assert "front matter says that `title` is 甲" in report.failures[0].reason
    assert seen(page, corpus, "parks/a.md", title="甲").is_usable


def test_wrong_ways_end_in_a_sentence(corpus: Path, file: Path) -> None:
    add(corpus, seen(file, corpus))
    for wrong, words in (
        (lambda: add(corpus, seen(file, corpus)), "is there already"),
        (lambda: replace(corpus, seen(file, corpus)), "this very file already"),
        (lambda: replace(corpus, seen(file, corpus, "parks/none.txt")), "There is no document"),
        (lambda: remove(corpus, "parks/none.txt"), "There is no document"),
        (lambda: restore(corpus, "parks/none.txt"), "was ever replaced"),
        (lambda: seen(file.with_name("none.txt"), corpus), "There is no file"),
        (lambda: seen(file, corpus / "none"), "There is no folder"),
    ):
        with pytest.raises((DocumentError, ConfigError), match=words):
            wrong()
    remove(corpus, "parks/new.txt")
    with pytest.raises(DocumentError, match="is called zzz"):
        restore(corpus, "parks/new.txt", "zzz")


def test_a_kept_file_that_was_changed_is_not_brought_back(corpus: Path) -> None:
    event = remove(corpus, "parks/old.txt")
    (corpus / ".history/parks/old.txt" / event.kept).write_bytes(b"other")
    with pytest.raises(DocumentError, match="was changed"):
        restore(corpus, "parks/old.txt")
    assert not (corpus / "parks/old.txt").exists()


@pytest.mark.parametrize(
    "place",
    [
        "../a.txt", "/etc/a.txt", "parks/../../a.txt", ".history/a.txt", "parks/.a.txt", "questions/a.txt",
        "sources.toml", "README.md", "", ".", "parks//a.txt", "./a.txt", "a\\b.txt", "parks/a\n.txt", "~$a.txt",
    ],
)  # fmt: skip
def test_no_document_leaves_the_folder(corpus: Path, place: str) -> None:
    with pytest.raises(ConfigError, match="no place for a document"):
        place_of(corpus, place)


def test_a_link_leads_nowhere(corpus: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (corpus / "linked").symlink_to(outside)
    (corpus / "a.txt").symlink_to(corpus / "parks/old.txt")
    with pytest.raises(ConfigError, match="no place"):
        place_of(corpus, "linked/a.txt")
    with pytest.raises(ConfigError, match="is a link"):
        place_of(corpus, "a.txt")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("公告.PDF", "公告.pdf"), ("../../etc/passwd.txt", "passwd.txt"), (".hidden.md", "hidden.md"),
        ("a b?c*.docx", "a-b-c.docx"), ("README.md", "document-README.md"), ("~$lock.docx", "lock.docx"),
        ("C:\\x\\报告.pdf", "报告.pdf"), ("\x1b[31m.txt", "31m.txt"), ("-rf.txt", "rf.txt"),
        ("长" * 200 + ".txt", "长" * 60 + ".txt"), ("???.txt", "document.txt"),
    ],
)  # fmt: skip
def test_names_become_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_name_of_no_format_is_refused() -> None:
    with pytest.raises(ConfigError, match="no format that is read"):
        safe_name("virus.exe")


def test_a_torn_line_of_the_history_harms_no_other(corpus: Path, file: Path) -> None:
    add(corpus, seen(file, corpus))
    with (corpus / ".history/log.jsonl").open("ab") as log:
        log.write(b'{"time": "2026')
    remove(corpus, "parks/new.txt")
    assert [event.action for event in history(corpus)] == ["add", "remove"]


def test_a_table_goes_where_it_is_meant_or_nowhere() -> None:
    text = 'top = 1\n\n["a.pdf"]\ntitle = "甲" # 注\n\n["b.pdf"]\ntitle = "乙"\n'
    assert with_table(text, "a.pdf", None) == 'top = 1\n\n["b.pdf"]\ntitle = "乙"\n'
    changed = with_table(text, "c.pdf", {"title": '引"号\\\n'})
    assert changed.startswith(text.rstrip("\n"))
    assert tomllib.loads(changed)["c.pdf"] == {"title": '引"号\\\n'}
    with pytest.raises(ConfigError, match=r"sources.toml cannot be changed"):
        with_table("not toml", "a", {})


KILLED = """
import os, sys
from datetime import date
from pathlib import Path
from hyqa.maintenance.sources.examining import examine
from hyqa.maintenance.sources import library
step, corpus, file = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
report = examine(file, corpus, day=date(2026, 3, 1), document_id="parks/old.txt")
usual = os.fsync
def fsync(descriptor):
    global step
    if step == 0:
        os._exit(9)
    step -= 1
    usual(descriptor)
os.fsync = fsync
library.replace(corpus, report)
os._exit(0)
"""


def test_a_crash_at_any_step_leaves_the_old_document_or_the_new(
    corpus: Path, file: Path, tmp_path: Path
) -> None:
    place = corpus / "parks/old.txt"
    old, new = place.read_bytes(), file.read_bytes()
    ended = 9
    for step in range(20):
        place.write_bytes(old)
        ended = run("hyqa", KILLED, str(step), str(corpus), str(file)).wait()
        assert place.read_bytes() in (old, new)
        assert {one.id for one in read_corpus(corpus)} == {"parks/old.txt"}  # type: ignore[union-attr]
        if place.read_bytes() == new:
            kept = [corpus / ".history/parks/old.txt" / event.kept for event in history(corpus)]
            assert kept and kept[-1].read_bytes() == old
        if ended == 0:
            break
    assert ended == 0 and place.read_bytes() == new and step >= 4
