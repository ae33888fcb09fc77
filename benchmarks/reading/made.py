"""Documents made for the outline benchmark, in the ways in which offices' sites and desks make them.

The city in them does not exist. Each comes with its headings, as a reader would note them.
"""

import io
from collections.abc import Callable, Mapping

import docx

Headings = tuple[tuple[int, str], ...]

_BODY = "市直有关单位要按照职责分工抓好落实，及时研究解决推进过程中出现的新情况新问题。"
_SITE = f"""<html lang="zh"><head><meta charset="utf-8"><title>政策文件-云岭市人民政府门户网站</title></head>
<body><div class="header"><a href="/">首页</a> &gt; <a href="/zw">政务公开</a></div>
<div class="article"><h1>云岭市人民政府关于促进开发区发展的若干意见</h1>
<div class="TRS_Editor"><p style="text-align:center">云政发〔2024〕12号</p>
<p>各县（市、区）人民政府，市直各单位：</p>
<p style="text-indent:2em">为促进开发区高质量发展，现提出以下意见。</p>
<p style="text-indent:2em"><strong>一、总体要求</strong></p><p>{_BODY}</p>
<p style="text-indent:2em"><strong>二、重点任务</strong></p>
<p>（一）优化空间布局。{_BODY}一是完善规划；二是集约用地。</p>
<p>（二）强化项目招引。{_BODY}</p>
<p>1．建立项目库。{_BODY}</p><p>2．实行专班服务。{_BODY}</p>
<p>（三）创新体制机制。{_BODY}</p>
<p style="text-indent:2em"><strong>三、保障措施</strong></p>
<p>申请时提交下列材料：</p><p>（一）营业执照；</p><p>（二）项目备案文件；</p><p>（三）其他材料。</p>
<p>附件：1．任务分工表</p><p>　　　2．联系方式</p>
<p style="text-align:right">云岭市人民政府</p><p style="text-align:right">2024年5月6日</p>
<p>附件1</p><p style="text-align:center">任务分工表</p><p>一、产业类</p><p>{_BODY}</p><p>二、服务类</p><p>{_BODY}</p>
</div></div><div class="footer">版权所有</div></body></html>"""
_ENGLISH = """<html lang="en"><head><title>Invest in Yunling</title></head><body><nav>Home | Invest</nav>
<main><h1>Investor guide</h1><p>This guide tells how a company is set up.</p>
<h2>1. Before you apply</h2><p>Choose a name and an address in the zone first.</p>
<h3>1.1 Name</h3><p>The name must be free. A search takes a day.</p>
<h3>1.2 Address</h3><p>A letter from the landlord is enough.</p>
<h2>2. The licence</h2><p>The counter issues the licence in three days.</p>
<h2>Fees</h2><p>1. No fee is taken for the licence.</p><p>2. Seals cost 200 yuan.</p></main></body></html>"""


def _site() -> bytes:
    return _SITE.encode()


def _english() -> bytes:
    return _ENGLISH.encode()


def _saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _styled_word() -> bytes:
    document = docx.Document()
    document.add_heading("云岭市人才公寓管理办法", 0)
    for level, words in ((1, "第一章 总则"), (1, "第二章 申请")):
        document.add_heading(words, level)
        first = 1 if "总则" in words else 3
        document.add_paragraph(f"第{'一三'[first // 3]}条 为了规范人才公寓管理，制定本办法。")
        document.add_paragraph(f"第{'二四'[first // 3]}条 符合第三条规定的人员可以申请：")
        document.add_paragraph("（一）全日制博士；")
        document.add_paragraph("（二）高级技师。")
    document.add_heading("附则说明", 1)
    document.add_paragraph("本办法由市住建局负责解释。")
    return _saved(document)


def _bare_word() -> bytes:
    document = docx.Document()
    lines = (
        "云岭市工业用地弹性出让实施方案", "为提高土地利用效率，制定本方案。", "一、工作目标", _BODY, "二、主要措施",
        "（一）先租后让", _BODY, "（二）弹性年期", _BODY, "1、年期设定", _BODY, "2、到期处置", _BODY, "三、工作要求",
        f"（一）加强领导。{_BODY}", f"（二）严格监管。{_BODY}",
    )  # fmt: skip
    for line in lines:
        document.add_paragraph(line)
    return _saved(document)


MADE: Mapping[str, tuple[Callable[[], bytes], Headings]] = {
    "site.html": (
        _site,
        (
            (1, "一、总体要求"), (1, "二、重点任务"), (2, "（一）优化空间布局"), (2, "（二）强化项目招引"),
            (3, "1．建立项目库"), (3, "2．实行专班服务"), (2, "（三）创新体制机制"), (1, "三、保障措施"),
            (1, "附件1任务分工表"), (2, "一、产业类"), (2, "二、服务类"),
        ),
    ),
    "english.html": (
        _english,
        ((1, "1. Before you apply"), (2, "1.1 Name"), (2, "1.2 Address"), (1, "2. The licence"), (1, "Fees")),
    ),
    "styled.docx": (
        _styled_word,
        (
            (1, "第一章 总则"), (2, "第一条"), (2, "第二条"), (1, "第二章 申请"), (2, "第三条"), (2, "第四条"),
            (1, "附则说明"),
        ),
    ),
    "bare.docx": (
        _bare_word,
        (
            (1, "一、工作目标"), (1, "二、主要措施"), (2, "（一）先租后让"), (2, "（二）弹性年期"), (3, "1、年期设定"),
            (3, "2、到期处置"), (1, "三、工作要求"), (2, "（一）加强领导"), (2, "（二）严格监管"),
        ),
    ),
}  # fmt: skip
"""What makes each document, and its headings with their levels."""
