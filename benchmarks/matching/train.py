"""Train the question matcher: ``python -m benchmarks.matching.train INDEX FOLDER --write``.

The embeddings and lower layers stay the encoder's own; the upper ones learn, by comparing the examples
of a batch with each other (InfoNCE: van den Oord et al., arXiv 1807.03748), that those with a fact in
common are near and all others are not. A batch holds documents that are like each other, so that it
teaches what tells them apart. With a fixed seed, ten minutes on two cores.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

import hyqa.models.bundled
from benchmarks.matching.examples import TALKS, Example, read_examples
from benchmarks.matching.network import MatcherNetwork
from benchmarks.training.backbone import backbone
from benchmarks.training.reaches import observe_anew
from benchmarks.training.steps import train_by_steps
from hyqa.models.bundled.trained import MATCHING_WEIGHTS, pack
from hyqa.text.scripts import simplify

SEED = 0
EPOCHS = 4
RATE = 5e-5
TEMPERATURE = 0.03
TOGETHER = 48
"""Examples of a batch that are run at once."""
SAME = 0.965
"""Cosine in the encoder before training from which two questions may ask the same though nobody said so:
they are not pushed apart."""
NEAR_GROUPS, OTHER_GROUPS = 6, 6
"""Groups of a batch: some that are like each other, and some others."""
PAIRS, MISSES, TOPICS = 4, 2, 6
"""Of each group's facts so many pairs of questions, and so many near misses; wordings of so many topics."""
Floats = NDArray[np.float32]


def main() -> None:
    """Train, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path, help="whose foreseen questions are the examples")
    parser.add_argument("folder", type=Path, help="where checkpoints and weights go")
    parser.add_argument(
        "--without", type=Path, help="a file of questions, one a line, to leave out: to measure on"
    )
    parser.add_argument("--talks", type=Path, default=TALKS, help="conversations to learn from")
    parser.add_argument("--write", action="store_true", help="put the weights into the package")
    options = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    options.folder.mkdir(parents=True, exist_ok=True)
    examples = read_examples(options.index, options.talks)
    if options.without:
        left_out = set(map(simplify, options.without.read_text("utf-8").lower().splitlines()))
        examples = [one for one in examples if one.text.lower() not in left_out]
    with backbone() as folder:
        network = MatcherNetwork(folder)
    train(network, examples, options.folder / "checkpoint.pt")
    pack(network.trained(), options.folder / MATCHING_WEIGHTS)
    if options.write:
        package = Path(hyqa.models.bundled.__file__).parent
        pack(network.trained(), package / MATCHING_WEIGHTS)
        observe_anew()


def train(network: MatcherNetwork, examples: Sequence[Example], checkpoint: Path) -> None:
    """Train on examples; goes on from a checkpoint, if there is one.

    Args:
        network: its upper layers are trained.
        examples: in any order.
        checkpoint: a file that is written now and then.
    """
    tokens = network.tokens([one.text for one in examples])
    before = network.encode(tokens)
    steps = [batch for epoch in range(EPOCHS) for batch in batches(examples, before, epoch)]

    def loss_of(step: Sequence[int]) -> Tensor:
        batch = sorted(step, key=tokens.length)
        # Parts of like length save most of the padding.
        parts = [batch[first : first + TOGETHER] for first in range(0, len(batch), TOGETHER)]
        return contrast(
            torch.cat([network(tokens.of(part)) for part in parts]),
            torch.tensor(before[batch]),
            [examples[place].facts for place in batch],
        )

    train_by_steps(network, [(network.learning(), RATE)], steps, loss_of, checkpoint)


def contrast(vectors: Tensor, before: Tensor, facts: Sequence[frozenset[int]]) -> Tensor:
    """The loss of a batch.

    Args:
        vectors: unit vectors of shape (examples, dimension).
        before: the same as the encoder gave them before training.
        facts: what answers each.
    """
    count = len(facts)
    alike = torch.tensor([[bool(one & other) for other in facts] for one in facts])
    own = torch.eye(count, dtype=torch.bool)
    same = alike & ~own
    unsure = (before @ before.T > SAME) & ~alike
    scores = (vectors @ vectors.T / TEMPERATURE).masked_fill(own | unsure, -1e4)
    shares = scores - torch.logsumexp(scores, 1, keepdim=True)
    told = torch.where(same, shares, torch.zeros(())).sum(1) / same.sum(1).clamp(min=1)
    return -told[same.any(1)].mean()


def batches(examples: Sequence[Example], before: Floats, epoch: int) -> Iterator[list[int]]:
    """Places of the examples of each batch, in an order that the epoch's seed gives."""
    rng = Random(SEED + epoch)
    shelves, alone, topics = _sorted(examples, rng)
    pieces = [
        (group, pairs[first : first + PAIRS])
        for group, pairs in shelves.items()
        for first in range(0, len(pairs), PAIRS)
    ]
    rng.shuffle(pieces)
    means = {
        group: before[[place for pair in pairs for place in pair]].mean(0)
        for group, pairs in shelves.items()
    }
    vectors = np.stack([means[group] for group, _ in pieces])
    left = np.ones(len(pieces), dtype=bool)
    for first in range(len(pieces)):
        if not left[first]:
            continue
        nearness = np.where(left, vectors @ vectors[first], -np.inf)
        chosen = [int(at) for at in np.argsort(-nearness)[:NEAR_GROUPS] if left[at]]
        left[chosen] = False
        others = np.flatnonzero(left).tolist()
        chosen += rng.sample(others, min(OTHER_GROUPS, len(others)))
        left[chosen] = False
        batch: list[int] = []
        for group, pairs in (pieces[at] for at in chosen):
            misses = alone.get(group, [])
            batch += [place for pair in pairs for place in pair]
            batch += rng.sample(misses, min(MISSES, len(misses)))
        for topic in rng.sample(sorted(topics), min(TOPICS, len(topics))):
            batch += rng.sample(topics[topic], 2)
        yield list(dict.fromkeys(batch))


def _sorted(
    examples: Sequence[Example], rng: Random
) -> tuple[dict[str, list[list[int]]], dict[str, list[int]], dict[str, list[int]]]:
    """Pairs with a fact in common and lone examples, by their groups, and wordings by their topics."""
    by_fact: dict[int, list[int]] = {}
    for place, one in enumerate(examples):
        for fact in sorted(one.facts):
            by_fact.setdefault(fact, []).append(place)
    shelves: dict[str, list[list[int]]] = {}
    alone: dict[str, list[int]] = {}
    topics: dict[str, list[int]] = {}
    for places in by_fact.values():
        group = examples[places[0]].group
        if group.startswith("topic "):
            topics[group] = places
        elif len(places) == 1:
            alone.setdefault(group, []).extend(places)
        else:
            mixed = rng.sample(places, len(places))
            pairs = [mixed[first : first + 2] for first in range(0, len(mixed) - 1, 2)]
            shelves.setdefault(group, []).extend(pairs)
    for pairs in shelves.values():
        rng.shuffle(pairs)
    return shelves, alone, {name: places for name, places in topics.items() if len(places) > 1}


if __name__ == "__main__":
    main()
