"""Measure hyqa and other systems side by side, and write their table.

    python -m benchmarks.peers SETS [--readme]

SETS is a folder with ncp_policy/ and xquad_en_zh/; the shipped corpus is asked the golden
questions. README.md beside this file tells how to make the environment that this runs in.
"""

import argparse
import json
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from benchmarks.peers import haystack_peer, llamaindex, txtai_peer
from benchmarks.peers.contest import Corpus, Maker, Passage, Question, read_golden, read_set
from benchmarks.peers.ours import Hyqa
from benchmarks.vectors import cached_encoder
from hyqa.models import Encoder

ROOT = Path(__file__).parents[2]
README = Path(__file__).parent / "README.md"
RESULTS = Path(__file__).parent / "results.json"
START, END = "<!-- table -->", "<!-- end of table -->"
SYSTEMS: dict[str, Maker] = {
    "LlamaIndex": llamaindex.ordinary,
    "LlamaIndex, Chinese": llamaindex.chinese,
    "Haystack": haystack_peer.ordinary,
    "Haystack, Chinese": haystack_peer.chinese,
    "txtai": txtai_peer.ordinary,
    "txtai, Chinese": txtai_peer.chinese,
}
Search = Callable[[str], Sequence[Passage]]


@dataclass(frozen=True, slots=True)
class Row:
    """Figures of one system on one set; shares are 0 to 1, ``milliseconds`` of a whole question."""

    set: str
    system: str
    questions: int
    first: float
    five: float
    answer_in_first: float
    characters: float
    milliseconds: float


def measure(name: str, system: str, questions: Sequence[Question], search: Search) -> Row:
    """Ask all questions of one system, one after the other."""
    search(questions[0].text)  # what is loaded at the first question is not the question's
    first = five = answered = 0
    characters: list[int] = []
    seconds: list[float] = []
    for question in questions:
        start = time.perf_counter()
        found = search(question.text)
        seconds.append(time.perf_counter() - start)
        ids = list(dict.fromkeys(passage.document_id for passage in found))
        first += bool(question.document_ids.intersection(ids[:1]))
        five += bool(question.document_ids.intersection(ids[:5]))
        answered += bool(found) and question.answered_in(found[0].text)
        characters += [len(found[0].text)] if found else []
    count = len(questions)
    return Row(
        name,
        system,
        count,
        first / count,
        five / count,
        answered / count,
        median(characters) if characters else 0.0,
        1000 * median(seconds),
    )


def contest(
    name: str, path: Path, asked: Iterable[Question], encoder: Encoder, into: list[Row]
) -> None:
    """Ask every system the same questions about the same corpus."""
    questions = list(asked)
    corpus = Corpus.read(path)
    ours = Hyqa(path, encoder)
    searches: dict[str, Search] = {"hyqa, retrieval": ours.found, "hyqa, whole": ours.search}
    for system, make in SYSTEMS.items():
        searches[system] = make(corpus, encoder).search
    for system, search in searches.items():
        into.append(measure(name, system, questions, search))
        print(into[-1], flush=True)


def table(rows: Sequence[Row]) -> str:
    """A Markdown table."""
    lines = [
        "| set | system | right document first | among five | answer in the first text"
        " | median characters of it | milliseconds a whole question |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {row.set} | {row.system} | {row.first:.2f} | {row.five:.2f} | {row.answer_in_first:.2f}"
        f" | {row.characters:.0f} | {row.milliseconds:.1f} |"
        for row in rows
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure all, store the results, print the table, and write it into the README."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("sets", type=Path)
    parser.add_argument("--readme", action="store_true", help="write the table into README.md")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    encoder = cached_encoder()
    rows: list[Row] = []
    xquad, policy = options.sets / "xquad_en_zh", options.sets / "ncp_policy"
    golden = read_golden(ROOT / "tests" / "golden" / "questions.jsonl")
    contest("shipped corpus", ROOT / "docs_corpus", golden, encoder, rows)
    for name, folder, key in (
        ("xquad_en_zh, English questions", xquad, "question"),
        ("xquad_en_zh, Chinese questions", xquad, "question_zh"),
        ("ncp_policy", policy, "question"),
    ):
        asked = read_set(folder / "questions.jsonl", key)
        contest(name, folder / "docs.jsonl", asked, encoder, rows)
    RESULTS.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", "utf-8")
    text = table(rows)
    print(text)
    if options.readme:
        before, rest = README.read_text("utf-8").split(START)
        README.write_text(f"{before}{START}\n{text}\n{END}{rest.split(END)[1]}", "utf-8")


if __name__ == "__main__":
    main()
