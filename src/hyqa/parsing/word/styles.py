"""What the styles of a Word document say of a paragraph: its heading level, its list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml import etree

from hyqa.parsing.blocks import TITLE

MAX_CHAIN = 20
"""Styles that a style is based on, one on another."""
BODY_LEVEL = 9
"""The outline level, counted from 0, that Word calls body text."""

_HEADING = re.compile(
    r"^(?:heading|标题|標題)\s*([1-9一二三四五六])(?:\b|\s|$)|^([1-9一二三四五六])级标题",
    re.IGNORECASE,
)
_TITLES = frozenset(("title", "标题", "標題", "文档标题", "公文标题"))
_CONTENTS = re.compile(r"^(?:toc|目录)\s*(?:\d|heading|标题)?", re.IGNORECASE)
_HAN = " 一二三四五六"


@dataclass(frozen=True, slots=True)
class Place:
    """A list by its number, and a level in it, from 0."""

    number: str
    depth: int


def _value(element: etree._Element | None, path: str) -> str | None:
    found = element.find(path) if element is not None else None
    value = None if found is None else found.get(qn("w:val"))
    return None if value is None else str(value)


def _path(*names: str) -> str:
    return "/".join(map(qn, names))


def _list_place(properties: etree._Element | None) -> tuple[str | None, str | None]:
    return (
        _value(properties, _path("w:numPr", "w:numId")),
        _value(properties, _path("w:numPr", "w:ilvl")),
    )


class Styles:
    """The paragraph styles of a document.

    Args:
        root: The root of its ``styles.xml``.
    """

    def __init__(self, root: etree._Element) -> None:
        self._styles = {
            style.get(qn("w:styleId"), ""): style for style in root.iterchildren(qn("w:style"))
        }

    def level(self, properties: etree._Element | None) -> int | None:
        """Return the level of a heading, ``TITLE`` for a title, None for other paragraphs."""
        own = _outline_level(properties)
        if own is not None:
            return own or None
        for style in self._chain(properties):
            name = (_value(style, qn("w:name")) or "").strip()
            if name.lower() in _TITLES:
                return TITLE
            if match := _HEADING.match(name):
                sign = match[1] or match[2]
                return int(sign) if sign.isdecimal() else _HAN.index(sign)
            outlined = _outline_level(style.find(qn("w:pPr")))
            if outlined is not None:
                return outlined or None
        return None

    def is_contents(self, properties: etree._Element | None) -> bool:
        """Return whether a paragraph is an entry of a table of contents."""
        style = next(self._chain(properties), None)
        return bool(_CONTENTS.match(_value(style, qn("w:name")) or ""))

    def place(self, properties: etree._Element | None) -> Place | None:
        """Return the list that a paragraph is an item of, if it is one."""
        number, depth = _list_place(properties)
        for style in self._chain(properties):
            if number is not None:
                break
            number, inherited = _list_place(style.find(qn("w:pPr")))
            depth = depth or inherited
        if number in (None, "0"):
            return None
        return Place(str(number), int(depth) if depth and depth.isdecimal() else 0)

    def _chain(self, properties: etree._Element | None) -> Iterator[etree._Element]:
        """Yield a paragraph's style, the one that it is based on, and so on."""
        name = _value(properties, qn("w:pStyle"))
        for _ in range(MAX_CHAIN):
            style = self._styles.get(name or "")
            if style is None:
                return
            yield style
            name = _value(style, qn("w:basedOn"))


def _outline_level(properties: etree._Element | None) -> int | None:
    """Return the level from 1 on; 0 for body text; None where nothing is said."""
    value = _value(properties, qn("w:outlineLvl"))
    if value is None or not value.isdecimal():
        return None
    return 0 if int(value) >= BODY_LEVEL else int(value) + 1
