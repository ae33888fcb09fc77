"""Documents that cannot be read any more keep their last good version; many do not vanish at once."""

import json
from pathlib import Path

import pytest

from hyqa import Engine, HashEncoder
from hyqa.index.build import BuildResult, build_index, build_snapshot, kept_documents, open_index
from hyqa.index.snapshots import current_snapshot, list_snapshots
from hyqa.index.snapshots.manifest import Manifest
from hyqa.types.errors import SnapshotError

BROKEN = "---\ntitle: [\n---\n\n坏了。\n"


def text_of(number: int) -> str:
    return f"---\ntitle: 办法{number}\nlanguage: zh\n---\n\n第{number}号办法补贴{number * 7}万元，由商务局解释。\n"


class Place:
    """A corpus of ten documents and its index."""

    def __init__(self, folder: Path) -> None:
        self.corpus, self.root = folder / "corpus", folder / "index"
        self.corpus.mkdir()
        for number in range(10):
            self.write(f"d{number}.md", text_of(number))

    def write(self, name: str, text: str) -> None:
        (self.corpus / name).write_text(text, encoding="utf-8")

    def remove(self, *names: str) -> None:
        for name in names:
            (self.corpus / name).unlink()

    def build(self, *, accept_loss: bool = False) -> BuildResult:
        return build_index(self.corpus, self.root, HashEncoder(), accept_loss=accept_loss)

    def text(self, name: str) -> str:
        return open_index(self.root).store.document(name).text

    def ids(self) -> list[str]:
        return open_index(self.root).store.document_ids()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = Place(tmp_path)
    made.build()
    return made


def test_a_document_that_fails_keeps_its_last_good_version_run_after_run(place: Place) -> None:
    good = place.text("d3.md")
    place.write("d3.md", BROKEN)
    for _ in range(3):
        result = place.build()
        assert result.failures == () and not result.loss.lost
        (kept,) = result.kept
        assert kept.document == "d3.md" and "YAML" in kept.reason and len(kept.since) == 10
        assert place.text("d3.md") == good
        assert kept_documents(place.root) == (kept,)
    engine = Engine(open_index(place.root), HashEncoder())
    metas = dict(engine.documents())
    assert metas["d3.md"].kept_since == kept.since and not metas["d4.md"].kept_since
    (remark,) = engine.document("d3.md").remarks
    assert "last good version" in remark
    place.write("d3.md", text_of(33))
    assert place.build().kept == () and "33号" in place.text("d3.md")
    assert open_index(place.root).store.metadata("d3.md").kept_since == ""


def test_a_file_that_never_was_read_fails_and_one_that_is_removed_goes(place: Place) -> None:
    place.write("new.md", BROKEN)
    place.remove("d1.md")
    result = place.build()
    assert [one.source for one in result.failures] == ["new.md"]
    assert result.loss.lost == ("d1.md",) and "d1.md" not in place.ids()


def test_the_day_since_when_stays_and_so_does_the_snapshot(place: Place) -> None:
    place.write("d3.md", BROKEN)
    place.build()
    snapshot = current_snapshot(place.root)
    manifest = json.loads((snapshot / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["kept"][0]["document"] == "d3.md"
    assert place.build().snapshot == snapshot.name


def test_records_stay_while_their_file_of_json_lines_fails(place: Place) -> None:
    lines = [
        json.dumps({"id": f"r{n}", "text": f"第{n}条记录：投资{n + 3}亿元。"}) for n in range(3)
    ]
    place.write("records.jsonl", "\n".join(lines))
    place.build()
    place.write("records.jsonl", "\n".join([lines[0], lines[1][:20], lines[2]]))
    result = place.build()
    assert {one.document for one in result.kept} == {"r1"}
    place.remove("records.jsonl")
    assert place.build().loss.lost == ("r0", "r1", "r2")


def test_a_document_kept_loses_what_others_said_of_it(place: Place) -> None:
    place.write(
        "old.txt",
        "云岭市引进人才办法\n云政发〔2020〕21号\n第一条　为了引进人才，制定本办法。\n"
        "第二条　本办法自2020年6月1日起施行。\n云岭市人民政府\n2020年5月1日\n",
    )
    place.write(
        "newer.txt",
        "云岭市支持人才若干措施\n云政发〔2025〕8号\n各单位：\n本措施自2025年8月1日起施行。"
        "《云岭市引进人才办法》（云政发〔2020〕21号）同时废止。\n云岭市人民政府\n2025年7月11日\n",
    )
    place.build()
    ended = open_index(place.root).store.metadata("old.txt")
    assert (ended.repealed_by, ended.repealed) == ("newer.txt", "2025-08-01")
    place.write("old.txt", "")
    place.build()
    assert open_index(place.root).store.metadata("old.txt").repealed_by == "newer.txt"
    place.remove("newer.txt")
    place.build()
    kept = open_index(place.root).store.metadata("old.txt")
    assert (kept.repealed_by, kept.repealed) == ("", "") and kept.kept_since


def test_many_that_vanish_stop_the_switch_and_the_snapshot_is_named(place: Place) -> None:
    before = current_snapshot(place.root)
    names = [f"d{number}.md" for number in range(5)]
    place.remove(*names[:4])
    place.write("d4.md", BROKEN)  # this one is kept, and not lost
    assert len(place.build().loss.lost) == 4
    for number in range(10):
        place.write(f"d{number}.md", text_of(number))
    place.build()
    assert current_snapshot(place.root) == before
    place.remove(*names)
    with pytest.raises(SnapshotError, match="5 of 10 documents would vanish") as refused:
        place.build()
    assert current_snapshot(place.root) == before
    (built,) = [one for one in list_snapshots(place.root) if one.published is None]
    assert built.name in str(refused.value) and built.documents == 5 and built.whole
    assert place.build(accept_loss=True).snapshot == built.name
    assert current_snapshot(place.root).name == built.name


def test_documents_that_moved_are_not_lost(place: Place) -> None:
    (place.corpus / "folder").mkdir()
    for number in range(6):
        name = f"d{number}.md"
        (place.corpus / name).rename(place.corpus / "folder" / name)
    assert place.build().loss.lost == ()


def test_an_index_of_another_format_is_no_reason_to_fail(place: Place) -> None:
    path = current_snapshot(place.root) / "manifest.json"
    path.write_text(path.read_text("utf-8").replace('"schema": ', '"schema": 9'), encoding="utf-8")
    place.remove("d1.md")
    assert place.build().loss.lost == ()
    assert len(place.ids()) == 9


def test_a_snapshot_is_not_in_force_before_it_is_published(place: Place) -> None:
    before = current_snapshot(place.root)
    place.write("d3.md", text_of(77))
    result = build_snapshot(place.corpus, place.root, HashEncoder())
    assert current_snapshot(place.root) == before
    assert "77号" in open_index(place.root, result.snapshot).store.document("d3.md").text
    assert "77号" not in place.text("d3.md")
    assert Manifest.load(place.root / result.snapshot) == result.manifest
