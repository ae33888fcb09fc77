"""What arrives at the stand-in, what a person sees of it, and what is refused."""

from dataclasses import dataclass, field
from typing import Any

from standin.html import Seen


@dataclass(frozen=True)
class Call:
    """A call that arrived, and how it was answered."""

    method: str
    parameters: dict[str, Any]
    status: int


@dataclass(frozen=True)
class Sent:
    """A message of the bot: what was sent, and what a person sees of it."""

    chat_id: int
    source: str
    seen: Seen
    parameters: dict[str, Any]
    message_id: int = 0
    at: float = 0.0

    @property
    def buttons(self) -> dict[str, str]:
        """Data or address of each button by its label."""
        rows = self.parameters.get("reply_markup", {}).get("inline_keyboard", [])
        return {
            one["text"]: one.get("callback_data") or one.get("url") for row in rows for one in row
        }


@dataclass
class Failure:
    """A refusal to come, of one method or of all."""

    status: int
    description: str
    parameters: dict[str, Any] = field(default_factory=dict)
    method: str = ""


class TelegramError(Exception):
    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.description)
        self.failure = failure


def too_many(retry_after: int, method: str) -> Failure:
    """The refusal of a call that came too fast."""
    description = f"Too Many Requests: retry after {retry_after}"
    return Failure(429, description, {"retry_after": retry_after}, method)


def refusal(failure: Failure) -> tuple[int, dict[str, Any]]:
    """Status and body of the answer to a call that is refused."""
    answer: dict[str, Any] = {
        "ok": False,
        "error_code": failure.status,
        "description": failure.description,
    }
    if failure.parameters:
        answer["parameters"] = failure.parameters
    return failure.status, answer
