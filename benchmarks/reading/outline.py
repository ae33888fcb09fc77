"""Measure the outlines of documents against labels made by hand.

    python -m benchmarks.reading.outline SHARED [--laws FOLDER] [--misses]

SHARED is the folder that holds data/pdfs, data/eval and seeds; FOLDER a checkout of the public
repository LawRefBook/Laws, whose two documents are left out without it. A heading is right where
its words and its level are. Labels are hashes of the letters, as the documents are other
people's; documents made for this benchmark are in ``made.py``. A heading on which readers may
differ is optional: neither wanted nor wrong.

The labels of a later round were written before the code read their documents, so that its first
look is a measure; what it missed was then mended. At first look the rounds gave, in F1:

    blind-1 .661 over 127 headings (a standard's cover and a forwarded title shifted the levels)
    blind-2 .950 over 139 headings (all ten others 1.000, a court's web page .125)
"""

import argparse
import hashlib
import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.reading.made import MADE
from hyqa.parsing import read_corpus
from hyqa.types import Document

LABELS = Path(__file__).parent / "outline_labels.json"
FIRST = "first"
"""The round of labels on which the reading of outlines was made; others were blind."""
Headings = set[tuple[int, str]]


def short_hash(words: str) -> str:
    """Hash of the letters and figures of some words, as the labels store it."""
    return hashlib.sha256(re.sub(r"[\W_]", "", words).encode()).hexdigest()[:10]


def labelled(
    shared: Path, laws: Path | None, turn: str
) -> Iterator[tuple[str, Document, Headings, set[str]]]:
    """Each labelled document with its wanted headings, and the hashes of optional ones."""
    with tempfile.TemporaryDirectory() as folder:
        for label in json.loads(LABELS.read_text("utf-8")):
            if label.get("round", FIRST) != turn:
                continue
            path = _file(label, shared, laws, Path(folder))
            if path is not None:
                wanted = {(level, words) for level, words in label["headings"]}
                yield label["id"], _document(path), wanted, set(label["optional"])
        for name, (content, headings) in MADE.items() if turn == FIRST else ():
            path = Path(folder) / name
            path.write_bytes(content())
            yield name, _document(path), {(lv, short_hash(words)) for lv, words in headings}, set()


def _file(label: dict[str, str], shared: Path, laws: Path | None, folder: Path) -> Path | None:
    source, name = label["source"], label["id"]
    if source == "pdfs":
        return shared / "data" / "pdfs" / "pdf" / f"{name}.pdf"
    if source == "seeds":
        return shared / "seeds" / name
    if source == "laws":
        return laws / name if laws else None
    for line in (shared / "data" / "eval" / source / "docs.jsonl").read_text("utf-8").splitlines():
        if json.loads(line)["id"] == name:
            path = folder / "one.jsonl"
            path.write_text(line + "\n", "utf-8")
            return path
    raise SystemExit(f"{name} is not in {source}")


def _document(path: Path) -> Document:
    (document,) = (one for one in read_corpus(path) if isinstance(one, Document))
    return document


def main() -> None:
    """Print precision, recall and F1 of each document and of all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("shared", type=Path)
    parser.add_argument("--laws", type=Path)
    parser.add_argument("--misses", action="store_true", help="print what is wrong")
    parser.add_argument("--round", default=FIRST, help="first, blind-1, …")
    options = parser.parse_args()
    right = found = wanted = 0
    shares = []
    for name, document, labels, optional in labelled(options.shared, options.laws, options.round):
        named = {
            (heading.level, short_hash(heading.words)): heading.words
            for heading in document.outline
            if heading.title or heading.number.startswith("第")
        }
        read = {key for key in named if key[1] not in optional or key in labels}
        hits = read & labels
        all_of = len(read) + len(labels)
        shares.append(2 * len(hits) / all_of if all_of else 1.0)
        print(
            f"{shares[-1]:.3f}  {len(hits)} right of {len(read)} found, {len(labels)} wanted  {name[-30:]}"
        )
        if options.misses:
            for key in sorted(read - labels):
                print("    wrong:", key[0], named[key])
            for key in sorted(labels - read):
                print("    missed:", key)
        right, found, wanted = right + len(hits), found + len(read), wanted + len(labels)
    print(
        f"F1 {2 * right / (found + wanted):.3f} over {wanted} headings,"
        f" {sum(shares) / len(shares):.3f} a document, the lowest {min(shares):.3f}"
    )


if __name__ == "__main__":
    main()
