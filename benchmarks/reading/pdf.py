"""What of PDF files is read, whether paragraphs and pages are right, and how long it takes.

``python -m benchmarks.reading.pdf FOLDER``; the folder holds ``manifest.jsonl`` with an ``id``,
a ``file`` and a ``kind`` for each file. Characters are compared with poppler's pdftotext, times
with pypdf's; ``pdf_labels.json`` holds what was seen on a sample of pages.
"""

import argparse
import gc
import io
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader

from benchmarks.reading.characters import chinese, latin, pdftotext
from benchmarks.reading.labels import found, label, read_labels
from benchmarks.reading.pdfium_alone import take
from hyqa.parsing.pdf import document as pdf
from hyqa.types.errors import ConfigError

ROUNDS = 5
"""Times that each reader reads each file; the fastest counts."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the folder."""

    id: str
    path: Path
    kind: str


def _files(folder: Path) -> list[File]:
    rows = map(json.loads, (folder / "manifest.jsonl").read_text("utf-8").splitlines())
    return [File(row["id"], folder / row["file"], row["kind"]) for row in rows]


def _left_out(path: Path) -> tuple[str, dict[str, str]]:
    """Returns the text of a file, and what is left out of it on purpose, by what it is."""
    pages = pdf.read_pages(path.read_bytes())
    parts = pdf.read_parts(pages, [page.runs for page in pages])
    blocks, _, headers = pdf.read_blocks(pages, parts)
    left_out = {
        "running heads and feet": " ".join(line.text for line in parts.lines.furniture),
        "contents": " ".join(line.text for line in parts.lines.contents),
        "headers again": " ".join(row.text for row in headers),
        "drawn twice": "".join(page.doubles for page in pages),
        "white on white": "".join(page.unseen for page in pages),
    }
    return "\n".join(block.text for block in blocks), left_out


def _account(file: File, count: "Callable[[str], Counter[str]]") -> tuple[list[int], Counter[str]]:
    """Returns characters of the yardstick: all, read, left out by what it is; and those missing."""
    wanted = count(pdftotext(file.path))
    text, left_out = _left_out(file.path)
    missing = wanted - count(text)
    figures = [wanted.total(), wanted.total() - missing.total()]
    for words in left_out.values():
        rest = missing - count(words)
        figures.append(missing.total() - rest.total())
        missing = rest
    return figures, missing


def _print_characters(files: Sequence[File], count: "Callable[[str], Counter[str]]") -> None:
    names = ["heads, feet", "contents", "headers again", "drawn twice", "white"]
    print(f"| file | yardstick | read | {' | '.join(names)} | missing | read of what is to be |")
    print("| --- " * (len(names) + 5) + "|")
    sums = [0] * (len(names) + 2)
    lost: Counter[str] = Counter()
    for file in files:
        figures, missing = _account(file, count)
        _print_row(file.id, figures, missing.total())
        sums = [one + two for one, two in zip(sums, figures, strict=True)]
        lost += missing
    _print_row("all", sums, lost.total())
    print("missing:", " ".join(f"{name}×{times}" for name, times in lost.most_common()) or "none")


def _print_row(name: str, figures: Sequence[int], missing: int) -> None:
    share = figures[1] / max(1, figures[1] + missing)
    print(f"| {name} | {' | '.join(map(str, figures))} | {missing} | {share:.4f} |")


def _print_labels(files: Sequence[File]) -> None:
    parsed = {file.id: pdf.parse_pdf(file.path.read_bytes()) for file in files}
    labels = [each for each in read_labels() if each.file in parsed]
    labelled = read = same = right = 0
    for each in labels:
        document = parsed[each.file]
        seen = label(each.file, each.page, document.text, document.page_starts)
        counts = found(each, seen)
        labelled, read, same = labelled + counts[0], read + counts[1], same + counts[2]
        right += each.top == seen.top
        if counts[2] != counts[0] or each.top != seen.top:
            print(f"file {each.file}, page {each.page}: {counts[2]} of {counts[0]} paragraphs")
    print(f"pages that begin where they were seen to: {right} of {len(labels)}")
    print(f"paragraphs whole: {same} of {labelled} labelled, of {read} read")


def _print_scans(files: Sequence[File]) -> None:
    for file in files:
        pages = pdf.read_pages(file.path.read_bytes())
        told = [page.number for page in pages if page.needs_ocr]
        print(f"file {file.id}: {len(told)} of {len(pages)} pages need recognition, {file.kind}")


def _seconds(readers: Sequence[Callable[[bytes], object]], data: Sequence[bytes]) -> list[float]:
    """Returns the seconds that each reader needs for all files, of each file the fastest time.

    The readers take turns, so that what else runs on the machine slows all of them.
    """
    sums = [0.0] * len(readers)
    for each in data:
        times = [[_time(reader, each) for reader in readers] for _ in range(ROUNDS)]
        fastest = map(min, zip(*times, strict=True))
        sums = [one + two for one, two in zip(sums, fastest, strict=True)]
    return sums


def _time(read: Callable[[bytes], object], data: bytes) -> float:
    gc.collect()  # no reader pays for what the one before it left
    start = time.perf_counter()
    read(data)
    return time.perf_counter() - start


def _pypdf(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def _print_speed(files: Sequence[File]) -> None:
    data = [file.path.read_bytes() for file in files]
    looks = {each: [len(page.runs) for page in pdf.read_pages(each)] for each in data}
    count = sum(map(len, looks.values()))
    library, whole, other = _seconds(
        [lambda each: take(each, looks[each]), pdf.parse_pdf, _pypdf], data
    )
    times = [f"{1000 * seconds / count:.1f}" for seconds in (library, whole, other)]
    print(f"{count} pages; ms a page: PDFium {times[0]}, all {times[1]}, pypdf's text {times[2]}")
    print(f"our share of all: {1 - library / whole:.2f}; all of pypdf's time: {whole / other:.2f}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what is measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args(arguments).folder
    try:
        files = _files(folder)
    except OSError as error:
        raise ConfigError(f"{folder} holds no manifest.jsonl") from error
    text = [file for file in files if file.kind == "text"]
    print("Chinese characters\n")
    _print_characters(text, chinese)
    print("\nLatin letters and digits\n")
    _print_characters(text, latin)
    print("\nPages and paragraphs\n")
    _print_labels(text)
    print("\nPages that need recognition\n")
    _print_scans([file for file in files if file.kind != "text"])
    print("\nSpeed\n")
    _print_speed(text)


if __name__ == "__main__":
    main()
