"""``hyqa snapshots`` and ``hyqa rollback``, and ``hyqa index`` after them."""

import json
from pathlib import Path

import pytest

from cli.conftest import FILES, Run


class Maintainer:
    """Somebody who keeps a corpus and its index, by commands."""

    def __init__(self, run: Run, folder: Path) -> None:
        self.corpus, self.index, self._run = folder / "corpus", folder / "index", run
        self.corpus.mkdir()
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        (self.corpus / name).write_text(text, encoding="utf-8")

    def build(self, *more: str) -> tuple[int, str, str]:
        return self("index", "--corpus", self.corpus, "--encoder", "hash", *more)

    def __call__(self, command: str, *more: object) -> tuple[int, str, str]:
        done = self._run(command, "--index", self.index, *more)
        return done.code, done.out, done.err

    def names(self) -> list[str]:
        return [line.split()[0] for line in self("snapshots")[1].splitlines()]


@pytest.fixture
def maintainer(run: Run, tmp_path: Path) -> Maintainer:
    return Maintainer(run, tmp_path)


def test_snapshots_are_listed_a_line_each(maintainer: Maintainer) -> None:
    code, out, err = maintainer("snapshots")
    assert (code, out) == (1, "") and "run `hyqa index`" in err
    maintainer.build()
    maintainer.write("park.md", FILES["park.md"].replace("21家", "22家"))
    maintainer.build()
    code, out, err = maintainer("snapshots")
    newer, older = out.splitlines()
    assert (code, err) == (0, "")
    assert "in force  hyqa index" in newer and "the one before" in older
    assert "3 documents  3 passages" in newer and "UTC" in newer
    records = [json.loads(line) for line in maintainer("snapshots", "--json")[1].splitlines()]
    assert [record["in_force"] for record in records] == [True, False]
    assert records[1]["name"] == older.split()[0] and records[1]["before"] is True
    damaged = maintainer.index / records[1]["name"] / "lexicon.json"
    damaged.write_bytes(b"{}")
    code, out, _ = maintainer("snapshots")
    assert code == 1 and "the one before, damaged" in out


def test_a_rollback_holds_until_something_changes_and_is_told(maintainer: Maintainer) -> None:
    maintainer.build()
    maintainer.write("park.md", FILES["park.md"].replace("21家", "22家"))
    maintainer.build()
    newer, older = maintainer.names()
    code, out, _ = maintainer("rollback")
    assert code == 0 and out == f"The snapshot {older} is in force in {maintainer.index}.\n"
    assert "21家" in maintainer("show", "park.md")[1]
    code, out, _ = maintainer.build("--if-stale")
    assert code == 0 and f"rolled back from {newer} to {older}" in out and "so it stays" in out
    assert "21家" in maintainer("show", "park.md")[1]
    maintainer.write("english.md", FILES["english.md"] + "\nOne more word.\n")
    code, out, err = maintainer.build("--if-stale")
    assert code == 0 and "rolled back" in err and "Indexed 3" in out
    assert "22家" in maintainer("show", "park.md")[1]
    code, out, err = maintainer("rollback", newer[:8])
    assert code == 0 and newer in out
    code, out, err = maintainer("rollback", "nonsense")
    assert (code, out) == (1, "") and "hyqa snapshots" in err


def test_a_document_kept_is_named_at_every_run(maintainer: Maintainer) -> None:
    maintainer.build()
    maintainer.write("park.md", "---\ntitle: [\n---\n\n坏。\n")
    for more in ((), ("--if-stale",), ("--if-stale",)):
        code, out, err = maintainer.build(*more)
        assert code == 1 and out
        assert "park.md: its front matter" in err and "its last good version stands in" in err
        assert "21家" in maintainer("show", "park.md")[1]
    maintainer.write("park.md", FILES["park.md"])
    assert maintainer.build("--if-stale")[0] == 0


def test_a_great_loss_is_stopped_unless_it_is_accepted(maintainer: Maintainer) -> None:
    for number in range(8):
        maintainer.write(f"d{number}.md", f"# 办法{number}\n\n第{number}号补贴{number + 3}万元。\n")
    maintainer.build()
    for number in range(5):
        (maintainer.corpus / f"d{number}.md").unlink()
    code, out, err = maintainer.build("--if-stale")
    assert code == 1 and "5 of 11 documents are gone" in out and "stays in force" in err
    assert maintainer("show", "d0.md")[0] == 0
    assert maintainer.build("--if-stale", "--accept-loss")[0] == 0
    assert maintainer("show", "d0.md")[0] == 1
