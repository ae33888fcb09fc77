"""How long each format takes to read, beside the time that its libraries need by themselves.

``python -m benchmarks.reading.formats``: made files of some 60,000 characters, the fastest of
several rounds, the readers taking turns. Libraries alone open the file and give out all its words,
as a simple program would: python-docx each paragraph and cell, openpyxl each value, lxml the text
of the page, readability the content of a page that does not name it, markdown-it its tokens, RapidOCR the words of the rendered page. Text has no library
but Python's codec, for UTF-8. PDF has a benchmark of its own (``benchmarks.reading.pdf``).
"""

import io
import time
from collections.abc import Callable, Mapping

import docx
import lxml.html
import openpyxl
from fpdf import FPDF
from markdown_it import MarkdownIt
from PIL import Image
from readability import Document

from hyqa.parsing.excel.workbook import parse_excel
from hyqa.parsing.html.page import parse_html
from hyqa.parsing.pdf import ocr
from hyqa.parsing.pdf.document import parse_pdf
from hyqa.parsing.pdf.pdfium_pictures import render_page
from hyqa.parsing.plain.markdown import parse_markdown
from hyqa.parsing.plain.text import parse_text
from hyqa.parsing.word.document import parse_word

ROUNDS = 5
SECTIONS = 120
_BODY = (
    "市直有关单位要按照职责分工抓好落实，及时研究解决推进过程中出现的新情况新问题，"
    "对在云岭市注册的企业给予补助，最高不超过五百万元。"
) * 5
_ROW = ("厂房租金", "30元", "三年", "青螺洲工业园")
Reader = Callable[[bytes], object]


def _word() -> bytes:
    document = docx.Document()
    for number in range(SECTIONS):
        document.add_heading(f"{number + 1}. 工作要求", 1)
        document.add_paragraph(_BODY)
        table = document.add_table(rows=2, cols=len(_ROW))
        for row in table.rows:
            for cell, words in zip(row.cells, _ROW, strict=True):
                cell.text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _excel() -> bytes:
    workbook = openpyxl.Workbook()
    workbook.active.append(("项目", "标准", "期限", "园区"))
    for number in range(25 * SECTIONS):
        workbook.active.append((*_ROW[:3], f"青螺洲工业园{number}号"))
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _html(content: str = "zoom") -> bytes:
    rows = "".join(f"<td>{words}</td>" for words in _ROW)
    parts = (
        f"<h2>{number + 1}. 工作要求</h2><p>{_BODY}</p><table><tr>{rows}</tr><tr>{rows}</tr></table>"
        for number in range(SECTIONS)
    )
    head = '<html lang="zh"><head><meta charset="utf-8"><title>措施</title></head><body>'
    return f'{head}<div id="{content}"><h1>措施</h1>{"".join(parts)}</div></body></html>'.encode()


def _markdown() -> bytes:
    row = f"| {' | '.join(_ROW)} |"
    line = "|---" * len(_ROW) + "|"
    parts = (
        f"## {number + 1}. 工作要求\n\n{_BODY}\n\n{row}\n{line}\n{row}\n"
        for number in range(SECTIONS)
    )
    return ("# 措施\n\n" + "\n".join(parts)).encode()


def _text() -> bytes:
    return "\n".join(f"{n + 1}. 工作要求\n{_BODY}" for n in range(SECTIONS)).encode()


def _scan() -> bytes:
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_font("Helvetica", size=11)
    pdf.add_page()
    for number in range(40):
        line = f"{number + 1}. The park gives support to firms that stay for three years."
        pdf.cell(0, 16, line, new_x="LMARGIN", new_y="NEXT")
    pixels, _ = render_page(bytes(pdf.output()), 1)
    scan = FPDF(unit="pt", format="A4")
    scan.add_page()
    scan.image(Image.fromarray(pixels), 0, 0, 595, 842)
    return bytes(scan.output())


def _docx_alone(data: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(data))
    words = [paragraph.text for paragraph in document.paragraphs]
    return words + [
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    ]


def _openpyxl_alone(data: bytes) -> list[object]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    return [cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]


def _lxml_alone(data: bytes) -> str:
    return str(lxml.html.document_fromstring(data).text_content())


def _readability_alone(data: bytes) -> str:
    return str(Document(data.decode()).summary(html_partial=True))


def _markdown_it_alone(data: bytes) -> object:
    return MarkdownIt("commonmark").enable("table").parse(data.decode())


def _rapidocr_alone(data: bytes) -> object:
    picture, _ = render_page(data, 1)
    return ocr._engine()(picture)


READERS: Mapping[str, tuple[Callable[[], bytes], Reader, Reader]] = {
    "Word": (_word, parse_word, _docx_alone),
    "Excel": (_excel, parse_excel, _openpyxl_alone),
    "HTML, content named": (_html, parse_html, _lxml_alone),
    "HTML, content found": (lambda: _html("x"), parse_html, _readability_alone),
    "Markdown": (_markdown, parse_markdown, _markdown_it_alone),
    "text": (_text, parse_text, bytes.decode),
    "scan": (_scan, lambda data: parse_pdf(data, ocr.recognise), _rapidocr_alone),
}


def _time(read: Reader, data: bytes) -> float:
    start = time.perf_counter()
    read(data)
    return time.perf_counter() - start


def main() -> None:
    """Print milliseconds for a thousand characters, and our share of them."""
    print("| format | characters | library, ms a 1,000 | all | our share |")
    print("| --- | --- | --- | --- | --- |")
    for name, (make, ours, alone) in READERS.items():
        data = make()
        characters = len(getattr(ours(data), "text", ""))
        times = [(_time(alone, data), _time(ours, data)) for _ in range(ROUNDS)]
        library, whole = map(min, zip(*times, strict=True))
        shown = [f"{1e6 * seconds / characters:.2f}" for seconds in (library, whole)]
        print(f"| {name} | {characters:,} | {shown[0]} | {shown[1]} | {1 - library / whole:.2f} |")


if __name__ == "__main__":
    main()
