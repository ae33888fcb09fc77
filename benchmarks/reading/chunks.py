"""Measure how wide the chunks of question sets' documents are, and where they begin and end.

python -m benchmarks.reading.chunks SETS [--only NAME …]
"""

import argparse
from pathlib import Path

from hyqa.index.chunking import chunk_document, text_width
from hyqa.parsing import read_corpus
from hyqa.types import Document

_RANKS = (0.05, 0.25, 0.5, 0.75, 0.95, 1.0)


def main() -> None:
    """Print widths in Chinese characters by rank, and shares of chunks that begin and end well."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("sets", type=Path)
    parser.add_argument("--only", nargs="*", help="names of the sets to measure; all by default")
    options = parser.parse_args()
    for path in sorted(options.sets.glob("*/docs.jsonl")):
        if options.only and path.parent.name not in options.only:
            continue
        documents = [one for one in read_corpus(path) if isinstance(one, Document)]
        made = [(one, chunk) for one in documents for chunk in chunk_document(one)]
        widths = sorted(text_width(chunk.text) for _, chunk in made)
        ranks = ", ".join(
            f"{rank:.0%} {widths[int(rank * (len(widths) - 1))]:.0f}" for rank in _RANKS
        )
        heads = sum(chunk.start in {h.start for h in one.outline} for one, chunk in made)
        ended = sum(chunk.text[-1] in "。！？；.!?;”’」』）)\"'" for _, chunk in made)
        led = sum(chunk.lead is not None for _, chunk in made)
        print(f"{path.parent.name}: {len(made)} chunks, width {ranks}; begin at a heading {heads},")
        print(
            f"  under a heading {sum(bool(chunk.heading_path) for _, chunk in made)}, end as a"
            f" sentence does {ended}, have a list's lead {led}"
        )


if __name__ == "__main__":
    main()
