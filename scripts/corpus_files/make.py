"""Make the PDF, Word and HTML documents of the corpus from Markdown drafts.

Each draft in ``drafts/`` is Markdown with YAML front matter: the fields described in
``docs_corpus/README.md`` and ``target``, the path of the file to make below ``docs_corpus``,
whose suffix (``.pdf``, ``.docx`` or ``.html``) chooses the format. The fields go into
``docs_corpus/sources.toml``; tables there that belong to no draft are kept as they are.

The script needs fpdf2, python-docx and PyYAML, and a TrueType font with Chinese glyphs
(Debian: fonts-wqy-zenhei). Run it from anywhere::

    pip install fpdf2 python-docx pyyaml
    python scripts/corpus_files/make.py --font /usr/share/fonts/truetype/wqy/wqy-zenhei.ttc

Every date inside the files is fixed, so the same drafts, font and library versions give
the same bytes.
"""

import argparse
import html
import io
import json
import logging
import re
import sys
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import docx
import yaml
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from fpdf import FPDF
from fpdf.fonts import TTFFont

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent.parent / "docs_corpus"
FONT = Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")
CREATED = datetime(2026, 1, 31, tzinfo=UTC)
REQUIRED = ("title", "kind", "form", "publisher", "language", "url")
FIELDS = (
    "title",
    "kind",
    "form",
    "source_title",
    "publisher",
    "number",
    "issued",
    "effective",
    "expires",
    "superseded_by",
    "validity",
    "language",
    "url",
    "reprint",
)
LABELS = {
    "zh": {
        "digest": "摘要（非官方文本）",
        "home": "衡阳投资资料",
        "footer": "本页为摘要，以原文为准。",
        "page": "— {} —",
    },
    "en": {
        "digest": "Digest, not the official text",
        "home": "Hengyang investment documents",
        "footer": "This page is a digest. The original prevails.",
        "page": "Page {}",
    },
}
NAVIGATION = {
    "parks": ("园区", "Parks"),
    "incentives": ("招商政策", "Incentives"),
    "talent": ("人才", "Talent"),
    "industry": ("产业", "Industry"),
    "business-environment": ("营商环境", "Business environment"),
    "statistics": ("统计", "Statistics"),
    "news": ("新闻", "News"),
}
FAMILY = "corpus"
MM_PER_POINT = 25.4 / 72
FOOT = 28.0
NUMERALS = "一二三四五六七八九十"
NO_LINE_START = "，。；：、！？）》〕】”’％%—…·,.;:!?)"
NO_LINE_END = "（《〔【“‘("


@dataclass(frozen=True, slots=True)
class Draft:
    """One document to make: where it goes, its metadata, and its sections in order."""

    target: str
    fields: dict[str, str | bool]
    sections: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def title(self) -> str:
        """The title of the document."""
        return str(self.fields["title"])

    @property
    def language(self) -> str:
        """``zh`` or ``en``."""
        return str(self.fields["language"])

    @property
    def labels(self) -> dict[str, str]:
        """Fixed wording in the document's language."""
        return LABELS[self.language]

    def issue_line(self) -> list[str]:
        """What the document is, as the parts of the line under its title.

        Source, number and date are in its metadata, and so in every citation.
        """
        return [self.labels["digest"]]


def read_draft(path: Path) -> Draft:
    """Read a draft; raise ``ValueError`` if its front matter lacks or misnames a field."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    fields = yaml.safe_load(front)
    target = fields.pop("target")
    missing = [name for name in REQUIRED if name not in fields]
    unknown = [name for name in fields if name not in FIELDS]
    if missing or unknown:
        raise ValueError(f"{path.name}: missing {missing}, unknown {unknown}")
    return Draft(target, fields, tuple(read_sections(body)))


def read_sections(body: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each heading of a draft's body with the paragraphs under it."""
    for part in re.split(r"^## ", body, flags=re.MULTILINE)[1:]:
        heading, _, text = part.partition("\n")
        yield heading.strip(), tuple(p.strip() for p in re.split(r"\n\s*\n", text) if p.strip())


