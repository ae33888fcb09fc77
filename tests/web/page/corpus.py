"""Documents for the page: those of the invented city, and some of each shape that a source takes."""

import io
import json
from pathlib import Path

import openpyxl
from fixtures import FILES, GLOSSARY
from fpdf import FPDF
from parsing.official import NOTICE

from page.directories import CHAINS, PARKS

QUESTION = "全日制博士到云岭市企业工作的每月生活补贴多少？"
ENGLISH = "What living allowance does a doctor who works for a company in Yunling receive a month?"
NONSENSE = "月球上有没有火锅店排队取号？"
VAGUE = "园区"

OF_THE_CITY = (
    "talent.md",
    "talent-2026.md",
    "talent-en.md",
    "parks/snail-isle.md",
    "parks/snail-isle-en.md",
    "parks/clock-valley.html",
    "railway.md",
    "statistics.jsonl",
)
"""Documents that other tests share."""
OFFICIAL = """\
---
title: 云岭市鼓励外商投资办法
kind: policy
form: original
publisher: 云岭市人民政府
number: 云政发〔2024〕3号
issued: "2024-05-06"
effective: "2024-06-01"
expires: "2099-05-31"
language: zh
url: https://example.org/policies/foreign.html
---

## 第三条 到资奖励

外商投资企业当年实际到资的，按到资额的百分之二给予奖励，最高不超过五百万元。但房地产项目除外。

## 第四条 申报

企业每年三月底前向商务局申报到资奖励，商务局二十个工作日内办结。
"""
TABLE = """\
---
title: 云岭市园区用地价格
kind: statistics
issued: "2025-01"
language: zh
---

各园区工业用地起始价如下。

| 园区 | 起始价 | 备注 |
| --- | --- | --- |
| 青螺洲工业园 | 每亩18万元 | 含基础设施配套费 |
| 时针谷产业园 | 每亩21万元 | 不含契税 |

以上价格自2025年1月起执行，工业用地以外不适用。
"""
HOSTILE_TITLE = "<script>alert(1)</script><img src=x onerror=alert(2)>“引号”'&amp;"
HOSTILE = json.dumps(
    {
        "id": "hostile</title><script>alert(0)</script>",
        "title": HOSTILE_TITLE,
        "publisher": '"><svg onload=alert(3)>',
        "number": "<b>号</b>",
        "issued": "2025-02",
        "url": "javascript:alert(4)",
        "text": "云岭市渔业码头泊位</mark></blockquote><script>alert(5)</script>共有27个，"
        '"><img src=x onerror=alert(6)>另有锚地3处。{{ 7*7 }} {% raw %}',
    },
    ensure_ascii=False,
)
EXPIRED = """\
---
title: 云岭市稻谷种植补贴办法
kind: policy
publisher: 云岭市农业局
issued: "2023-01-01"
effective: "2023-01-01"
expires: "2025-12-31"
language: zh
---

稻谷种植每亩补贴120元。
"""


def _workbook(*rows: list[str]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "地块"
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _pdf(*pages: str) -> bytes:
    pdf = FPDF()
    pdf.set_auto_page_break(False)
    pdf.set_font("Helvetica", size=11)
    for page in pages:
        pdf.add_page()
        for line in page.split("\n"):
            pdf.cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


PLOTS = _workbook(
    ["地块", "面积", "用途"],
    ["东一路地块", "45亩", "工业用地，但不得建设化工项目"],
    ["西二路地块", "72亩", "仓储用地"],
)
HARBOUR = _pdf(
    "Yunling harbour rules\n\n"
    "Ships longer than ninety metres need a pilot when they enter the harbour of Yunling, and\n"
    "they give notice of their arrival at least twenty-four hours before they pass the",
    "lighthouse on the northern mole. The pilot's fee is 800 yuan an hour.\n"
    "Fishing boats need no pilot.",
)

REPEALED = """\
---
title: 云岭市引进人才暂行办法
kind: policy
number: 云政办发〔2020〕21号
issued: "2020-05-01"
effective: "2020-06-01"
language: zh
---

引进人才每人每年给予交通补贴600元。
"""

ALL: dict[str, str | bytes] = {
    **{name: FILES[name] for name in OF_THE_CITY},
    "incentives/foreign.md": OFFICIAL,
    "incentives/notice.txt": NOTICE,
    "incentives/old-talent.md": REPEALED,
    "incentives/rice.md": EXPIRED,
    "statistics/land.md": TABLE,
    "news/hostile.jsonl": HOSTILE,
    "statistics/plots.xlsx": PLOTS,
    "business-environment/harbour.pdf": HARBOUR,
}


def write_corpus(folder: Path) -> None:
    for name, content in ALL.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    (folder / "parks.toml").write_text(PARKS, encoding="utf-8")
    (folder / "chains.toml").write_text(CHAINS, encoding="utf-8")
    (folder / "glossary.toml").write_text(GLOSSARY, encoding="utf-8")
