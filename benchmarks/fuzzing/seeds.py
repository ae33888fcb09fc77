"""Valid files of each format, from which the fuzzer starts."""

import io
import json
from collections.abc import Mapping, Sequence
from datetime import date

import docx
import openpyxl
from fpdf import FPDF

_TEXT = """\
云岭市人民政府关于支持企业发展的若干措施
云政发〔2025〕8号
各区县人民政府：
第一章 总则
第一条 本措施自2025年1月1日起施行，有效期3年，《暂行办法》（云政发〔2020〕1号）同时废止。
一、资金支持
（一）企业首次认定的，奖励20万元；但已享受其他补贴的除外。
1. 项目 | 金额 | 期限
2. 厂房 | 30元 | 三年

附件：申报表
云岭市人民政府
2025年1月1日
"""
_MARKDOWN = f"""\
---
title: 云岭市若干措施
kind: policy
issued: "2025-03-01"
---

# 措施

## 一、资金

{_TEXT}

| 项目 | 金额 |
| --- | --- |
| 厂房 | 30元 |

- 甲 **重点** [链接](https://example.org)
  1. 乙
> 引文 `码` <b>x</b>
"""
_HTML = f"""\
<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>通知</title>
<meta name="ArticleTitle" content="通知"><meta name="PubDate" content="2025-03-01"></head><body>
<nav>首页</nav><div id="zoom"><h1>通知</h1><h2>一、资金</h2><p>{_TEXT.replace(chr(10), "</p><p>")}</p>
<table><tr><th>项目</th><th>金额</th></tr><tr><td rowspan="2">厂房</td><td>30元</td></tr></table>
<ul><li>甲</li><li>乙<br>丙</li></ul><pre>a\nb</pre></div></body></html>
"""
_LINE = {
    "id": "a", "title": "措施", "issued": "2025", "date": "2025-03-01", "publisher": "云岭市",
    "text": _TEXT, "form": "digest", "reprint": True,
}  # fmt: skip
_TOML = """\
["a/x.pdf"]
title = "规划"
form = "digest"
issued = 2025-03-01
reprint = true

["b.docx"]
kind = "policy"
expires = "2027-12"
"""


def _word() -> bytes:
    document = docx.Document()
    document.add_heading("云岭市若干措施", 0)
    for line in _TEXT.split("\n"):
        document.add_paragraph(line)
    document.add_heading("资金", 1)
    table = document.add_table(rows=2, cols=3)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"格{number}"
    table.cell(0, 0).merge(table.cell(1, 0))
    document.add_paragraph("甲", style="List Number")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _excel() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "奖励"
    for row in (
        ("云岭市企业名录",),
        ("项目", "金额", "日期"),
        ("厂房", 30.5, date(2025, 3, 1)),
        ("用地", "=1+1", True),
    ):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet["B3"].number_format = '#,##0.00"元"'
    workbook.create_sheet("第二页").append(["甲", 1e-9])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _pdf(*, packed: bool) -> bytes:
    """A PDF of three pages with a running head, a table, and page numbers."""
    pdf = FPDF()
    pdf.set_compression(packed)
    pdf.set_auto_page_break(False)
    pdf.set_font("Helvetica", size=11)
    for page in range(1, 4):
        pdf.add_page()
        pdf.cell(0, 8, "Yunling Policy Papers", new_x="LMARGIN", new_y="NEXT")
        for line in (
            f"{page}. Support",
            "The city pays 20,000 yuan to a company that",
            "moves here.",
        ):
            pdf.cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
        for row in (("Item", "Amount"), ("Plant", "30 yuan")):
            for cell in row:
                pdf.cell(40, 8, cell, border=1)
            pdf.ln()
        pdf.set_y(-20)
        pdf.cell(0, 8, f"- {page} -")
    return bytes(pdf.output())


def seeds() -> Mapping[str, Sequence[bytes]]:
    """Returns a few valid files for each suffix."""
    return {
        ".txt": [_TEXT.encode(), _TEXT.encode("gb18030"), _TEXT.encode("utf-16")],
        ".md": [_MARKDOWN.encode()],
        ".html": [_HTML.encode(), _HTML.replace("utf-8", "gbk").encode("gbk")],
        ".jsonl": [json.dumps(_LINE, ensure_ascii=False).encode()],
        ".toml": [_TOML.encode()],
        ".docx": [_word()],
        ".xlsx": [_excel()],
        ".pdf": [_pdf(packed=False), _pdf(packed=True)],
    }