class Layout:
    """An A4 document with one embedded font, written from top to bottom."""

    def __init__(self, font: Path, draft: Draft) -> None:
        """Open the document and set what its properties say."""
        self.pdf = FPDF(format="A4")
        self.number = draft.labels["page"]
        self.pdf.set_margins(28, 30, 26)
        self.pdf.set_auto_page_break(auto=False)
        self.pdf.add_font(FAMILY, fname=str(font))
        self.pdf.set_creation_date(CREATED)
        self.pdf.set_title(draft.title)
        self.pdf.set_author(str(draft.fields["publisher"]))
        self.pdf.set_lang("zh-CN" if draft.language == "zh" else "en")
        self.pdf.add_page()

    def block(
        self, text: str, size: float, leading: float, indent: float = 0, align: str = "L"
    ) -> None:
        """Write a paragraph, breaking lines as Chinese and English typesetting do."""
        self.pdf.set_font(FAMILY, size=size)
        height = size * leading * MM_PER_POINT
        for number, line in enumerate(self.lines(text, indent)):
            self.need(height)
            offset = indent if number == 0 else 0
            self.pdf.set_x(self.pdf.l_margin + offset)
            width = self.pdf.epw - offset
            self.pdf.cell(w=width, h=height, text=line, align=align, new_x="LMARGIN", new_y="NEXT")

    def lines(self, text: str, indent: float) -> Iterator[str]:
        """Yield the lines of a paragraph in the current font."""
        line, used = "", indent
        for unit in units(text):
            if line and used + self.pdf.get_string_width(unit.rstrip()) > self.pdf.epw:
                yield line.rstrip()
                line, used = "", 0.0
            line, used = line + unit, used + self.pdf.get_string_width(unit)
        yield line.rstrip()

    def need(self, height: float) -> None:
        """Start a new page unless this much room is left."""
        if self.pdf.get_y() + height > self.pdf.h - FOOT:
            size, color = self.pdf.font_size_pt, self.pdf.text_color
            self.number_page()
            self.pdf.add_page()
            self.pdf.set_font(FAMILY, size=size)
            if color is not None:
                self.pdf.set_text_color(color)

    def number_page(self) -> None:
        """Write the page number at the foot of the page."""
        self.pdf.set_y(-20)
        self.pdf.set_font(FAMILY, size=10)
        self.pdf.set_text_color(90)
        self.pdf.cell(w=0, h=8, text=self.number.format(self.pdf.page_no()), align="C")

    def rule(self) -> None:
        """Draw the line between the issue line and the text."""
        pdf = self.pdf
        pdf.ln(3)
        pdf.set_draw_color(150, 20, 20)
        pdf.set_line_width(0.5)
        pdf.line(pdf.l_margin, pdf.get_y(), pdf.w - pdf.r_margin, pdf.get_y())
        pdf.ln(2)

    def finish(self) -> bytes:
        """Number the last page and return the file."""
        self.number_page()
        return bytes(self.pdf.output())


def units(text: str) -> Iterator[str]:
    """Yield the pieces of a paragraph between which a line may break.

    A Latin word or a figure stays whole, a word keeps the space after it, closing punctuation
    stays with what it closes and opening punctuation with what it opens.
    """
    unit = ""
    for piece in re.findall(r"[\x21-\x7e–’·]+ ?|.", text):
        glued = piece[0] in NO_LINE_START or (unit != "" and unit[-1] in NO_LINE_END)
        if unit and not glued:
            yield unit
            unit = ""
        unit += piece
    yield unit


def heading_text(draft: Draft, number: int, heading: str) -> str:
    """Number a heading as printed documents do."""
    return (
        f"{NUMERALS[number]}、{heading}" if draft.language == "zh" else f"{number + 1}. {heading}"
    )


def make_pdf(draft: Draft, font: Path) -> bytes:
    """Make a PDF document."""
    layout = Layout(font, draft)
    check_glyphs(layout.pdf, draft)
    layout.pdf.set_text_color(150, 20, 20)
    layout.block(draft.title, size=18, leading=1.5, align="C")
    layout.pdf.ln(3)
    layout.pdf.set_text_color(90)
    for part in draft.issue_line():
        layout.block(part, size=10.5, leading=1.6, align="C")
    layout.rule()
    write_sections(layout, draft)
    return layout.finish()


def write_sections(layout: Layout, draft: Draft) -> None:
    """Write the headings and paragraphs of a PDF document."""
    chinese = draft.language == "zh"
    size, leading, indent, gap = (14.0, 1.9, 28 * MM_PER_POINT, 0) if chinese else (12.0, 1.6, 0, 3)
    for number, (heading, paragraphs) in enumerate(draft.sections):
        layout.need(32)
        layout.pdf.ln(3)
        layout.pdf.set_text_color(20, 45, 95)
        layout.block(heading_text(draft, number, heading), size=size + 2, leading=1.8)
        layout.pdf.set_text_color(0)
        for paragraph in paragraphs:
            layout.block(paragraph, size, leading, indent)
            layout.pdf.ln(gap)


def check_glyphs(pdf: FPDF, draft: Draft) -> None:
    """Raise ``ValueError`` if the font lacks a character of the draft."""
    font = pdf.fonts[FAMILY]
    if not isinstance(font, TTFFont):
        raise TypeError(f"{FAMILY}: not a TrueType font")
    text = draft.title + "".join(draft.issue_line())
    text += "".join(heading + "".join(paragraphs) for heading, paragraphs in draft.sections)
    lacking = sorted({char for char in text if ord(char) not in font.cmap})
    if lacking:
        raise ValueError(f"{draft.target}: the font lacks {''.join(lacking)}")


def make_docx(draft: Draft) -> bytes:
    """Make a Word document."""
    document = docx.Document()
    set_styles(document)
    set_properties(document, draft)
    document.add_heading(draft.title, level=0).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("  |  ".join(draft.issue_line()), style="Subtitle")
    for heading, paragraphs in draft.sections:
        document.add_heading(heading, level=1)
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return fix_zip_dates(buffer.getvalue())


