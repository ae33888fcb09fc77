"""A few small documents for the bot to quote."""

TALENT = """\
---
title: 衡阳市人才补贴办法
publisher: 衡阳市人民政府
number: 衡政发〔2025〕8号
issued: "2025-03-01"
language: zh
url: https://example.org/talent?id=8&page=1
---

## 博士补贴

博士毕业生每人一次性补贴10万元 & 免租<三年>。申请人须在衡阳市工作满一年，逾期不予受理。

## 硕士补贴

硕士毕业生每人一次性补贴3万元，须与衡阳市的企业签订三年以上劳动合同。
"""

PARK = """\
---
title: 船山时间谷要点
form: digest
source_title: 船山时间谷建设情况
publisher: 衡阳日报
issued: "2025-10"
language: zh
url: https://example.org/park
---

## 企业数量

截至2025年10月，船山时间谷有21家企业入驻，其中钟表企业17家。
"""

FOXCONN = """\
---
title: Foxconn in Hengyang
publisher: Hengyang Daily
issued: "2025-05-20"
language: en
url: https://example.org/foxconn
---

## The plant

Foxconn still runs a plant in Hengyang. In May 2025 the Foxconn plant in Hengyang had 10,000 workers.
"""

OLD_RENT = """\
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

FILES = {"talent.md": TALENT, "park.md": PARK, "foxconn.md": FOXCONN, "rent.md": OLD_RENT}
