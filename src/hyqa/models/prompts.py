"""The words that a model was trained to see before a question or a passage."""

from collections.abc import Mapping
from pathlib import Path

QUERY, DOCUMENT = "query", "document"
E5_PROMPTS = {QUERY: "query: ", DOCUMENT: "passage: "}
"""E5 models were trained with these; not all copies carry them."""


def prompts_of(model: str, stored: Mapping[str, str]) -> dict[str, str]:
    """Give a model's own prompts, or those of its family where it stores none.

    Args:
        model: name or path.
        stored: what its files say.
    """
    if "e5" in Path(model).name.lower() and not any(stored.values()):
        return dict(E5_PROMPTS)
    return dict(stored)
