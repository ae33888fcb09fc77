"""A few small documents for the bot to quote.

They say things in the words of the questions, because the encoder of the tests knows no others.
"""

from collections.abc import Mapping
from pathlib import Path

QUESTION = "博士来衡阳市工作有什么补贴？"
ENGLISH_QUESTION = "Is Foxconn still in Hengyang?"
FOLLOW_UP = "And how many workers?"
NONSENSE = "月球上有没有火锅店排队取号？"
"""Answered by none of them."""

TALENT = """\
---
title: 博士来衡阳市工作的补贴
publisher: 衡阳市人民政府
number: 衡政发〔2025〕8号
issued: "2025-03-01"
language: zh
url: https://example.org/talent?id=8&page=1
---

## 有什么补贴

博士来衡阳市工作有补贴10万元 & 免租<三年>。
"""

PARK = """\
---
title: 船山时间谷有多少家企业
form: digest
source_title: 船山时间谷建设情况
publisher: 衡阳日报
issued: "2025-10"
language: zh
url: https://example.org/park
---

## 企业数量

船山时间谷有21家企业，其中钟表企业17家。
"""

FOXCONN = """\
---
title: Foxconn in Hengyang
publisher: Hengyang Daily
issued: "2025-05-20"
language: en
url: https://example.org/foxconn
---

## How many workers

Foxconn is still in Hengyang. In May 2025 it had as many as 10,000 workers.
"""

RENT = """\
---
title: 白沙工业园厂房租金办法
publisher: 衡阳市人民政府
issued: "2020-01-01"
expires: "2024-12-31"
language: zh
---

## 厂房租金

白沙工业园标准厂房租金每平方米每月8元，租期不超过五年。
"""

PARKS = """\
[attributes]
summary = { zh = "概况", en = "Profile" }
level = { zh = "级别", en = "Level" }
companies = { zh = "企业", en = "Companies" }
contact = { zh = "联系", en = "Contact" }
incentives = { zh = "优惠", en = "Incentives" }

[parks.valley]
zh = "船山时间谷"
en = "Chuanshan Time Valley"

[[parks.valley.cells]]
attribute = "summary"
zh = { document = "parks/time-valley.md", quote = "船山时间谷有21家企业，其中钟表企业17家。" }

[[parks.valley.cells]]
attribute = "companies"
zh = { document = "parks/time-valley.md", quote = "船山时间谷有21家企业，其中钟表企业17家。", value = "21家" }

[parks.baisha]
zh = "白沙工业园"
en = "Baisha Industrial Park"

[[parks.baisha.cells]]
attribute = "summary"
zh = { document = "incentives/rent.md", quote = "白沙工业园标准厂房租金每平方米每月8元，租期不超过五年。" }

[[parks.baisha.cells]]
attribute = "level"
zh = { document = "incentives/rent.md", quote = "白沙工业园标准厂房", value = "标准" }

[[parks.baisha.cells]]
attribute = "incentives"
zh = { document = "incentives/rent.md", quote = "白沙工业园标准厂房租金每平方米每月8元", value = "8元" }

[[parks.baisha.cells]]
attribute = "incentives"
zh = { document = "incentives/rent.md", quote = "租期不超过五年。" }
""" + "".join(
    f'\n[parks.p{number}]\nzh = "云岭园{number}"\nen = "Yunling Park {number}"\n'
    for number in range(8)
)  # so many that the list takes a second page

FILES = {
    "talent/doctors.md": TALENT,
    "parks/time-valley.md": PARK,
    "news/foxconn.md": FOXCONN,
    "incentives/rent.md": RENT,
    "parks.toml": PARKS,
}


def write_documents(folder: Path, files: Mapping[str, str] = FILES) -> Path:
    """Write texts under their names into a folder, which is made where there is none; gives it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
