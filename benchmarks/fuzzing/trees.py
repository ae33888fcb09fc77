"""Mutating XML as a tree, so that it stays well-formed and what reads its meaning is reached."""

import random
from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

MAX_ELEMENTS = 5_000
"""Elements of the largest tree: copies of copies grow fast."""

_VALUES = (
    "", "0", "1", "-1", "2", "9", "99999999999", "true", "off", "A1", "A1:XFD1048576", "B2:A1",
    "restart", "Heading1", "标题 1", "nowhere", "General", '#,##0.00"元"', "yyyy-mm-dd", "0.0%", "s",
    "inlineStr", "str", "e", "b", "hidden", "veryHidden", "decimal", "chineseCounting", "%1、", "NaN", "1e309",
)  # fmt: skip
_TEXTS = (
    "", " ", "第一章 总则", "一、", "（一）", "1.", "附件1", "自2025年1月1日起施行", "字" * 200, "-1", "1e309", "45000",
    "0.1", "99999", "\u2028", "\u3000", "\ufffd", "|", "A1&B1",
)  # fmt: skip


def mutate_tree(part: bytes, chance: random.Random) -> bytes | None:
    """Returns a part of a document with some elements changed; None where it is no XML."""
    try:
        root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        nodes = [node for node in root.iter() if isinstance(node.tag, str)]
        _change(chance.choice(nodes), nodes, chance)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written


def _change(
    node: "etree._Element", nodes: Sequence["etree._Element"], chance: random.Random
) -> None:
    parent, other = node.getparent(), chance.choice(nodes)
    way = chance.randrange(7)
    if way == 0 and parent is not None:
        parent.remove(node)
    elif way in (1, 2) and parent is not None:
        copies = chance.choice((1, 1, 3, 50)) if way == 1 else 1
        place = node if way == 1 else other
        for _ in range(min(copies, max(0, MAX_ELEMENTS - len(nodes)))):
            (place.getparent() if way == 1 else place).append(deepcopy(node))
    elif way == 3:
        node.text = chance.choice(_TEXTS)
    elif way == 4:
        node.tag = other.tag
    else:
        names = [*node.attrib, *other.attrib]
        if names:
            node.set(chance.choice(names), chance.choice(_VALUES))