def set_styles(document: Document) -> None:
    """Give the styles that are used a Latin and a Chinese font each."""
    for name, size, font in (
        ("Normal", 12, "宋体"),
        ("Title", 20, "黑体"),
        ("Subtitle", 10.5, "楷体"),
        ("Heading 1", 15, "黑体"),
    ):
        style = document.styles[name]
        style.font.size = Pt(size)
        style.font.name = "Times New Roman"
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), font)
    document.styles["Normal"].paragraph_format.line_spacing = 1.5


def set_properties(document: Document, draft: Draft) -> None:
    """Set what the document's properties say."""
    properties = document.core_properties
    properties.title = draft.title
    properties.author = str(draft.fields["publisher"])
    properties.language = "zh-CN" if draft.language == "zh" else "en"
    properties.comments = draft.labels["digest"]
    properties.created = properties.modified = CREATED.replace(tzinfo=None)


def fix_zip_dates(content: bytes) -> bytes:
    """Write an archive anew with one fixed date for all of its members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, CREATED.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return buffer.getvalue()


PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{title} - {home}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="author" content="{publisher}">
<meta name="description" content="{title}">
<meta name="ContentSource" content="{publisher}">
{date}<link rel="canonical" href="{url}">
<style>
body {{ margin: 0; font-family: "Noto Sans CJK SC", sans-serif; line-height: 1.8; }}
header, footer {{ background: #14386b; color: #fff; padding: 1em 2em; }}
nav ul {{ display: flex; gap: 1.5em; list-style: none; margin: 0; padding: .6em 2em; }}
article {{ max-width: 48em; margin: 2em auto; padding: 0 1em; }}
.issue {{ color: #666; font-size: .9em; border-bottom: 1px solid #ccc; }}
</style>
</head>
<body>
<header><p><a href="../">{home}</a></p></header>
<nav>
<ul>
{navigation}
</ul>
</nav>
<main>
<article>
<h1>{title}</h1>
<p class="issue">{issue}</p>
{text}
</article>
</main>
<footer><p>{footer}</p></footer>
</body>
</html>
"""


def make_html(draft: Draft) -> bytes:
    """Make a web page, with the navigation, header and footer that such pages have."""
    issued = html.escape(str(draft.fields.get("issued", "")))
    page = PAGE.format(
        lang="zh-CN" if draft.language == "zh" else "en",
        title=html.escape(draft.title),
        publisher=html.escape(str(draft.fields["publisher"])),
        url=html.escape(str(draft.fields["url"])),
        date=f'<meta name="PubDate" content="{issued}">\n' if issued else "",
        issue=html.escape(" | ".join(draft.issue_line())),
        home=draft.labels["home"],
        footer=draft.labels["footer"],
        navigation="\n".join(navigation(draft)),
        text="\n".join(elements(draft)),
    )
    return page.encode()


def navigation(draft: Draft) -> Iterator[str]:
    """Yield the items of a web page's menu."""
    for folder, names in NAVIGATION.items():
        name = names[0] if draft.language == "zh" else names[1]
        yield f'<li><a href="../{folder}/">{name}</a></li>'


def elements(draft: Draft) -> Iterator[str]:
    """Yield the headings and paragraphs of a web page's text."""
    for heading, paragraphs in draft.sections:
        yield f"<h2>{html.escape(heading, quote=False)}</h2>"
        for paragraph in paragraphs:
            yield f"<p>{html.escape(paragraph, quote=False)}</p>"


def make(draft: Draft, font: Path) -> bytes:
    """Make the file that a draft's target names."""
    match Path(draft.target).suffix:
        case ".pdf":
            return make_pdf(draft, font)
        case ".docx":
            return make_docx(draft)
        case ".html":
            return make_html(draft)
        case suffix:
            raise ValueError(f"{draft.target}: cannot make {suffix}")


def write_sources(path: Path, drafts: Iterable[Draft]) -> None:
    """Put the drafts' metadata into ``sources.toml`` and keep the tables of other files."""
    tables = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    tables |= {draft.target: draft.fields for draft in drafts}
    text = "\n".join(toml_table(name, tables[name]) for name in sorted(tables))
    path.write_text(text, encoding="utf-8")


def toml_table(name: str, fields: dict[str, str | bool]) -> str:
    """Write one table of strings and booleans; JSON writes both as TOML does."""
    rows = [
        f"{key} = {json.dumps(fields[key], ensure_ascii=False)}" for key in FIELDS if key in fields
    ]
    return f"[{json.dumps(name, ensure_ascii=False)}]\n" + "\n".join(rows) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Make every document that has a draft."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--font", type=Path, default=FONT, help="TrueType font with Chinese glyphs")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder to write into")
    options = parser.parse_args(arguments)
    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)
    drafts = [read_draft(path) for path in sorted((HERE / "drafts").glob("*.md"))]
    for draft in drafts:
        target = options.corpus / draft.target
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(make(draft, options.font))
        print(draft.target)
    write_sources(options.corpus / "sources.toml", drafts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
