"""Fit what tells small talk from questions: ``python -m benchmarks.quality.small_talk --write``.

It is a linear classifier of how the bundled encoder reads a message. Examples of small talk are those
that an index has among its keys, and those of ``small_talk.jsonl``, where messages that look like it and
ask the documents something have the kind ``none``. So have follow-ups of conversations that were
written for training, and foreseen questions. What is printed is of ``small_talk_test.jsonl``, which was
written apart and is not fitted on; and of the last turns of the blind studies, of which few are
small talk.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

import hyqa.models.bundled
from hyqa.index.foreseen.small_talk import small_talk
from hyqa.models import Encoder, encode_asking, load_encoder
from hyqa.models.softmax import Softmax
from hyqa.question.query import make_query
from hyqa.question.small_talk import FILE, LEAST, NO_SMALL_TALK

HERE, ROOT = Path(__file__).parent, Path(__file__).parents[2]
EXAMPLES, TEST, STUDY = "small_talk.jsonl", "small_talk_test.jsonl", "study.jsonl"
TALKS = ROOT / "benchmarks" / "matching" / "talks.jsonl"
ASKED = ROOT / "docs_corpus" / "questions" / "asked"
QUESTIONS = 4000
"""Foreseen questions that are examples of what is to be looked up."""
STRENGTH = 100.0
"""Inverse of the penalty on weights: vectors have length 1, and differ little."""
PART = 500
"""Messages that are encoded at a time."""
Labelled = list[tuple[str, str]]
Vectors = NDArray[np.float32]


def main() -> None:
    """Fit the classifier, and say what it hears."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="put it into the package")
    options = parser.parse_args()
    encoder = load_encoder()
    messages, kinds = zip(*examples(), strict=True)
    vectors = encoded(encoder, messages)
    fitted = LogisticRegression(C=STRENGTH, max_iter=3000).fit(vectors, kinds)
    model = Softmax(
        tuple(map(str, fitted.classes_)),
        fitted.coef_.astype(np.float32),
        fitted.intercept_.astype(np.float32),
        {"encoder": encoder.name, "examples": len(kinds), "small talk": len(_talk(kinds))},
    )
    model = Softmax.from_json(model.to_json())  # as it is kept
    for name, labelled in (("test", _lines(TEST)), ("last turns of the studies", _last_turns())):
        texts, expected = zip(*labelled, strict=True)
        told = [[*model.probabilities(one).values()] for one in encoded(encoder, texts)]
        _tell(name, texts, expected, model.classes, np.array(told))
    if options.write:
        place = Path(str(hyqa.models.bundled.__file__)).parent / FILE
        place.write_text(model.to_json() + "\n", encoding="utf-8")


def examples() -> Labelled:
    """Messages with their kinds: small talk, and what is to be looked up."""
    chosen = random.Random(1)
    talk = [(text, topic.name) for topic in small_talk() for text in topic.wordings]
    turns = [json.loads(line)["turns"][-1] for line in _read(TALKS)]
    asked = [
        json.loads(line)["question"]
        for file in sorted(ASKED.glob("*.jsonl"))
        for line in _read(file)
    ]
    chosen.shuffle(asked)
    other = [(text, NO_SMALL_TALK) for text in (*turns, *asked[:QUESTIONS])]
    held = {text for text, _ in _lines(TEST)}
    found = dict([*other, *talk, *_lines(EXAMPLES)])
    return [(text, kind) for text, kind in found.items() if text not in held]


def encoded(encoder: Encoder, messages: Sequence[str]) -> Vectors:
    """How the encoder reads messages, of shape (messages, dimension)."""
    texts = [make_query(one).encoded for one in messages]
    parts = range(0, len(texts), PART)
    return np.vstack([encode_asking(encoder, texts[at : at + PART]) for at in parts])


def _tell(
    name: str,
    texts: Sequence[str],
    kinds: Sequence[str],
    classes: Sequence[str],
    told: NDArray[np.float64],
) -> None:
    """Print what is heard of small talk, by its kind and at all, and of what is none."""
    none = classes.index(NO_SMALL_TALK)
    heard = told[:, none] < 1 - LEAST
    others = told.copy()
    others[:, none] = 0
    best = [classes[place] for place in others.argmax(axis=1)]
    talk = np.array([kind != NO_SMALL_TALK for kind in kinds])
    right = np.array([one == kind for one, kind in zip(best, kinds, strict=True)])
    print(
        f"{name}: of {talk.sum()} heard {(heard & talk).sum()}, by its kind"
        f" {(heard & talk & right).sum()}; of {(~talk).sum()} others {(heard & ~talk).sum()}"
    )
    for place in np.flatnonzero(heard != talk).tolist():
        print(f"  {kinds[place]} -> {best[place]} {1 - told[place, none]:.2f}: {texts[place]}")


def _last_turns() -> Labelled:
    read = (json.loads(line) for line in _read(HERE / STUDY))
    return [
        (one["turns"][-1], NO_SMALL_TALK)
        for one in read
        if one["kind"] == "conversation" and one["held"] != "talk"
    ]


def _talk(kinds: Sequence[str]) -> list[str]:
    return [kind for kind in kinds if kind != NO_SMALL_TALK]


def _lines(name: str) -> Labelled:
    read = (json.loads(line) for line in _read(HERE / name))
    return [(one["text"], one["kind"]) for one in read]


def _read(path: Path) -> Iterator[str]:
    yield from path.read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    main()
