"""Pages as a typesetter would fill them, for tests that know where each paragraph stands."""

from collections.abc import Sequence

from hyqa.parsing.blocks import Block
from hyqa.parsing.pdf.document import Parts, read_blocks, read_parts
from hyqa.parsing.pdf.layout.furniture import Sifted
from hyqa.parsing.pdf.layout.pages import Page, Rule, Run

EM = 10.0
LEFT, TOP, HEIGHT, WIDTH = 60.0, 150.0, 800.0, 420.0
LEADING = 16.0


def run(text: str, ems: float, line: float, *, size: float = EM, bold: bool = False) -> Run:
    """A run that begins so many ems from the margin on a line; a letter takes an em."""
    left, top = LEFT + ems * EM, TOP + line * LEADING
    return Run(text, left, top, left + len(text) * size, top + size, size, "Song", bold)


def broken(text: str, columns: int) -> list[str]:
    """The lines of a paragraph whose first line is indented by two letters."""
    rest = text[columns - 2 :]
    return [text[: columns - 2], *(rest[at : at + columns] for at in range(0, len(rest), columns))]


def typeset(paragraphs: Sequence[str], columns: int = 30, per_page: int = 20) -> list[Page]:
    """Pages of so many lines of so many letters."""
    lines = [
        (piece, 0.0 if index else 2.0)
        for text in paragraphs
        for index, piece in enumerate(broken(text, columns))
        if piece
    ]
    pages = [lines[at : at + per_page] for at in range(0, len(lines), per_page)]
    return [
        Page(
            number,
            2 * LEFT + columns * EM,
            HEIGHT,
            tuple(run(text, ems, index) for index, (text, ems) in enumerate(content)),
        )
        for number, content in enumerate(pages, start=1)
    ]


def page(number: int, *runs: Run, rules: Sequence[Rule] = ()) -> Page:
    return Page(number, WIDTH, HEIGHT, runs, tuple(rules))


def sifted(pages: Sequence[Page]) -> Sifted:
    return parts(pages).lines


def parts(pages: Sequence[Page]) -> Parts:
    return read_parts(pages, [page.runs for page in pages])


def blocks(pages: Sequence[Page], title: str = "") -> list[Block]:
    return read_blocks(pages, parts(pages), title)[0]


def texts(pages: Sequence[Page]) -> list[str]:
    return [block.text for block in blocks(pages)]
