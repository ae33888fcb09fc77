"""Train the pair reader: ``python -m benchmarks.pairs.train INDEX ASKED FOLDER --start WEIGHTS``.

INDEX, ASKED, ``--found`` and ``--talks`` are as for ``python -m benchmarks.quality.foresee``, and ASKED may
hold questions that were written for documents, too. The embeddings and lower layers stay the encoder's
own; the upper ones learn by cross-entropy whether a passage answers. With a fixed seed, half an hour a
pass on two cores; what is there of a run that was broken off is gone on from.
"""

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from random import Random

import torch
from torch import nn

import hyqa.models.bundled
from benchmarks.pairs.examples import Example, examples_of
from benchmarks.pairs.network import PairNetwork
from benchmarks.quality.examples import add_options, read_examples
from benchmarks.training.backbone import backbone
from benchmarks.training.reaches import observe_anew
from benchmarks.training.steps import train_by_steps
from hyqa.config import Settings
from hyqa.engine import Engine
from hyqa.models.bundled import model_folder
from hyqa.models.bundled.trained import PAIR_WEIGHTS, pack
from hyqa.models.unigram import UnigramTokenizer

SEED = 0
TOGETHER = 32
"""Pairs of a step."""
RATE, HEAD_RATE = 6e-5, 1e-3
SPREAD = 12
"""Tokens by which the lengths of a step's pairs may differ."""


def main() -> None:
    """Train, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_options(parser)
    parser.add_argument("folder", type=Path, help="where checkpoints and weights go")
    parser.add_argument("--start", type=Path, required=True, help="weights to begin with")
    parser.add_argument(
        "--unread", type=Path, help="a file of questions to leave out: to measure on"
    )
    parser.add_argument("--passes", type=int, default=2)
    parser.add_argument("--rate", type=float, default=RATE, help="at which the layers are trained")
    parser.add_argument("--write", action="store_true", help="put the weights into the package")
    options = parser.parse_args()
    torch.manual_seed(SEED)
    options.folder.mkdir(parents=True, exist_ok=True)
    folder = model_folder(Settings.from_environment().cache)
    engine, encode = Engine.open(options.index), UnigramTokenizer.load(folder).encode
    examples = read_examples(options, engine)
    unread = options.unread.read_text("utf-8").splitlines() if options.unread else []
    found = [*examples.typed, *examples.talks]
    pairs = examples_of(engine, encode, found, frozenset(unread), SEED)
    with backbone() as weights:
        network = PairNetwork(weights, options.start)
    train(network, pairs, options.passes, options.folder / "checkpoint.pt", options.rate)
    pack(network.trained(), options.folder / PAIR_WEIGHTS)
    if options.write:
        pack(network.trained(), Path(hyqa.models.bundled.__file__).parent / PAIR_WEIGHTS)
        observe_anew()


def train(
    network: PairNetwork,
    examples: Sequence[Example],
    passes: int,
    checkpoint: Path,
    rate: float = RATE,
) -> None:
    """Train on examples; goes on from a checkpoint, if there is one.

    Args:
        network: its upper layers and its head are trained.
        examples: in any order.
        passes: how often each is learnt from.
        checkpoint: a file that is written now and then.
        rate: at which the layers are trained.
    """
    steps = [batch for number in range(passes) for batch in batches(examples, number)]
    layers, head = network.learning()
    groups = [(layers, rate), (head, HEAD_RATE)]
    train_by_steps(network, groups, steps, partial(_loss, network), checkpoint)


def batches(examples: Sequence[Example], number: int) -> list[list[Example]]:
    """The steps of a pass: pairs of like length, in an order that the pass's seed gives."""
    rng = Random(SEED + number)
    order = sorted(examples, key=lambda one: len(one.ids) + rng.random() * SPREAD)
    steps = [list(order[at : at + TOGETHER]) for at in range(0, len(order), TOGETHER)]
    rng.shuffle(steps)
    return steps


def _loss(network: PairNetwork, batch: Sequence[Example]) -> torch.Tensor:
    answers = torch.tensor([float(one.answers) for one in batch])
    weights = torch.tensor([one.weight for one in batch])
    logits = network([one.ids for one in batch])
    losses = nn.functional.binary_cross_entropy_with_logits(logits, answers, reduction="none")
    return (losses * weights).sum() / weights.sum()


if __name__ == "__main__":
    main()
