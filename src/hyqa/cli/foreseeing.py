"""What ``hyqa foresee`` does: loaded when it is run."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from hyqa.cli.output import complain, progress, say, say_json
from hyqa.errors import ConfigError, DocumentError
from hyqa.index.chunking import chunk_document
from hyqa.parsing import Readers
from hyqa.sources.foreseeing.asking import drafted
from hyqa.sources.foreseeing.checking import Checked, Checker
from hyqa.sources.foreseeing.drafts import (
    Lines,
    accept,
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
from hyqa.sources.naming import place_of
from hyqa.types import Document, ForeseenQuestion


def run(options: Namespace) -> int:
    """Draft or accept questions; 1 where some were refused, or there are none."""
    place_of(options.corpus, options.document)
    if options.accept:
        return _accept(options)
    check_no_draft(options.corpus, options.document)
    with Readers(options.limits) as readers:
        if options.file:
            checked = _checked(options, read_lines(options.file), readers)
        else:
            checked = _drafted(options, readers)
    path = draft_file(options.corpus, options.document)
    if checked.kept:
        write_draft(options.corpus, options.document, checked.kept)
    _tell(options, checked, "draft", path)
    return 1 if checked.refused or not checked.kept else 0


def _accept(options: Namespace) -> int:
    draft = draft_file(options.corpus, options.document)
    if not options.file and not draft.is_file():
        raise DocumentError(
            f"There is no draft of questions on {options.document}:"
            f" `hyqa foresee {options.document}` makes one."
        )
    lines = read_lines(options.file or draft)
    with Readers(options.limits) as readers:
        checked = _checked(options, lines, readers)
    path = accept(options.corpus, options.document, checked.kept)
    if not options.file:
        places = [one.source for one in checked.refused]
        keep_refused(options.corpus, options.document, lines, places)
    _tell(options, checked, "accepted", path)
    return 1 if checked.refused or not checked.kept else 0


def _checked(options: Namespace, lines: Lines, readers: Readers) -> Checked:
    """Check a file's lines against the documents that they name."""
    question_file(options.corpus, options.document)
    document = read_document(options.corpus, options.document, readers)
    questions = questions_of(lines)
    others = [name for name in named_in(questions) if name != document.id]
    texts = {one.id: one.text for one in texts_of(options.corpus, others, readers).values()}
    texts[document.id] = document.text
    return Checker(options.corpus, document.id, texts).check(questions)


def _drafted(options: Namespace, readers: Readers) -> Checked:
    """Have the writer draft questions."""
    if options.writer is None:
        raise ConfigError(
            "There is no writer to draft questions: name one with HYQA_WRITER_URL and"
            " HYQA_WRITER_MODEL, or bring your own with --from FILE."
        )
    question_file(options.corpus, options.document)
    document: Document = read_document(options.corpus, options.document, readers)
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
    count = f"{len(kept) - misses} questions and {misses} near misses"
    if what == "draft":
        return (
            f"Drafted {count} on {options.document}: {path}",
            f"Read and edit them; `hyqa foresee {options.document} --accept` takes them over.",
        )
    return f"Accepted {count} on {options.document}: {path}", "`hyqa index` makes them count."
