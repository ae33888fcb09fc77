"""Ask about documents that nothing was foreseen for: ``python -m benchmarks.quality.unforeseen INDEX``.

A document that a maintainer adds has no foreseen questions at first, and neither has any of another
region's corpus. So a fifth of the documents, drawn by a seed and each in both languages, is left
without: no question that leads to one of them, near misses included, is a key of the index. Then what
people typed without having read any document is asked, as far as they answer it; and the same once
more with nothing left out but its own wording. "Only these" are questions that no other document
answers; "not held" are typed questions that none answers, of which each that is shown is wrong.

A quote is right that shows the words somebody marked, or those of the same foreseen question or the same
figures in another document: what is right in other words counts as wrong, either way it is asked.

The figures are somewhat kind: the question matcher was trained on these very questions, those of the
documents that are left without included, and the reader's model was fitted on some of them. Parks and
chains keep their cells, too.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from random import Random

from tqdm import tqdm

from hyqa.engine import Engine
from hyqa.index.build import Index
from hyqa.maintenance.evaluation.leave_one_out import LeaveOneOut, Written
from hyqa.parsing.corpus.foreseen import read_foreseen
from hyqa.question.query import question_language
from hyqa.types import ForeseenQuestion, Language, Quote, Status, Trace

DAY = date(2026, 11, 29)
SHARE, SAMPLE, SEED = 5, 150, 17
"""One document in so many is left without, and at most so many questions are asked of each language."""
ASKED = "questions/asked/"
"""Where a corpus keeps what people typed who had read no document."""
TRANSLATED = "-en"
"""How the name of a document ends whose other one is Chinese."""
NAMES = {Language.CHINESE: "Chinese", Language.ENGLISH: "English"}
LEFT, BESIDE = "nothing", "other wordings"
"""What is foreseen: nothing for a fifth of the documents, or all but the question's own wording."""
COUNT = "count"
SHORTEST, SHORTEST_FIGURES = 4, 3
"""Characters of words, and of their figures together, that tell the same fact where another document
has them."""
FIGURE, SPACES = re.compile(r"\d+(?:\.\d+)?"), re.compile(r"[\s,，]")
OUTCOMES = ("document first", "shown rightly", "shown wrongly", "asked back", "refused")


@dataclass(frozen=True, slots=True)
class Asked:
    """A typed question.

    ``places`` are the words that answer it, and those that answer the same foreseen questions: the
    id of the document, start and end. ``words`` are the former, without spaces. ``only`` says that
    no document answers it but those left out.
    """

    text: str
    language: Language
    places: frozenset[tuple[str, int, int]]
    words: tuple[str, ...]
    only: bool


def group_of(document: str) -> str:
    """What a document shares with the one that says the same in the other language."""
    return str(PurePosixPath(document).with_suffix("")).removesuffix(TRANSLATED)


