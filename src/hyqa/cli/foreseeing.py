"""What ``hyqa foresee`` does: loaded when it is run."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from hyqa.cli.output import complain, progress, say, say_json
from hyqa.index.chunking import chunk_document
from hyqa.maintenance.sources.foreseeing.asking import drafted
from hyqa.maintenance.sources.foreseeing.checking import Checked, Checker
from hyqa.maintenance.sources.foreseeing.drafts import (
    Lines,
    accept,
    changing,
    check_no_draft,
    draft_file,
    keep_refused,
    named_in,
    question_file,
    questions_of,
    read_document,
    read_lines,
    texts_of,
    write_draft,
)
from hyqa.parsing import Readers
from hyqa.types import Document, ForeseenQuestion
from hyqa.types.errors import ConfigError, DocumentError


def run(options: Namespace) -> int:
    """Draft or accept questions; 1 where some were refused, or there are none."""
    with Readers(options.limits) as readers:
        document = read_document(options.corpus, options.document, readers)
        accepted = question_file(options.corpus, document.id)
        if options.accept:
            checked = _accept(options, document, readers)
            _tell(options, checked, "accepted", accepted)
        else:
            checked = _draft(options, document, readers)
            _tell(options, checked, "draft", draft_file(options.corpus, document.id))
    return 1 if checked.refused or not checked.kept else 0


def _draft(options: Namespace, document: Document, readers: Readers) -> Checked:
    check_no_draft(options.corpus, document.id)
    if options.file:
        checked = _checked(options.corpus, document, read_lines(options.file), readers)
    else:
        checked = _drafted(options, document)
    if checked.kept:
        with changing(options.corpus):
            write_draft(options.corpus, document.id, checked.kept)
    return checked


def _accept(options: Namespace, document: Document, readers: Readers) -> Checked:
    draft = draft_file(options.corpus, document.id)
    if not options.file and not draft.is_file():
        raise DocumentError(
            f"There is no draft of questions on {document.id}: `hyqa foresee {document.id}`"
            " makes one."
        )
    with changing(options.corpus):
        lines = read_lines(options.file or draft)
        checked = _checked(options.corpus, document, lines, readers)
        accept(options.corpus, document.id, checked.kept)
        if not options.file:
            places = [one.source for one in checked.refused]
            keep_refused(options.corpus, document.id, lines, places)
    return checked


def _checked(corpus: Path, document: Document, lines: Lines, readers: Readers) -> Checked:
    """Check a file's lines against the documents that they name."""
    questions = questions_of(lines)
    others = [name for name in named_in(questions) if name != document.id]
    texts = {one.id: one.text for one in texts_of(corpus, others, readers).values()}
    return Checker(corpus, document.id, {**texts, document.id: document.text}).check(questions)


def _drafted(options: Namespace, document: Document) -> Checked:
    """Have the writer draft questions."""
    if options.writer is None:
        raise ConfigError(
            "There is no writer to draft questions: name one with HYQA_WRITER_URL and"
            " HYQA_WRITER_MODEL, or bring your own with --from FILE."
        )
    checker = Checker(options.corpus, document.id, {document.id: document.text})
    with progress("Asking the writer", " replies") as report:
        chunks = chunk_document(document)
        return checker.check(drafted(options.writer, document, chunks, report=report))


def _tell(options: Namespace, checked: Checked, what: str, path: Path) -> None:
    misses = sum(one.is_near_miss for one in checked.kept)
    questions = len(checked.kept) - misses
    if options.json:
        refused = [{"place": one.source, "reason": one.reason} for one in checked.refused]
        say_json(
            {
                "document": options.document,
                what: str(path),
                "questions": questions,
                "near_misses": misses,
                "refused": refused,
            }
        )
        return
    for one in checked.refused:
        complain(f"{one.source}: {one.reason}")
    if checked.kept:
        for sentence in _sentences(options, checked.kept, what, path):
            say(sentence)
    if checked.refused:
        complain(f"{len(checked.refused)} could not be taken: see above.")


def _sentences(
    options: Namespace, kept: Sequence[ForeseenQuestion], what: str, path: Path
) -> tuple[str, str]:
    misses = sum(one.is_near_miss for one in kept)
    count = f"{_counted(len(kept) - misses, 'question')} and {_counted(misses, 'near miss', 'es')}"
    if what == "draft":
        return (
            f"Drafted {count} on {options.document}: {path}",
            f"Read and edit them; `hyqa foresee {options.document} --accept` takes them over.",
        )
    return f"Accepted {count} on {options.document}: {path}", "`hyqa index` makes them count."


def _counted(count: int, what: str, many: str = "s") -> str:
    return f"{count} {what}{'' if count == 1 else many}"
