"""The life of a question and of a file as tables of Markdown, for ``scripts/architecture.py``.

A table has a row a stage: what it gets, and what it gives, in short values.
"""

import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from numpy.linalg import norm

from hyqa import Engine
from hyqa.answer.explanation import refusal
from hyqa.index.chunking import embedded_text, searched_text
from hyqa.index.snapshots import current_snapshot
from hyqa.parsing.blocks import Parsed
from hyqa.parsing.corpus.reading import Job, read_document
from hyqa.parsing.sniffing import family
from hyqa.text.tokens import tokenize
from hyqa.types import Answer, Chunk, Document, Hit, Reading, Step, Trace

SHOWN = 64
"""Characters of a text that are shown."""
NOTEWORTHY = 0.1
"""Size from which a feature is shown."""
SENTENCES, WORDS = 3, 3
"""Sentences of a reading and words of a chunk that are shown."""
SNAPSHOT = {
    "CURRENT": "the name of the snapshot in force: the one file that is ever replaced",
    "manifest.json": "what it is made of and with: corpus, encoder, tokenizer, parsers",
    "documents.sqlite": "documents with their text and metadata; where each chunk stands, by row",
    "dense.faiss": "vectors, by row",
    "sparse": "what each token gives to each row (BM25)",
    "translations.sqlite": "the corpus's words in the other language: glossary and dictionary",
    "lexicon.json": "the names that the corpus uses, to mend spelling by",
    "gazetteer.json": "names of places, and how they end, as the glossary tells them",
    "parks.json": "parks, and where the words stand that state each of their attributes",
    "chains.json": "the same of industrial chains",
    "attributes.npy": "vectors of examples of questions that compare parks by an attribute",
    "foreseen": "foreseen questions, near misses, known gaps and small talk as keys of their own",
}
"""What the files of an index hold."""
Row = Sequence[str]


def table(head: Row, rows: Iterable[Row]) -> str:
    """Make a table of Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '¦') for cell in line)} |" for line in lines)


def short(text: str, most: int = SHOWN) -> str:
    """Put a text into quotes, on one line, cut where it is long."""
    line = text.replace("\n", " ⏎ ")
    return f"“{line if len(line) <= most else line[:most] + '…'}”"


def span(start: int, end: int) -> str:
    """Name a stretch of a document's text."""
    return f"[{start}–{end}]"


def chunk_name(chunk: Chunk) -> str:
    """Name a chunk by its document and place."""
    return f"`{chunk.document_id}` {span(chunk.start, chunk.end)}"


def life_of_question(trace: Trace) -> str:
    """Show what each stage gets and gives of a message that is one question."""
    step = trace.steps[trace.chosen]
    rows = [
        ("understand", f"`Question` {short(trace.understanding.message)}", _query(trace)),
        ("analyse", "`Query`", _analysis(step)),
        ("search", "`Query`", _ranking(step)),
        ("read", "`Query`, `QuestionAnalysis`, `Ranking`", _readings(step)),
        ("lead", "`Reading`s", _leading(step)),
        ("quote", "`Reading`s that lead", _quotes(step.answer)),
        ("decide", "`Reading`s, `Quote`s", _decision(step)),
        ("plan", "`Answer` to the whole message", "`Plan` without further questions: it stands"),
    ]
    return table(("stage", "gets", "gives"), rows)


def _query(trace: Trace) -> str:
    understood = trace.understanding
    mended = "" if understood.spelled == understood.message else "; its spelling is mended"
    return f"`Query` {short(understood.resolved)} in `{understood.language.value}`{mended}"


def _analysis(step: Step) -> str:
    asked = step.analysis
    words = sorted(asked.words, key=lambda pair: (-pair[1], pair[0]))
    parts = ["weights " + ", ".join(f"{word} {weight:.1f}" for word, weight in words)]
    parts += [f"asks for `{asked.kind.name}`"] if asked.kind else []
    parts += [f"about {asked.focus}"] if asked.focus else []
    parts += [f"place {', '.join(asked.places)}, not the corpus's own"] if asked.abroad else []
    return f"`QuestionAnalysis`: {'; '.join(parts)}"


