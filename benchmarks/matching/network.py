"""The question matcher as a network to train."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from benchmarks.training.layers import Batch, Floats, UpperLayers
from hyqa.models.prompts import E5_PROMPTS, QUERY

MOST = 64
"""Tokens of an example; what exceeds them is cut off."""
_TOGETHER = 64


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the frozen layers give for each example; reckoned once."""

    hidden: Sequence[Tensor]

    def length(self, place: int) -> int:
        """How many tokens an example has."""
        return len(self.hidden[place])

    def of(self, places: Sequence[int]) -> Batch:
        """Some examples, padded to the longest of them."""
        chosen = [self.hidden[place] for place in places]
        length = max(len(one) for one in chosen)
        hidden = torch.zeros(len(chosen), length, chosen[0].shape[1])
        mask = torch.zeros(len(chosen), length, dtype=torch.bool)
        for row, one in enumerate(chosen):
            hidden[row, : len(one)] = one.float()
            mask[row, : len(one)] = True
        return Batch(hidden, mask)


class MatcherNetwork(UpperLayers):
    """Unit vectors of questions.

    Args:
        folder: what :func:`benchmarks.training.backbone.write_backbone` wrote.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))

    def learning(self) -> list[torch.nn.Parameter]:
        """The parameters that are trained."""
        return [one for one in self.encoder.parameters() if one.requires_grad]

    def tokens(self, texts: Sequence[str]) -> Tokens:
        """Run the frozen layers on texts."""
        ids = [self._tokenizer.encode(E5_PROMPTS[QUERY] + text).ids[:MOST] for text in texts]
        hidden: list[Tensor] = [torch.empty(0)] * len(ids)
        order = sorted(range(len(ids)), key=lambda place: len(ids[place]))
        for first in range(0, len(order), _TOGETHER):
            places = order[first : first + _TOGETHER]
            states = self.lower([ids[place] for place in places]).hidden
            for row, place in enumerate(places):
                hidden[place] = states[row, : len(ids[place])].to(torch.bfloat16)
        return Tokens(hidden)

    def encode(self, tokens: Tokens) -> Floats:
        """Unit vectors of all examples, of shape (examples, dimension)."""
        order = sorted(range(len(tokens.hidden)), key=lambda place: len(tokens.hidden[place]))
        vectors = np.zeros((len(order), self.encoder.config.hidden_size), np.float32)
        for first in range(0, len(order), _TOGETHER):
            places = order[first : first + _TOGETHER]
            with torch.no_grad():
                vectors[places] = self(tokens.of(places)).numpy()
        return vectors

    def forward(self, batch: Batch) -> Tensor:
        """Unit vectors of shape (examples, dimension)."""
        states = self.upper(batch)
        inside = batch.mask.float()[..., None]
        return F.normalize((states.float() * inside).sum(1) / inside.sum(1), dim=-1)
