"""Training in steps, which goes on from where it was broken off."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import torch
from torch import Tensor, nn
from tqdm import tqdm

from benchmarks.training.layers import UpperLayers

DECAY, WARM_UP = 0.01, 0.05
_LEAST = 0.02
"""Share of the rate that is left at the end."""
_BETWEEN = 100
"""Steps from one checkpoint to the next."""
Step = TypeVar("Step")
Group = tuple[Sequence[nn.Parameter], float]
"""Parameters, and the rate at which they are trained."""


def train_by_steps(
    network: UpperLayers,
    groups: Sequence[Group],
    steps: Sequence[Step],
    loss_of: Callable[[Step], Tensor],
    checkpoint: Path,
) -> None:
    """Train by AdamW at rates that grow at first and then fall; goes on from a checkpoint, if there is one.

    Args:
        network: is trained.
        groups: all its parameters that are.
        steps: what is learnt from, in order.
        loss_of: the loss of a step.
        checkpoint: a file that is written now and then.
    """
    parameters = [one for group, _ in groups for one in group]
    optimizer = torch.optim.AdamW(
        [{"params": list(group), "lr": rate} for group, rate in groups], weight_decay=DECAY
    )
    warm = max(1, int(WARM_UP * len(steps)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / warm, max(_LEAST, (len(steps) - step) / (len(steps) - warm))),
    )
    kept: dict[str, Any] = {"optimizer": optimizer, "schedule": schedule}
    done = _resumed(network, kept, checkpoint)
    network.train()
    for number in tqdm(range(done, len(steps)), initial=done, total=len(steps)):
        loss = loss_of(steps[number])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        schedule.step()
        if (number + 1) % _BETWEEN == 0:
            state = {name: one.state_dict() for name, one in kept.items()}
            tensors = network.trained_tensors()
            torch.save({"network": tensors, "done": number + 1, **state}, checkpoint)
            print(f"{time.strftime('%H:%M')} step {number + 1}: {loss.item():.3f}", flush=True)
    network.eval()


def _resumed(network: UpperLayers, kept: dict[str, Any], checkpoint: Path) -> int:
    """Take up what a checkpoint holds; gives how many steps were done."""
    if not checkpoint.exists():
        return 0
    state = torch.load(checkpoint, weights_only=True)
    network.load_state_dict(state["network"], strict=False)
    for name, one in kept.items():
        one.load_state_dict(state[name])
    return int(state["done"])
