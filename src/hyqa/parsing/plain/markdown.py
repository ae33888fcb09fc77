"""Markdown files, with YAML front matter."""

import re
from collections.abc import Iterator, Mapping, Sequence

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from hyqa.parsing.blocks import Block, Parsed, assemble, mark_title
from hyqa.parsing.characters import clean_text
from hyqa.parsing.lines import join_lines
from hyqa.parsing.plain.decoding import decode
from hyqa.types.errors import ParseError

MAX_FRONT_MATTER = 64_000
"""Characters of front matter: a page of fields takes a few hundred, and YAML is slow to read."""

_FRONT_MATTER = re.compile(
    r"\A---[ ]*\n(.*?)^(?:---|\.\.\.)[ ]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_TAG = re.compile(r"<!--(?:.*?-->|.*\Z)|<[^<>]*>", re.DOTALL)
"""A tag, or a comment, which reaches to the end where it is not closed, as in a browser: looking
for the end of each of many would take the square of their number."""


def split_front_matter(raw: str) -> tuple[Mapping[str, object], str]:
    """Return the fields of the front matter, empty where there is none, and the rest.

    Values are strings as they are written: YAML's own reading turns 2025-1 and 010 into
    something else. What is not a single value stays what it is, for a later check.

    Raises:
        ParseError: It is no YAML, or not a list of fields.
    """
    match = _FRONT_MATTER.match(raw)
    if not match:
        return {}, raw
    if len(match[1]) > MAX_FRONT_MATTER:
        raise ParseError(f"its front matter is longer than {MAX_FRONT_MATTER} characters")
    try:
        fields = yaml.load(match[1], Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ParseError(f"its front matter is not valid YAML: {_where(error)}") from error
    if fields not in (None, "") and not isinstance(fields, dict):
        raise ParseError("its front matter is not a list of fields such as `title: …`")
    return fields or {}, raw[match.end() :]


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it cannot be read"
    return f"{problem} in line {mark.line + 2}" if mark else str(problem)


def _inline(token: Token) -> Iterator[str]:
    """Yield the visible words of a line of Markdown; a newline where it breaks."""
    for child in token.children or ():
        if child.type == "image":
            yield from _inline(child)
        elif child.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif child.type == "html_inline":
            yield "\n" if child.content.lower().startswith("<br") else ""
        else:
            yield child.content


def _lines(token: Token) -> list[str]:
    return [line for line in "".join(_inline(token)).split("\n") if line.strip()]


def _joined(token: Token) -> str:
    return join_lines([line.strip() for line in _lines(token)])[0]


def _verbatim(token: Token) -> list[Block]:
    content = _TAG.sub("", token.content) if token.type == "html_block" else token.content
    return [Block(line) for line in content.split("\n")]


class _Reader:
    """Turns a stream of Markdown tokens into blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._level: int | None = None
        self._marker = ""
        self._cells: list[str] | None = None

    def read(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.type == "inline":
                self._words(token)
            elif token.type in ("code_block", "fence", "html_block"):
                self.blocks += _verbatim(token)
            else:
                self._structure(token)

    def _words(self, token: Token) -> None:
        if self._cells is not None:
            self._cells.append(_joined(token))
            return
        self.blocks.append(Block(self._marker + _joined(token), self._level))
        self._marker = ""

    def _structure(self, token: Token) -> None:
        if token.type == "heading_open":
            self._level = int(token.tag[1:])
        elif token.type == "heading_close":
            self._level = None
        elif token.type == "list_item_open":
            self._marker = f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "list_item_close":
            self._marker = ""
        elif token.type == "tr_open":
            self._cells = []
        elif token.type == "tr_close":
            self.blocks.append(Block(" | ".join(filter(None, self._cells or ()))))
            self._cells = None


def parse_markdown(data: bytes) -> Parsed:
    """Return the reading text of a Markdown file, without its marks and addresses.

    Raises:
        ParseError: It cannot be decoded, its front matter is wrong, or there is no text.
    """
    declared, body = split_front_matter(clean_text(decode(data)))
    reader = _Reader()
    reader.read(MarkdownIt("commonmark").enable("table").parse(body))
    title = declared.get("title")
    blocks, found = mark_title(reader.blocks, title if isinstance(title, str) else "")
    return assemble(blocks, found={"title": found}, declared=declared)