def drawn_groups(documents: Iterable[str], seed: int) -> frozenset[str]:
    """Draw one group of documents in ``SHARE``."""
    groups = sorted({group_of(one) for one in documents})
    return frozenset(Random(seed).sample(groups, len(groups) // SHARE))


def leading_to(questions: Iterable[Written], groups: frozenset[str]) -> frozenset[int]:
    """The numbers of all questions that lead to one of some groups, near misses included."""
    return frozenset(
        one.number for one in questions if any(group_of(name) in groups for name in one.documents)
    )


def without(engine: Engine, numbers: frozenset[int]) -> Engine:
    """An engine as if nobody had foreseen some questions."""
    index = engine.index
    return Engine(replace(index, foreseen=index.foreseen.without(numbers)), engine.encoder)


def outcomes(trace: Trace, asked: Asked) -> list[str]:
    """What became of a question: whether a right document is read first, and what is shown."""
    right = {document for document, _, _ in asked.places}
    first = [one.hit.chunk.document_id for one in trace.readings[:1]]
    told = [OUTCOMES[0]] if right.intersection(first) else []
    if trace.answer.quotes:
        held = any(_holds(quote, asked) for quote in trace.answer.quotes)
        return [*told, OUTCOMES[1] if held else OUTCOMES[2]]
    return [*told, OUTCOMES[3] if trace.answer.status is Status.CLARIFY else OUTCOMES[4]]


def _holds(quote: Quote, asked: Asked) -> bool:
    """Whether a quote shows words that answer, or elsewhere the same words or figures."""
    stands = any(
        quote.citation.document_id == document and quote.start < end and quote.end > start
        for document, start, end in asked.places
    )
    shown = _bare(quote.text)
    same = any(
        (len(words) >= SHORTEST and words in shown) or _holds_figures(words, shown)
        for words in asked.words
    )
    return stands or same


def _holds_figures(words: str, shown: str) -> bool:
    figures = FIGURE.findall(words)
    telling = sum(map(len, figures)) >= SHORTEST_FIGURES
    return telling and set(figures) <= set(FIGURE.findall(shown))


def unanswered_of(questions: Iterable[Written], typed: frozenset[str]) -> list[Asked]:
    """The typed questions that no document answers, each wording once."""
    found = {one.text for one in questions if one.text in typed and not one.answers}
    return [Asked(text, question_language(text), frozenset(), (), False) for text in sorted(found)]


def _bare(text: str) -> str:
    """A text without spaces and commas, which figures are written with and without."""
    return SPACES.sub("", text).lower()


def asked_of(
    index: Index, questions: Iterable[Written], typed: frozenset[str], groups: frozenset[str]
) -> list[Asked]:
    """The typed questions that some groups answer, each wording once."""
    documents = _documents(index)
    found: dict[str, Asked] = {}
    for one in questions:
        own = {group_of(documents[row]) for row in one.answers}
        if one.text in typed and own & groups:
            places = frozenset(
                (documents[row], start, end)
                for at, (first, last) in one.answers.items()
                for row, start, end in index.foreseen.same_answers([at], first, last)
            )
            words = tuple(
                _bare(index.store.document(documents[row]).text[start:end])
                for row, (start, end) in one.answers.items()
            )
            language = question_language(one.text)
            found[one.text] = Asked(one.text, language, places, words, own <= groups)
    return [*found.values()]


def _documents(index: Index) -> list[str]:
    """The document of each row."""
    chunks = index.store.chunks(list(range(index.store.chunk_count)))
    return [chunk.document_id for chunk in chunks]


def sampled(asked: Sequence[Asked], count: int, seed: int) -> list[Asked]:
    """At most so many of each language."""
    chosen: list[Asked] = []
    for language in Language:
        own = [one for one in asked if one.language is language]
        chosen += Random(seed).sample(own, min(count, len(own)))
    return chosen


def table(counts: Mapping[tuple[str, str], Counter[str]]) -> str:
    """A row for each kind of question and what was foreseen, as Markdown."""
    lines = [
        f"| questions | foreseen | {COUNT} | {' | '.join(OUTCOMES)} |",
        f"| --- | --- {'| ---: ' * (1 + len(OUTCOMES))}|",
    ]
    for (kind, condition), told in sorted(counts.items()):
        shares = (f"{told[one] / told[COUNT]:.2f}" for one in OUTCOMES)
        lines.append(f"| {kind} | {condition} | {told[COUNT]} | {' | '.join(shares)} |")
    return "\n".join(lines)


def measure(engine: Engine, corpus: Path, *, count: int, seed: int) -> str:
    """Ask with the documents left without, and with all but the question's own wording.

    Args:
        engine: over an index of the corpus with its foreseen questions.
        corpus: where the typed questions are.
        count: of questions asked of each language, at most.
        seed: draws documents and questions.

    Returns:
        What was left out, and the table.
    """
    questions = LeaveOneOut(engine, DAY).questions
    groups = drawn_groups(_documents(engine.index), seed)
    typed = frozenset(
        question.text
        for place, question in read_foreseen(corpus)
        if place.startswith(ASKED) and isinstance(question, ForeseenQuestion)
    )
    left = leading_to(questions, groups)
    bare = without(engine, left)
    counts: dict[tuple[str, str], Counter[str]] = {}
    answered = sampled(asked_of(engine.index, questions, typed, groups), count, seed)
    unanswered = sampled(unanswered_of(questions, typed), count, seed)
    for one in tqdm([*answered, *unanswered]):
        beside = without(engine, _same_wording(questions, one.text))
        for condition, asking in ((LEFT, bare), (BESIDE, beside)):
            told = outcomes(asking.trace(one.text, as_of=DAY), one)
            for kind in _kinds(one):
                counts.setdefault((kind, condition), Counter()).update([*told, COUNT])
    head = f"{len(groups)} documents, each in its languages, without their {len(left)} questions."
    return f"{head}\n\n{table(counts)}"


def _same_wording(questions: Iterable[Written], text: str) -> frozenset[int]:
    own = text.strip().lower()
    return frozenset(one.number for one in questions if one.text.strip().lower() == own)


def _kinds(one: Asked) -> list[str]:
    name = NAMES[one.language]
    if not one.places:
        return [f"{name}, not held"]
    return [name, f"{name}, only these"] if one.only else [name]


def main() -> None:
    """Measure an index."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("--corpus", type=Path, default=Path("docs_corpus"))
    parser.add_argument("--count", type=int, default=SAMPLE, help="questions of each language")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    engine = Engine.open(options.index)
    print(measure(engine, options.corpus, count=options.count, seed=options.seed))


if __name__ == "__main__":
    main()
