"""How far the values reach that enter the bundled model's matrix products.

Casting needs these reaches to choose its scales. They were observed once, by a maintainer, on the weights that
come along (``python -m benchmarks.training.reaches``), and come along too. So no model is run to cast
one, and each processor casts the same.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from hyqa.models.bundled.trained import (
    MATCHING_WEIGHTS,
    PAIR_WEIGHTS,
    shipped_weights,
    tensors_of,
)
from hyqa.models.bundled.weights import PACKED_WEIGHTS, Floats, PackedWeights

REACHES_FILE = "reaches.safetensors"
"""In this folder."""
_OBSERVED_ON = "observed_on"
_LENGTH_BYTES = 8
"""Of the length of a safetensors file's head, with which it begins."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Least and greatest value of each column that enters a matrix product."""

    low: Floats
    high: Floats


Reaches = Mapping[str, Reach]
"""By the names of the places in the graph where they were observed, such as ``l0.context``."""


def checksums_of(weights: PackedWeights) -> dict[str, str]:
    """SHA-256 of each file of weights that a cast is made of, by its name."""
    trained = {name: shipped_weights(name) for name in (MATCHING_WEIGHTS, PAIR_WEIGHTS)}
    own = {name: sha256(stored).hexdigest() for name, stored in trained.items()}
    return {PACKED_WEIGHTS: weights.checksum(), **own}


def save_reaches(path: Path, reaches: Mapping[str, Reaches], checksums: Mapping[str, str]) -> None:
    """Write reaches by the names of the weights that they were observed on, whose checksums are kept."""
    tensors = {
        f"{name}/{site}": np.stack([reach.low, reach.high])
        for name, by_site in reaches.items()
        for site, reach in by_site.items()
    }
    # In one value, as the library writes several in any order, and the file has a checksum itself.
    save_file(tensors, path, metadata={_OBSERVED_ON: json.dumps(dict(checksums))})
    path.chmod(0o644)  # as the library leaves it, nobody else could read it


def load_reaches(stored: bytes, checksums: Mapping[str, str]) -> dict[str, dict[str, Reach]]:
    """Read what :func:`save_reaches` wrote.

    Args:
        stored: the file.
        checksums: of the weights that are to be cast, by their names.

    Raises:
        ValueError: when some were observed on other weights, or the file is damaged.
    """
    observed = observed_on(stored)
    for name, checksum in checksums.items():
        if observed.get(name) != checksum:
            raise ValueError(
                f"{name} is not the file of weights on which {REACHES_FILE} was observed:"
                " `python -m benchmarks.training.reaches` observes it anew"
            )
    reaches: dict[str, dict[str, Reach]] = {}
    for key, both in tensors_of(stored).items():
        name, _, site = key.partition("/")
        reaches.setdefault(name, {})[site] = Reach(*np.asarray(both, np.float32))
    return reaches


def observed_on(stored: bytes) -> dict[str, str]:
    """Checksums of the weights, by their names, that the reaches in a file were observed on."""
    length = int.from_bytes(stored[:_LENGTH_BYTES], "little")
    head = json.loads(stored[_LENGTH_BYTES : _LENGTH_BYTES + length])
    return dict(json.loads(head.get("__metadata__", {}).get(_OBSERVED_ON, "{}")))
