"""Plain text files."""

from hyqa.parsing.blocks import TITLE, Block, Parsed, assemble
from hyqa.parsing.characters import clean_line, clean_text
from hyqa.parsing.headings import guess_headings, looks_like_title
from hyqa.parsing.lines import paragraphs
from hyqa.parsing.plain.decoding import decode


def parse_text(data: bytes) -> Parsed:
    """Return a text file's paragraphs; a first line that looks like a title is the title.

    Raises:
        ParseError: The bytes cannot be decoded, or there is no text.
    """
    return parse_plain(decode(data))


def parse_plain(raw: str) -> Parsed:
    """Return the paragraphs of a plain text, with headings where lines read like them.

    Raises:
        ParseError: There is no text.
    """
    lines = [line for line in map(clean_line, paragraphs(clean_text(raw))) if line]
    title = lines[0] if len(lines) > 1 and looks_like_title(lines[0]) else ""
    blocks = [Block(line) for line in lines[1 if title else 0 :]]
    head = [Block(title, TITLE)] if title else []
    return assemble([*head, *guess_headings(blocks)], found={"title": title})
