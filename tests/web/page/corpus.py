"""Documents for the page: those of the invented city, and some of each shape that a source takes."""

import io
import json
from pathlib import Path

import openpyxl
from fpdf import FPDF

from page.directories import CHAINS, PARKS

QUESTION = "全日制博士到云岭市企业工作的每月生活补贴多少？"
ENGLISH = "What living allowance does a doctor who works for a company in Yunling receive a month?"
NONSENSE = "月球上有没有火锅店排队取号？"
VAGUE = "园区"

GLOSSARY = """\
[regions]
places = "云岭 长沙 北京 邵阳 岳阳 常宁 yunling changsha"

[kinds]
areas = "省 市 区 县"
cities = "市"
counties = "县 county"
shortened = "区 县"
sites = "区 园 park zone"
parts = "高新区 园区 park"
scopes = "园区"
"""
NOTICE = """云岭市人民政府办公室文件
云政办发〔2025〕8号　　签发人：略
云岭市人民政府办公室
关于印发《云岭市支持人才创新创业
若干措施》的通知
各县（市、区）人民政府，市直各单位：
根据《云岭省人才条例》和云发〔2019〕5号文件精神，现将有关措施印发给你们，请遵照执行。
云岭市人民政府办公室
2025年7月11日
云岭市支持人才创新创业若干措施
一、适用范围
2024年3月1日以后引进的人才适用本措施，人才证书有效期三年。
二、附则
本措施自2025年8月1日起施行，有效期五年。《云岭市引进人才暂行办法》（云政办发〔2020〕21号）同时废止。
附件：1．申请表
云岭市人民政府办公室 2025年7月12日印发"""
FILES = {
    "talent.md": """\
---
title: 云岭市支持博士创业就业若干措施
kind: policy
publisher: 云岭市人民政府
number: 云政发〔2025〕8号
issued: "2025-03-01"
language: zh
---

## 生活补贴

全日制博士到云岭市企业工作的，每月发放生活补贴3000元，最长不超过36个月。已享受其他同类补贴的除外。

## 购房补贴

博士在云岭市首次购房的，给予一次性购房补贴15万元；购房后5年内不得转让。
""",
    "talent-2026.md": """\
---
title: 云岭市博士新政
kind: policy
issued: "2026-02"
language: zh
---

全日制博士到云岭市企业工作的，每月发放生活补贴5000元，最长不超过60个月。
""",
    "talent-en.md": """\
---
title: Yunling measures for doctors who work in companies
issued: "2025-03-01"
language: en
---

## Living allowance

A doctor who works for a company in Yunling receives a living allowance of 3,000 yuan a month.
It is paid for at most 36 months. See No. 8 of 2025.
""",
    "parks/snail-isle.md": """\
---
title: 青螺洲工业园概况
kind: profile
issued: "2025"
language: zh
---

## 规划面积

青螺洲工业园规划面积12.5平方公里，分三期建设。首期已经建成标准厂房30万平方米。

## 入驻企业

园区现有规模以上企业86家，主导产业为纺织和船用电缆。
""",
    "parks/snail-isle-en.md": """\
---
title: Snail Isle Industrial Park
issued: "2025"
language: en
---

The park covers 12.5 square kilometres and is built in three phases. The first phase is complete.
Warehousing beside the railway is let by the month.
""",
    "parks/clock-valley.html": """\
<html lang="zh"><head><title>时针谷产业园</title></head><body><h1>时针谷产业园</h1>
<p>时针谷产业园聚集钟表企业21家，年产机芯400万只。</p></body></html>
""",
    "railway.md": """\
---
title: 鹭鸣站货场
language: zh
---

鹭鸣站货场年吞吐量600万吨，设集装箱线4条，距青螺洲工业园3公里。
""",
    "statistics.jsonl": (
        '{"id": "gdp", "title": "云岭市统计公报", "text": "2024年云岭市地区生产总值1203.4亿元，比上年增长5.6%。", "issued": "2025-03"}\n{"id": "trade", "title": "云岭市外贸", "text": "2024年云岭市进出口总额88亿元。"}\n'
    ),
}
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
    **FILES,
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
