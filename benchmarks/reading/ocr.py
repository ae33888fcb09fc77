"""How well and how fast scanned pages are read: ``python -m benchmarks.reading.ocr FOLDER``.

A page in the middle of each PDF with a text layer is rendered to a picture, read from it, and
compared with what the text layer says, both put together by the same code: the share of the
text layer's letters, figures and marks that stand in the recognised text in the same order
(the longest common subsequence). Times are processor seconds.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import LCSseq

from hyqa.parsing.pdf.document import read_blocks, read_pages, read_parts
from hyqa.parsing.pdf.layout.pages import Page
from hyqa.parsing.pdf.layout.recognition import read_runs
from hyqa.parsing.pdf.ocr import recognise
from hyqa.text.tokens import normalize

LEAST = 200
"""Characters of a page that says something."""


@dataclass(frozen=True, slots=True)
class _Figures:
    """What became of a page."""

    name: str
    page: int
    expected: int
    found: int
    extra: int
    confidence: float
    seconds: float


def _characters(page: Page, data: bytes, *, from_picture: bool) -> tuple[str, float]:
    """Returns what a page says without white space, width folded, and how sure that is."""
    runs = recognise(data, page.number) or () if from_picture else read_runs([page], data, None)[0]
    blocks, _, _ = read_blocks([page], read_parts([page], [runs]))
    text = "".join(normalize("".join(block.text for block in blocks)).split())
    count = sum(len(run.text) for run in runs)
    return text, sum(run.confidence * len(run.text) for run in runs) / max(1, count)


def _measure(path: Path) -> _Figures | None:
    data = path.read_bytes()
    whole = [page for page in read_pages(data) if not page.needs_ocr]
    full = [page for page in whole if sum(len(run.text) for run in page.runs) >= LEAST]
    if len(full) * 2 < len(whole) or not full:
        return None
    page = full[len(full) // 2]
    expected, _ = _characters(page, data, from_picture=False)
    began = time.process_time()
    found, confidence = _characters(page, data, from_picture=True)
    seconds = time.process_time() - began
    common = LCSseq.similarity(expected, found)
    extra = len(found) - common
    return _Figures(path.name, page.number, len(expected), common, extra, confidence, seconds)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the PDFs of a folder and print a line for each, and the whole."""
    parser = argparse.ArgumentParser(prog="benchmarks.reading.ocr", description=__doc__)
    parser.add_argument("folder", type=Path, help="PDF files, also in folders below it")
    parser.add_argument("--files", type=int, default=10, help="how many files (default: 10)")
    options = parser.parse_args(arguments)
    seen: list[_Figures] = []
    for path in sorted(options.folder.rglob("*.pdf")):
        figures = _measure(path) if len(seen) < options.files else None
        if figures is not None:
            seen.append(figures)
            share = figures.found / figures.expected
            print(
                f"{figures.name} p. {figures.page}: {share:.4f} of {figures.expected} characters"
                f" in order, {figures.extra} more, confidence {figures.confidence:.3f},"
                f" {figures.seconds:.1f} s",
                flush=True,
            )
    expected = sum(one.expected for one in seen)
    if expected:
        share = sum(one.found for one in seen) / expected
        seconds = sum(one.seconds for one in seen) / len(seen)
        print(f"{len(seen)} pages: {share:.4f} of {expected} characters, {seconds:.1f} s a page")


if __name__ == "__main__":
    main()
