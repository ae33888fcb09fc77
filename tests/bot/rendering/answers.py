"""Answers to render, and what a person sees of them."""

from datetime import date

from standin.html import Seen, parse

from bot.languages import Tongue
from bot.rendering.answers import render
from hyqa import (
    Answer,
    Citation,
    Language,
    Metadata,
    Quote,
    Status,
)

META = Metadata(title="人才政策", issued="2025-07", url="https://example.org/?a=1&b=2")

CITATION = Citation("talent", META, heading_path=("补贴",))


def quote(text: str, citation: Citation = CITATION) -> Quote:
    return Quote(text, citation, 0, len(text))


def answered(*quotes: Quote) -> Answer:
    return Answer("?", "?", Status.ANSWERED, Language.CHINESE, 0.9, quotes)


def not_found(*nearest: Citation) -> Answer:
    return Answer("?", "?", Status.NOT_FOUND, Language.CHINESE, 0.1, nearest=nearest)


def seen(answer: Answer, tongue: Tongue = Tongue.SIMPLIFIED) -> list[Seen]:
    return [parse(message) for message in render(answer, tongue, as_of=date(2025, 11, 20))]
