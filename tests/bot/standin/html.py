"""Telegram's HTML as its servers read it: into what a person sees, or a refusal."""

import html
import re
from dataclasses import dataclass, replace
from typing import NamedTuple

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_TOKEN = re.compile(r"<(/?)([^\s<>/]*)([^<>]*)>|<|&[^\s<>&;]*;?|[^<&]+", re.DOTALL)
_ATTRIBUTE = re.compile(r"""\s+([a-z-]+)(?:=(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.-]+)))?""")
_NAMED = ("&lt;", "&gt;", "&amp;", "&quot;")
# Telegram writes control characters as spaces, and drops these marks of direction and line.
_CLEANED = {code: " " for code in range(32) if chr(code) != "\n"} | {
    code: "" for code in (13, *range(0x2028, 0x202F))
}


class BadHtml(Exception):
    """What Telegram answers with status 400."""


@dataclass(frozen=True)
class Entity:
    """A stretch of a message that looks different; offsets and lengths in UTF-16 units."""

    kind: str
    offset: int
    length: int
    url: str = ""


@dataclass(frozen=True)
class Seen:
    """What a person sees of a message."""

    text: str
    entities: tuple[Entity, ...] = ()

    def stretches(self, *kinds: str) -> list[str]:
        """The texts that entities of these kinds cover."""
        raw = self.text.encode("utf-16-le")
        return [
            raw[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le")
            for entity in self.entities
            if entity.kind in kinds
        ]

    @property
    def quotes(self) -> list[str]:
        """The texts of the blockquotes, folded or not."""
        return self.stretches("blockquote", "expandable_blockquote")

    @property
    def links(self) -> list[str]:
        return [entity.url for entity in self.entities if entity.kind == "text_link"]

    @property
    def units(self) -> int:
        return units(self.text)


class _Open(NamedTuple):
    tag: str
    attributes: dict[str, str]
    offset: int


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def received(source: str) -> Seen:
    """Read HTML the way a message arrives: cleaned, and without blanks at its end."""
    return _trimmed(parse(source.translate(_CLEANED)))


def parse(source: str) -> Seen:
    """Read HTML; every character of its text stays."""
    text, entities, stack = "", list[Entity](), list[_Open]()
    for match in _TOKEN.finditer(source):
        token = match[0]
        if not token.startswith("<"):
            text += _decoded(token) if token.startswith("&") else token
        elif match[2] is None:
            raise BadHtml("Can't parse entities: unclosed start tag")
        elif match[1]:
            entities += _closed(stack, match[2] + match[3], text)
        else:
            stack.append(_opened(stack, match[2].lower(), match[3], units(text)))
    if stack:
        raise BadHtml(f"Can't parse entities: can't find end tag of \"{stack[-1].tag}\"")
    return Seen(text, tuple(sorted(entities, key=lambda one: (one.offset, -one.length))))


def _decoded(token: str) -> str:
    """Resolve the few entities that Telegram knows; all else stays as it stands."""
    known = token in _NAMED or re.fullmatch(r"&#(\d+|x[0-9a-fA-F]+);", token)
    return html.unescape(token) if known else token


def _opened(stack: list[_Open], tag: str, rest: str, offset: int) -> _Open:
    if tag not in KINDS:
        raise BadHtml(f'Can\'t parse entities: unsupported start tag "{tag}"')
    if tag == "blockquote" and any(outer.tag == "blockquote" for outer in stack):
        raise BadHtml("Can't parse entities: blockquotes can't be nested")
    attributes = _attributes(tag, rest)
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise BadHtml('Can\'t parse entities: tag "span" must have class "tg-spoiler"')
    return _Open(tag, attributes, offset)


def _attributes(tag: str, rest: str) -> dict[str, str]:
    if _ATTRIBUTE.sub("", rest).strip():
        raise BadHtml(f'Can\'t parse entities: bad attributes of the tag "{tag}"')
    return {
        match[1]: html.unescape(match[2] or match[3] or match[4] or "")
        for match in _ATTRIBUTE.finditer(rest)
    }


def _closed(stack: list[_Open], tag: str, text: str) -> list[Entity]:
    """Close the innermost tag; one that covers nothing leaves nothing."""
    if not stack:
        raise BadHtml(f'Can\'t parse entities: unexpected end tag "{tag}"')
    opened = stack.pop()
    if tag.strip().lower() != opened.tag:
        raise BadHtml(f'Can\'t parse entities: expected "</{opened.tag}>", found "</{tag}>"')
    length = units(text) - opened.offset
    url = opened.attributes.get("href", "")
    if not length or (opened.tag == "a" and not re.match(r"(https?|tg)://\S+", url)):
        return []
    folded = "expandable_" if "expandable" in opened.attributes else ""
    return [Entity(folded + KINDS[opened.tag], opened.offset, length, url)]


def _trimmed(seen: Seen) -> Seen:
    text = seen.text.rstrip(" \n")
    end = units(text)
    cut = (
        replace(entity, length=min(entity.length, end - entity.offset)) for entity in seen.entities
    )
    return Seen(text, tuple(entity for entity in cut if entity.length > 0))
