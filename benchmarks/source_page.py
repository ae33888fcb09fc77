"""Whether the links of quotes land on their marks: ``python -m benchmarks.source_page INDEX FILES…``.

It asks the questions of files of known answers, follows each quote's link over the page's own
application, and compares what is marked there, and what stands before it, with the document's text;
then it does the same with passages of the corpus that no question chose, until it has seen as many
as were asked for. It prints the share that lands, and where one does not, which.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
from lxml import html

from hyqa import DEFAULT_ENCODER, Document, HighlightKind, highlights_of
from storage.database import Database
from web.application import make_application
from web.guards.rates import Rates
from web.library import Library, Shelf
from web.rendering.links import Span, document_url
from web.settings import Settings

SEED = 20
LONGEST = 900
"""Characters of a passage that no question chose."""


@dataclass(frozen=True)
class Link:
    """Places of a document that a link marks."""

    id: str
    spans: tuple[Span, ...]


def landed(page: str, document: Document, spans: Sequence[Span]) -> str:
    """What is wrong with the marks of a page; '' where they are exactly the spans.

    Line ends and the borders of cells are left out on both sides: the page shows them as blocks
    and cells.
    """
    (text,) = html.fromstring(page).xpath("//div[@class='text']")
    for one in text.xpath(".//span[@class='page']"):
        one.drop_tree()
    marks = text.xpath(".//mark")
    if [one.get("id") for one in marks].count("q") != 1 or marks[0].get("id") != "q":
        return "the link does not lead to the first mark"
    whole = _bare(document.text)
    if _bare(text.text_content()) != whole:
        return "the page does not show the document's text"
    wanted = "".join(_bare(document.text[start:end]) for start, end in _joined(spans))
    if _bare("".join(one.text_content() for one in marks)) != wanted:
        return "other words are marked"
    before = marks[0].xpath("preceding::text()[ancestor::div[@class='text']]")
    if _bare("".join(before)) != _bare(document.text[: _joined(spans)[0][0]]):
        return "the marked words stand elsewhere"
    limits = _bare("".join(one.text_content() for one in text.xpath(".//mark//u")))
    conditions = "".join(_bare(words) for words in _conditions(document, spans))
    return "" if limits == conditions else "conditions are not marked"


def _conditions(document: Document, spans: Sequence[Span]) -> Iterator[str]:
    places = {
        place
        for start, end in spans
        for one in highlights_of(document.text[start:end], start)
        if one.kind is HighlightKind.CONDITION
        for place in range(one.start, one.end)
    }
    yield "".join(document.text[place] for place in sorted(places))


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap as one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _bare(words: str) -> str:
    return "".join(words.replace("|", "").split())


def of_answers(shelf: Shelf, files: Sequence[Path]) -> Iterator[Link]:
    """The links of the quotes of answers: each by itself, and those of a source together."""
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            question = json.loads(line).get("question", "") if line.strip() else ""
            answer = shelf.engine.ask(question) if question else None
            held: dict[str, list[Span]] = {}
            for quote in answer.quotes if answer else ():
                held.setdefault(quote.citation.document_id, []).append((quote.start, quote.end))
                yield Link(quote.citation.document_id, ((quote.start, quote.end),))
            yield from (Link(id_, tuple(spans)) for id_, spans in held.items() if len(spans) > 1)


def of_corpus(shelf: Shelf, chance: random.Random) -> Iterator[Link]:
    """Passages of any length anywhere: across lines, cells and pages."""
    while True:
        id_, _ = chance.choice(shelf.documents)
        text = shelf.engine.document(id_).text
        start = chance.randrange(len(text))
        end = min(len(text), start + 1 + chance.randrange(LONGEST))
        if _bare(text[start:end]):
            yield Link(id_, ((start, end),))


async def measure(index: str, encoder: str, files: Sequence[Path], count: int) -> int:
    """Follow links and print what became of them; gives the exit code."""
    library = Library(index, encoder, time.time)
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/state.sqlite")
        database.migrate()
        application = make_application(Settings(), library, database, rates=Rates(lambda: 1e9))
        transport = httpx.ASGITransport(application)
        asked = list(of_answers(library.shelf, files))
        others = of_corpus(library.shelf, random.Random(SEED))
        links = [*asked, *(next(others) for _ in range(count - len(asked)))]
        wrong: list[tuple[Link, str]] = []
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            for number, link in enumerate(links):
                document = library.shelf.engine.document(link.id)
                # Each request from an address of its own: the page counts them.
                transport.client = (f"10.0.{number // 250}.{number % 250}", 1)
                address = document_url(link.id, link.spans, document.sha256)
                page = await client.get(address.partition("#")[0])
                if why := landed(page.text, document, link.spans):
                    wrong.append((link, why))
        database.close()
    for link, why in wrong:
        print(f"{link.id} {link.spans}: {why}")
    right = len(links) - len(wrong)
    print(f"{len(asked)} links of answers, {len(links) - len(asked)} of other passages:")
    print(f"{right} of {len(links)} land on their marks ({right / len(links):.2%})")
    return 1 if wrong else 0


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--encoder", default=DEFAULT_ENCODER)
    given = parser.parse_args()
    return asyncio.run(measure(given.index, given.encoder, given.files, given.count))


if __name__ == "__main__":
    sys.exit(main())