def _ranking(step: Step) -> str:
    found = step.ranking
    return (
        f"`Ranking` of {len(found.hits)} `Hit`s, first {_hit(found.hits[0])};"
        f" the best 50 have {found.mean_score:.2f} in the mean"
    )


def _hit(hit: Hit) -> str:
    parts = f"keywords {hit.sparse_score:.2f}, cosine {hit.dense_score:.2f}"
    return f"{chunk_name(hit.chunk)} with a score of {hit.score:.2f} ({parts})"


def _readings(step: Step) -> str:
    best = step.readings[0]
    told = {name: value for name, value in best.features.items() if abs(value) >= NOTEWORTHY}
    features = ", ".join(f"{name} {value:.1f}" for name, value in told.items())
    return (
        f"{len(step.readings)} `Reading`s, first {chunk_name(best.hit.chunk)}: {features};"
        f" probability {best.answer_probability:.2f}, needed {best.threshold:.2f}"
    )


def _leading(step: Step) -> str:
    leading = [one for one in step.readings if one.sentences]
    return "; ".join(map(_sentences, leading)) or "none: no `Reading` reaches what is needed"


def _sentences(one: Reading) -> str:
    scored = sorted(zip(one.sentence_scores, one.sentences, strict=True), key=lambda pair: -pair[0])
    likely = ", ".join(f"{span(at.start, at.end)} {score:.2f}" for score, at in scored[:SENTENCES])
    return f"`{one.hit.chunk.document_id}`, its likeliest `Sentence`s {likely}"


def _quotes(answer: Answer) -> str:
    quotes = [f"{span(one.start, one.end)} {short(one.text)}" for one in answer.quotes]
    return f"`Quote` {', '.join(quotes)}" if quotes else "no `Quote`"


def _decision(step: Step) -> str:
    answer, (stage, why) = step.answer, refusal(step)
    near = ", ".join(f"`{one.document_id}`" for one in answer.nearest)
    parts = [f"`Answer` `{answer.status.value}`"]
    parts += [f"refused by **{stage}**, as {why}"] if stage else []
    parts += [f"nearest {near}"] if near else []
    return "; ".join(parts)


def life_of_several(trace: Trace) -> str:
    """Show the steps of a message of several questions, and what they are merged to."""
    steps = [
        (str(number), step.purpose, short(step.query.question), _outcome(step))
        for number, step in enumerate(trace.steps, 1)
    ]
    answer = trace.answer
    merged = (
        f"`{answer.status.value}` by {len(answer.quotes)} `Quote`s,"
        f" confidence {answer.confidence:.2f}, missing {', '.join(answer.missing) or 'nothing'}"
    )
    last = ("merge", "", short(answer.question), merged)
    return table(("step", "asked as", "`Query`", "`Answer`"), [*steps, last])


def _outcome(step: Step) -> str:
    answer = step.answer
    if not answer.quotes:
        return f"`{answer.status.value}`: {refusal(step)[1]}"
    where = f"`{answer.quotes[0].citation.document_id}`"
    return f"`{answer.status.value}`, {answer.confidence:.2f}: {where} {_quotes(answer)}"


def life_of_file(document: Document, data: bytes, parsed: Parsed) -> str:
    """Show what becomes of a file's bytes."""
    pages = ", ".join(f"page {page.page} from {page.offset} on" for page in parsed.page_starts)
    headings = ", ".join(heading.words for heading in document.outline)
    size = f"{len(parsed.text)} characters in {len(parsed.sections)} `Section`s; {pages}"
    rows = [
        ("list", "the folder", f"`{document.id}`, and what `sources.toml` says of it"),
        ("sniff", f"bytes that begin with `{data[:8].decode()}`", f"it is a `{family(data)}`"),
        ("parse", f"{len(data):,} bytes", f"`Parsed`: {size}"),
        ("metadata", "`Parsed`, `sources.toml`", f"`Metadata` {short(document.meta.title)}, …"),
        ("outline", "text and `Section`s", f"{len(document.outline)} `Heading`s: {headings}"),
        ("make", "all of these", f"`Document` with the hash `{document.sha256[:8]}…`"),
    ]
    return table(("stage", "gets", "gives"), rows)


