"""``hyqa search``, ``hyqa show`` and ``hyqa info``: looking at hits, documents and the index."""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict

from hyqa.answer.contract import Record, document_record
from hyqa.cli.arguments import Commands, positive
from hyqa.cli.output import say, say_json
from hyqa.engine import Engine
from hyqa.index.build import Index, open_index
from hyqa.models.encoder import encodable
from hyqa.question.query import make_query
from hyqa.types import Hit, Metadata
from hyqa.types.errors import ConfigError

_SHOWN = 80
"""Characters of a hit's text that are printed."""


def add_search(commands: Commands) -> None:
    """Add ``hyqa search``."""
    parser = commands.add("search", search, "list what retrieval finds, with its scores")
    parser.add_argument("query", metavar="QUERY", nargs="+", help="what to search for")
    parser.add_argument("--top-k", metavar="N", type=positive, default=10, help="hits at most (10)")
    parser.add_argument("--json", action="store_true", help="print JSON")


def add_show(commands: Commands) -> None:
    """Add ``hyqa show``."""
    parser = commands.add("show", show, "print a document as it was read", encoder=False)
    parser.add_argument("document", metavar="DOCUMENT", help="its id: `hyqa info --documents`")
    parser.add_argument("--json", action="store_true", help="print JSON, its text quotes count in")


def add_info(commands: Commands) -> None:
    """Add ``hyqa info``."""
    parser = commands.add("info", info, "say what the index holds", encoder=False)
    parser.add_argument(
        "--documents", action="store_true", help="list id and title of each document"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def search(options: Namespace) -> int:
    """Print the hits of a query, best first."""
    query = " ".join(options.query)
    if not query.strip():
        raise ConfigError("hyqa search: the query is empty; write what to search for.")
    engine = Engine.open(options.index, encoder=options.encoder)
    hits = engine.find(make_query(encodable(query)), top_k=options.top_k).hits
    if options.json:
        say_json({"query": query, "hits": [_hit_record(hit) for hit in hits]})
    else:
        for rank, hit in enumerate(hits, 1):
            say(_hit_text(rank, hit))
    return 0


def show(options: Namespace) -> int:
    """Print a document's metadata and text."""
    document = open_index(options.index).store.document(options.document)
    if options.json:
        say_json(document_record(document))
        return 0
    say(f"id: {document.id}")
    for name, value in asdict(document.meta).items():
        if value:
            say(f"{name}: {'; '.join(value) if isinstance(value, tuple) else value}")
    say(f"\n{document.text}")
    return 0


def info(options: Namespace) -> int:
    """Print what the index holds, and with what it was made."""
    index = open_index(options.index)
    facts = _facts(index)
    if options.documents:
        documents = index.store.metadata_of_all()
        facts["listed"] = [_listed(name, meta) for name, meta in documents]
    if options.json:
        say_json(facts)
    elif options.documents:
        for name, meta in documents:
            ended = f"\trepealed by {meta.repealed_by} {meta.repealed}" if meta.repealed_by else ""
            say(f"{name}\t{meta.title}{ended}")
    else:
        for name, value in facts.items():
            say(f"{name}: {_fact_text(value)}")
    return 0


def _listed(name: str, meta: Metadata) -> Record:
    repeal: Record = {"repealed_by": meta.repealed_by, "repealed": meta.repealed}
    listed: Record = {"id": name, "title": meta.title}
    return listed | repeal if meta.repealed_by else listed


def _hit_record(hit: Hit) -> Record:
    chunk = hit.chunk
    return {
        "doc_id": chunk.document_id,
        "heading_path": list(chunk.heading_path),
        "pages": list(chunk.pages) if chunk.pages else None,
        "start": chunk.start,
        "end": chunk.end,
        "score": round(hit.score, 4),
        "dense_score": round(hit.dense_score, 4),
        "sparse_score": round(hit.sparse_score, 4),
        "text": chunk.text,
    }


def _hit_text(rank: int, hit: Hit) -> str:
    scores = f"fused {hit.score:.3f}  dense {hit.dense_score:.3f}  sparse {hit.sparse_score:.3f}"
    place = " › ".join([hit.chunk.document_id, *hit.chunk.heading_path])
    return f"{rank:>3}  {scores}  {place}\n     {_flat(hit.chunk.text)[:_SHOWN]}"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _facts(index: Index) -> Record:
    metas = [meta for _, meta in index.store.metadata_of_all()]
    return {
        **asdict(index.manifest),
        "languages": _counted(meta.language.value for meta in metas),
        "forms": _counted(meta.form.value for meta in metas),
        "kinds": _counted(meta.kind or "(none)" for meta in metas),
    }


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(Counter(values).most_common())


def _fact_text(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {count}" for name, count in value.items())
    return str(value)
