"""Files that hang, bloat or end whoever reads them: one clear line each, and the run goes on."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from hyqa.config import Limits
from hyqa.parsing import Readers, read_corpus
from hyqa.parsing.corpus.reading import Job, read_document
from hyqa.types import Document, ParseFailure
from hyqa.types.errors import ConfigError
from parsing import hostile
from parsing.making import pdf_bytes, word_bytes, write

LIMITS = Limits(seconds=20, megabytes=250, readers=1)
WORDS = "A page of words that are long enough to be read.\n" * 5


@pytest.fixture(scope="module")
def guarded() -> Iterator[Readers]:
    with Readers(LIMITS) as readers:
        yield readers


def outcome(path: Path, readers: Readers | None = None) -> dict[str, str]:
    """What each source gave: its title, or the reason of a failure after an exclamation mark."""
    return {
        entry.id if isinstance(entry, Document) else entry.source: entry.meta.title
        if isinstance(entry, Document)
        else f"! {entry.reason}"
        for entry in read_corpus(path, readers=readers)
    }


@pytest.mark.parametrize("name", hostile.FILES)
def test_each_hostile_file_is_one_line_and_the_next_is_read(
    name: str, tmp_path: Path, guarded: Readers
) -> None:
    write(tmp_path, name, hostile.FILES[name].make())
    write(tmp_path, "zz.pdf", pdf_bytes(WORDS))
    found = outcome(tmp_path, guarded)
    assert found.pop("zz.pdf") == "zz"
    (told,) = found.values()
    assert hostile.FILES[name].expected in told
    assert "\n" not in told and len(told) < 160


def _python(readers: Readers, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Has processes that start from now on run some code for each file, in place of a parser."""
    from hyqa.parsing.corpus import isolation

    stand_in = f"def _broken(job):\n    {code}\nimport hyqa.parsing.corpus.worker as worker\n"
    boot = isolation._BOOT.replace(
        "main(int", f"exec({stand_in!r})\nworker.read_document = _broken\nmain(int"
    )
    monkeypatch.setattr(isolation, "_BOOT", boot)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("while True: pass", "longer than 1 seconds"),
        ("import time; time.sleep(60)", "longer than 1 seconds"),
        ("import os; os._exit(7)", "exit code 7"),
        ("import os; os.kill(os.getpid(), 11)", "SIGSEGV"),
        ("bytearray(10**9)", "more than 300 MB of memory"),
        ("raise MemoryError", "more than 300 MB of memory"),
        ("import os; os.write(3, b'x' * 10**5)", "ended the process"),
        ("import os\n    for fd in range(3, 9): os.write(fd, b'\\xff' * 20)", ""),
        ("print('x' * 10**6); raise SystemExit", "ended the process"),
    ],
)
def test_a_reader_that_hangs_dies_or_lies_is_that_files_failure(
    code: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.pdf", pdf_bytes(WORDS))
    write(tmp_path, "b.md", "好的。")
    with Readers(Limits(seconds=1, megabytes=300, readers=1)) as readers:
        with monkeypatch.context() as patch:
            _python(readers, code, patch)
            found = outcome(tmp_path, readers)
        assert found["b.md"] == "b"
        assert found["a.pdf"].startswith("! ") and reason in found["a.pdf"]


def test_a_file_that_is_read_step_by_step_may_take_the_time_for_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.pdf", pdf_bytes(WORDS))
    step = "import time, hyqa.parsing.corpus.progress as p, hyqa.types.errors as e"
    steps = f"{step}\n    for _ in range(6): time.sleep(0.4); p.step_done()"
    for code, reason in ((f"{steps}\n    return job.fail", "damaged"), (f"{step}\n    p.step_done(); time.sleep(9)", "longer than 1 s")):  # fmt: skip
        with Readers(Limits(seconds=1, readers=1)) as readers, monkeypatch.context() as patch:
            _python(readers, code, patch)
            assert reason in outcome(tmp_path, readers)["a.pdf"]


def test_a_worker_is_kept_from_file_to_file_and_replaced_when_it_is_gone(tmp_path: Path) -> None:
    job = Job("a.pdf", bytes(write(tmp_path, "a.pdf", pdf_bytes(WORDS))))
    with Readers(LIMITS) as readers:
        assert isinstance(readers.submit(job).result(), Document)
        (first,) = readers._workers
        assert isinstance(readers.submit(job).result(), Document)
        assert readers._workers == {first}
        first.stop()
        assert isinstance(readers.submit(job).result(), Document)
        (second,) = readers._workers
        assert second is not first


def test_results_come_in_order_whoever_is_first(tmp_path: Path) -> None:
    names = [f"{number:02}{suffix}" for number in range(20) for suffix in (".md", ".html", ".pdf")]
    for name in names:
        write(tmp_path, name, pdf_bytes(WORDS) if name.endswith(".pdf") else "<p>一段正文。</p>")
    with Readers(Limits(readers=3)) as readers:
        assert list(outcome(tmp_path, readers)) == sorted(names)


def test_a_run_that_is_left_early_leaves_no_process(tmp_path: Path) -> None:
    for number in range(5):
        write(tmp_path, f"{number}.pdf", pdf_bytes(WORDS))
    before = _children()
    run = read_corpus(tmp_path)
    assert isinstance(next(run), Document)
    assert _children() > before
    run.close()  # type: ignore[attr-defined]  # it is a generator
    assert _children() == before


def _children() -> set[str]:
    found: set[str] = set()
    for task in Path(f"/proc/{os.getpid()}/task").iterdir():
        with suppress(FileNotFoundError):  # a thread may end while the others are read
            found.update((task / "children").read_text().split())
    return found


def test_closing_ends_what_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readers = Readers(Limits(readers=1))
    _python(readers, "import time; time.sleep(60)", monkeypatch)
    begun = time.monotonic()
    future = readers.submit(Job("a.pdf"))
    while not readers._workers:
        time.sleep(0.01)
    readers.close()
    assert isinstance(future.result(), ParseFailure)
    assert time.monotonic() - begun < 30


def test_an_interrupt_ends_the_run_and_its_processes(tmp_path: Path) -> None:
    write(tmp_path, "a.pdf", pdf_bytes(WORDS))
    script = (
        "import signal, hyqa.parsing.corpus.isolation as isolation\n"
        # Whoever runs the tests in the background has interrupts ignored.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "isolation._BOOT = 'import time; print(flush=True); time.sleep(60)'\n"
        "from pathlib import Path\nfrom hyqa.parsing import read_corpus\n"
        "print('begun', flush=True)\n"
        f"list(read_corpus(Path({str(tmp_path)!r})))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        assert run.stdout and run.stdout.readline() == b"begun\n"
        time.sleep(0.5)
        run.send_signal(signal.SIGINT)
        assert run.wait(30) != 0


def test_a_process_that_cannot_start_is_told_in_one_sentence(tmp_path: Path) -> None:
    write(tmp_path, "a.pdf", pdf_bytes(WORDS))
    with (
        Readers(Limits(megabytes=1)) as readers,
        pytest.raises(ConfigError, match="HYQA_FILE_MEGABYTES=1 "),
    ):
        list(read_corpus(tmp_path, readers=readers))


def test_pipes_and_devices_are_not_waited_for(tmp_path: Path, guarded: Readers) -> None:
    folder = write(tmp_path, "corpus/a.md", "正文。").parent
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(folder / "pipe.jsonl")
    (folder / "zero.pdf").symlink_to("/dev/zero")
    (folder / "outside.pdf").symlink_to(write(tmp_path, "secret.pdf", pdf_bytes(WORDS)))
    found = outcome(folder, guarded)
    assert "no regular file" in found["pipe.txt"] and "no regular file" in found["pipe.jsonl"]
    assert "leads out" in found["zero.pdf"] and "leads out" in found["outside.pdf"]
    assert found["a.md"] == "a"


def test_a_pipe_that_takes_a_files_place_is_not_waited_for(tmp_path: Path) -> None:
    for name in ("a.md", "b.jsonl", "c.pdf"):
        os.mkfifo(tmp_path / name)
        job = Job(name, bytes(tmp_path / name))
        with Readers(LIMITS) as readers:
            result = readers.submit(job).result()
        assert isinstance(result, ParseFailure) and "no regular file" in result.reason


@pytest.mark.parametrize(
    ("name", "make", "title"),
    [
        ("a.txt", lambda: pdf_bytes(WORDS), "a"),
        ("c.pdf", lambda: word_bytes(lambda document: document.add_paragraph("甲。")), "c"),
        ("d.txt", lambda: "<!DOCTYPE html><title>公告</title><p>正文一段。</p>", "公告"),
        ("e.md", lambda: "<html>\n\n正文一段。", "e"),
        ("f.pdf", lambda: "<html>错误</html>", "! it is no PDF but an HTML page"),
        ("g.docx", lambda: "<!doctype html>x", "! it is no Word document but an HTML page"),
    ],
)
def test_a_wrong_suffix_is_read_as_what_it_is_or_told(
    name: str, make: object, title: str, tmp_path: Path, guarded: Readers
) -> None:
    assert callable(make)
    write(tmp_path, name, make())
    assert outcome(tmp_path, guarded)[name].startswith(title)


def test_a_huge_line_of_json_is_read_elsewhere(tmp_path: Path) -> None:
    line = '{"id": "a", "text": "x", "more": ' + "[" * 2_000_000 + "}"
    good = '{"id": "b", "text": "' + "很长的正文。" * 100_000 + '"}'
    write(tmp_path, "a.jsonl", f"{line}\n{good}\n")
    with Readers(LIMITS) as readers:
        failure, document = read_corpus(tmp_path, readers=readers)
        assert readers._workers
    assert isinstance(failure, ParseFailure) and "not valid JSON" in failure.reason
    assert isinstance(document, Document) and len(document.text) == 600_000


def test_files_are_read_from_a_thread_as_well(tmp_path: Path, guarded: Readers) -> None:
    write(tmp_path, "a.pdf", pdf_bytes(WORDS))
    found: list[dict[str, str]] = []
    thread = threading.Thread(target=lambda: found.append(outcome(tmp_path, guarded)))
    thread.start()
    thread.join(60)
    assert found == [{"a.pdf": "a"}]


def test_html_that_sites_give_away_as_doc_is_read(tmp_path: Path) -> None:
    page = "<html><body><h1>通知</h1><p>正文一段。</p></body></html>"
    result = read_document(Job("a.doc", bytes(write(tmp_path, "a.doc", page))))
    assert isinstance(result, Document) and result.meta.title == "通知"


def test_what_was_read_under_another_suffix_or_left_out_is_remarked(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", pdf_bytes(WORDS))
    result = read_document(Job("a.txt", bytes(path)))
    assert isinstance(result, Document)
    assert result.remarks[-1] == "its content is that of a .pdf, and was read as such"
    private = word_bytes(lambda document: document.add_paragraph("甲\ue123\ue124乙\uf06c丙。"))
    result = read_document(Job("b.docx", bytes(write(tmp_path, "b.docx", private))))
    assert isinstance(result, Document) and result.text == "甲乙●丙。"
    assert result.remarks[-1] == "2 characters that only its fonts know were left out"


def test_a_key_of_many_parts_in_a_list_of_sources_ends_the_run(tmp_path: Path) -> None:
    """Found by fuzzing: what reads TOML takes memory by the square of a key's parts."""
    (tmp_path / "sources.toml").write_text("x." * 60_000 + "x = 1\n")
    with pytest.raises(ConfigError, match="parts"):
        list(read_corpus(tmp_path))


@pytest.mark.parametrize("kind", ["pipe", "link to nothing", "huge"])
def test_a_list_of_sources_that_cannot_be_read_ends_the_run(kind: str, tmp_path: Path) -> None:
    sources = tmp_path / "sources.toml"
    if kind == "pipe":
        os.mkfifo(sources)
    elif kind == "huge":
        sources.write_text("#" * 5_000_001)
    else:
        sources.symlink_to(tmp_path / "nowhere")
    with pytest.raises(ConfigError, match=r"sources\.toml"):
        list(read_corpus(tmp_path))


def test_a_title_of_numerals_is_no_slower_for_its_length(tmp_path: Path) -> None:
    """Found by looking for patterns that take the square of a text's length."""
    text = "一" * 400_000
    with Readers(Limits(seconds=60, readers=1)) as readers:
        (result,) = read_corpus(write(tmp_path, "a.txt", text), readers=readers)
    assert isinstance(result, Document) and result.text == text
