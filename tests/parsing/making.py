import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
from fpdf import FPDF

from hyqa.parsing import read_corpus
from hyqa.parsing.corpus.reading import Job, read_document
from hyqa.types import Document, ParseFailure

Read = Callable[[str, bytes | str], Document]
Fail = Callable[[str, bytes | str], str]


def write(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read_here(path: Path) -> list[Document | ParseFailure]:
    """Reads a file in this process, which is fast, and where constants can be patched."""
    if path.suffix == ".jsonl":
        return list(read_corpus(path))
    return [read_document(Job(path.name, bytes(path)))]


def bodies(document: Document) -> list[tuple[tuple[str, ...], str]]:
    """The sections as pairs of heading path and words."""
    return [(part.heading_path, document.text[part.start : part.end]) for part in document.sections]


def pdf_bytes(*pages: str, header: str = "", password: str = "") -> bytes:
    """A PDF with each line of each page drawn as it is."""
    pdf = FPDF()
    pdf.set_auto_page_break(False)
    pdf.set_font("Helvetica", size=11)
    for number, page in enumerate(pages, start=1):
        pdf.add_page()
        for line in [*([header] if header else []), *page.split("\n")]:
            pdf.cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
        if header:
            pdf.set_y(-20)
            pdf.cell(0, 8, f"- {number} -")
    if password:
        pdf.set_encryption(owner_password="owner", user_password=password)
    return bytes(pdf.output())


def word_bytes(fill: Callable[[docx.document.Document], object]) -> bytes:
    document = docx.Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zip_bytes(name: str, size: int) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(name, "w") as part,
    ):
        for _ in range(size // 1_000_000):
            part.write(bytes(1_000_000))
    return out.getvalue()