def metadata_of_file(document: Document, parsed: Parsed, listed: Mapping[str, object]) -> str:
    """Show the fields that are known of a file, and who says so."""
    says = {"`sources.toml`": listed, "the PDF": parsed.found}
    rows = [
        (f"`{name}`", short(str(value), 40)[1:-1], " and ".join(w for w in says if name in says[w]))
        for name, value in asdict(document.meta).items()
        if value
    ]
    return table(("field", "value", "who says so"), rows)


def evidence_of(notice: str) -> str:
    """Show what an official text says of itself, each field with the words that say it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "notice.txt")
        path.write_text(notice, encoding="utf-8")
        read = read_document(Job(path.name, os.fsencode(path)))
    assert isinstance(read, Document)
    rows = [
        (f"`{e.field}`", e.value, f"{span(e.start, e.end)} {short(read.text[e.start : e.end])}")
        for e in read.evidence
    ]
    return f"```text\n{notice}\n```\n\n{table(('field', 'value', '`Evidence`'), rows)}"


def chunks_of_file(chunks: Sequence[Chunk]) -> str:
    """Show the chunks of a file."""
    rows = [
        (
            span(one.start, one.end),
            "–".join(map(str, sorted(set(one.pages or ())))),
            " / ".join(one.heading_path),
            short(one.text, 32),
        )
        for one in chunks
    ]
    return table(("`Chunk`", "page", "stands under", "its text"), rows)


def texts_of_chunk(document: Document, chunk: Chunk) -> str:
    """Show what is quoted, encoded and searched of a chunk."""
    rows = [
        ("the reader", "`chunk.text`", short(chunk.text)),
        ("the encoder", "`embedded_text`", short(embedded_text(document, chunk))),
        ("keywords", "`searched_text`", short(searched_text(document, chunk))),
    ]
    return table(("for", "made by", "text"), rows)


def rows_of_chunk(engine: Engine, document: Document, chunk: Chunk) -> str:
    """Show what the index holds of a chunk: all of it has the same row number."""
    vector = engine.encoder.encode_passages([embedded_text(document, chunk)])[0]
    row = int(engine.index.dense.cosines(vector).argmax())
    assert engine.index.store.chunks([row]) == [chunk]
    weight, tokens = engine.index.sparse.idf, set(tokenize(searched_text(document, chunk)))
    words = sorted(
        (token for token in tokens if token[0] != "_"), key=lambda word: (-weight(word), word)
    )
    rarest = ", ".join(f"{word} {weight(word):.1f}" for word in words[:WORDS])
    pairs = len(tokens) - len(words)
    rows = [
        ("`documents.sqlite`", f"`Chunk` `{chunk.id[:8]}…`: {chunk_name(chunk)}"),
        ("`dense.faiss`", f"{len(vector)} numbers, together of length {norm(vector):.1f}"),
        ("`sparse`", f"{len(words)} words (the rarest weigh {rarest}) and {pairs} pairs"),
    ]
    return table(("file", f"row {row} of {len(engine.index.dense)}"), rows)


def files_of_index(root: Path) -> str:
    """Show the files of an index, and what each holds."""
    there = {"CURRENT", *(path.name for path in current_snapshot(root).iterdir())}
    assert there == SNAPSHOT.keys(), f"tell in SNAPSHOT what {there ^ SNAPSHOT.keys()} holds"
    return table(("file", "holds"), [(f"`{name}`", held) for name, held in SNAPSHOT.items()])
