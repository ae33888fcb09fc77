"""A draft as a Word document."""

import io
import zipfile

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from drafting import CREATED, Draft


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
