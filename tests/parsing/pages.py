"""Pages in the manner of the systems that publish official texts, each with what it says.

The city is invented; the mark-up around the text is what such pages carry.
"""

from dataclasses import dataclass

NOTICE = (
    "各县市区人民政府，市直有关单位：",
    "为支持企业来云岭市投资，经市人民政府同意，现将有关事项通知如下。",
    "一、支持范围",
    "本通知适用于在云岭市注册、固定资产投资五千万元以上的制造业企业。",
    "二、支持标准",
    "（一）新建厂房的，按每平方米一百元给予补助，最高二百万元。",
    "（二）租用厂房的，前三年租金减半。",
    "三、申报办法",
    "企业于每年三月底前向所在园区提出申请，园区十五个工作日内办结。申请时应当提交营业执照、项目备案证明、用地或者租赁合同，以及上一年度的审计报告；材料不齐的，园区应当一次告知需要补正的全部内容。",
    "园区管理机构会同财政、税务、市场监管等部门对申请进行审核，必要时到现场核查。审核结果在园区网站公示五个工作日，公示期内有异议的，由园区管理机构在十个工作日内复核并答复。",
    "四、监督管理",
    "企业弄虚作假骗取补助的，由园区管理机构追回全部补助资金，三年内不再受理其申请，并依法追究责任。享受补助的企业五年内迁出云岭市的，应当退回已经领取的补助。",
    "本通知自2025年4月1日起施行，有效期三年。此前有关规定与本通知不一致的，以本通知为准。",
    "联系电话：0000-1234567",
    "云岭市人民政府办公室",
    "2025年3月4日",
)
ARTICLE = (
    "三月的云岭，机声隆隆。记者日前走进青螺洲工业园，二十条生产线正在满负荷运转。",
    "“从签约到投产只用了八个月。”企业负责人说，园区替企业跑完了全部手续。",
    "从“等客上门”到“主动敲门”",
    "去年以来，云岭市组建十支招商小分队，走访企业三百余家，签约项目四十二个。",
    "“招商不能只看数量，更要看项目能不能落地、落地之后能不能长大。”云岭市商务局负责人介绍，全市建立了项目从洽谈到投产的全程档案，每个项目都有专人跟踪，遇到用地、用电、用工的问题，三天之内必须给出答复。",
    "从“能办”到“好办”",
    "走进园区的企业服务中心，十二个窗口一字排开。办理员王燕告诉记者，过去企业办一张施工许可证要跑六个部门，现在材料交到一个窗口，后台自动分送，平均七个工作日就能拿证。",
    "服务的改变带来实实在在的收获。今年前两个月，青螺洲工业园新开工项目九个，总投资二十六亿元，同比增长三成；园区企业用电量增长一成半，新增就业岗位一千四百个。",
    "新的一年，云岭市将继续优化营商环境，让企业放心投资、安心发展。",
)
GUIDANCE = (
    "You can apply for a start-up grant if your company moves to Yunling.",
    "Who can apply",
    "You can apply if your company:",
    "employs at least 20 people",
    "has been registered for 12 months",
    "How much you can get",
    "The grant pays up to 50,000 yuan towards the cost of equipment.",
    "You must spend it within 2 years of the day on which it is paid. Equipment that was ordered before you applied does not count, and neither does equipment that you lease.",
    "If you already receive another grant from the city for the same equipment, we will pay only the difference between the two amounts.",
    "How to apply",
    "Send the form and your last audited accounts to the service centre of your industrial park by 31 March. The centre will tell you within 15 working days whether your application is complete.",
    "We publish the names of all companies that receive a grant. You can ask for a review within 10 working days if you do not agree with our decision.",
)
TABLE = ("序号 | 园区 | 面积（亩）", "1 | 青螺洲工业园 | 1200", "2 | 时针谷产业园 | 860")

_HEADINGS = frozenset(
    (NOTICE[2], NOTICE[4], NOTICE[7], ARTICLE[2], GUIDANCE[1], GUIDANCE[5], GUIDANCE[9])
)
_ITEMS = frozenset(GUIDANCE[3:5])


@dataclass(frozen=True, slots=True)
class Page:
    """A page, its title, and the lines of its main text."""

    html: str
    title: str
    lines: tuple[str, ...]


def _paragraphs(lines: tuple[str, ...], shape: str = "<p>{}</p>") -> str:
    return "\n".join(shape.format(line) for line in lines)


def _guidance() -> str:
    html = ""
    for line in GUIDANCE:
        if line in _ITEMS:
            html += ("<ul>" if line == GUIDANCE[3] else "") + f"<li>{line}</li>"
            html += "</ul>" if line == GUIDANCE[4] else ""
        else:
            html += f"<h2>{line}</h2>" if line in _HEADINGS else f"<p>{line}</p>"
    return html


def _table() -> str:
    rows = ["".join(f"<td>{cell}</td>" for cell in line.split(" | ")) for line in TABLE]
    return "<table border=1>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


_LINKS = "".join(
    f'<li><a href="/col/{number}/">{name}</a></li>'
    for number, name in enumerate(
        "首页 云岭概况 政务公开 办事服务 互动交流 数据发布 专题专栏 领导之窗 机构设置 政策文件 政府公报 规划计划"
        " 人事信息 财政资金 应急管理 建议提案".split()
    )
)
_RELATED = "".join(
    f'<li><a href="/art/{number}.html">云岭市人民政府关于印发{name}的通知</a><span>2025-0{number}-11</span></li>'
    for number, name in enumerate(
        ("人才公寓管理办法", "科技创新若干措施", "产业引导基金办法", "标准厂房管理办法"), 1
    )
)
_FOOT = """主办：云岭市人民政府办公室　承办：云岭市大数据中心　网站标识码：0000000001
<p>云ICP备00000001号-1　云公网安备 00000000000001号</p><p>网站地图 | 联系我们 | 隐私声明</p>"""
TITLE = "云岭市人民政府办公室关于支持制造业投资的通知"
_META = f"""<meta name="SiteName" content="云岭市人民政府"><meta name="ArticleTitle" content="{TITLE}">
<meta name="PubDate" content="2025-03-04 09:12"><meta name="ContentSource" content="市政府办公室">"""


def _portal() -> Page:
    """The portals of the State Council's pattern: a table of document facts above the text."""
    html = f"""<html><head><meta charset="utf-8"><title>{TITLE}_云岭市人民政府门户网站</title>{_META}</head><body>
<div class="top"><div class="logo">云岭市人民政府</div><div class="search">请输入关键字 搜索 热搜词：公积金 社保</div></div>
<div class="menu"><ul>{_LINKS}</ul></div>
<div class="BreadcrumbNav">当前位置：<a href=/>首页</a> &gt; <a href=/zw>政务公开</a> &gt; 政策文件</div>
<div class="wrap"><h1>{TITLE}</h1><div class="pages-date">2025-03-04 09:12 来源：市政府办公室
<span>字号：大 中 小</span><span>分享到：微信 微博</span></div>
<div class="pages_content" id="UCAP-CONTENT">{_paragraphs(NOTICE)}</div>
<div class="related"><h2>相关稿件</h2><ul>{_RELATED}</ul></div>
<div class="ewm">扫一扫在手机打开当前页</div><div class="btns">打印 关闭窗口</div></div>
<div class="foot">{_FOOT}</div></body></html>"""
    return Page(html, TITLE, NOTICE)


def _trs() -> Page:
    """The editor that leaves its style sheet and fonts in the text."""
    words = _paragraphs(
        NOTICE,
        '<p class="MsoNormal" style="text-indent:32pt"><span style="font-family:仿宋">{}</span></p>',
    )
    html = f"""<html><head><meta charset="utf-8"><title>{TITLE}</title>{_META}</head><body>
<div class="nav-box"><ul>{_LINKS}</ul></div><div class="location">您所在的位置：首页 / 通知公告</div>
<div class="detail"><div class="tit">{TITLE}</div><div class="info">发布时间：2025-03-04　来源：市工信局　浏览次数：<script>hits()</script>1024 次　【字体：大 中 小】</div>
<div class="xl-content"><div class="TRS_Editor"><style type="text/css">.TRS_Editor P{{line-height:2}}</style>{words}{_table()}</div></div>
<p class="prev">上一篇：<a href=1>关于召开座谈会的通知</a></p><p class="next">下一篇：<a href=2>关于报送材料的通知</a></p></div>
<div class="right"><h3>热门推荐</h3><ul>{_RELATED}</ul></div><div class="bottom">{_FOOT}</div></body></html>"""
    return Page(html, TITLE, (*NOTICE, *TABLE))


def _layout_tables() -> Page:
    """An old page: tables in tables, nothing named."""
    menu = "".join(
        f"<td><a href=#>{name}</a></td>"
        for name in ("首页", "新闻", "政务", "招商", "服务", "留言")
    )
    words = "<br>".join("　　" + line for line in NOTICE)
    html = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>云岭市招商网</title></head>
<body><table width=900><tr>{menu}</tr></table><table width=900><tr><td width=200 valign=top>
<table><tr><td>栏目导航</td></tr><tr><td><a href=1>投资指南</a></td></tr><tr><td><a href=2>优惠政策</a></td></tr></table></td>
<td valign=top><table width=680><tr><td align=center><font size=5><b>{TITLE}</b></font></td></tr>
<tr><td align=center>作者：admin 点击：388 发布时间：2009-3-4</td></tr><tr><td>{words}</td></tr>
<tr><td align=right><a href="javascript:window.print()">【打印】</a> <a href="javascript:window.close()">【关闭】</a></td></tr></table></td></tr></table>
<table width=900><tr><td align=center>版权所有：云岭市招商局 云ICP备00000001号</td></tr></table></body></html>"""
    return Page(html, "云岭市招商网", NOTICE)


def _wechat() -> Page:
    """An article of a public account: hidden until a script shows it."""
    words = _paragraphs(
        ARTICLE,
        '<section style="margin:8px"><p><span style="font-size:15px">{}</span></p></section>',
    )
    html = f"""<!DOCTYPE html><html lang="zh_CN"><head><meta charset="utf-8"><meta property="og:title" content="云岭：机声隆隆又一春">
<title></title></head><body id="activity-detail" class="zh_CN"><div id="js_article" class="rich_media"><div class="rich_media_inner">
<div id="page-content" class="rich_media_area_primary"><div class="rich_media_area_primary_inner"><div id="img-content" class="rich_media_wrp">
<h1 class="rich_media_title" id="activity-name">云岭：机声隆隆又一春</h1>
<div id="meta_content" class="rich_media_meta_list"><span class="rich_media_meta rich_media_meta_text">云岭融媒</span>
<span class="rich_media_meta rich_media_meta_nickname" id="profileBt"><a href="javascript:void(0);" id="js_name">云岭发布</a></span>
<em id="publish_time" class="rich_media_meta rich_media_meta_text">2025-03-04 18:20</em></div>
<div class="rich_media_content js_underline_content" id="js_content" style="visibility: hidden; opacity: 0; ">{words}</div></div></div></div>
<div class="rich_media_area_extra"><p>预览时标签不可点</p><p>微信扫一扫<br>关注该公众号</p></div></div></div>
<div id="js_pc_qr_code" style="display:none;"><p>微信扫一扫使用小程序</p></div><div class="weui-dialog"><div>知道了</div><div>取消 允许</div></div>
<script>var biz = "" || "MzA";var msg_title = "云岭";</script></body></html>"""
    return Page(html, "云岭：机声隆隆又一春", ARTICLE)


def _guide() -> Page:
    """English guidance with landmarks of its own."""
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Apply for a start-up grant - YUNLING.GOV</title></head><body>
<div class="cookie-banner" role="region"><h2>Cookies on YUNLING.GOV</h2><p>We use some essential cookies to make this website work.</p><button>Accept additional cookies</button></div>
<a href="#content" class="skip-link">Skip to main content</a><header role="banner"><a href="/">YUNLING.GOV</a><nav><ul><li>Topics</li><li>Government activity</li></ul></nav></header>
<div class="breadcrumbs"><ol><li>Home</li><li>Business</li><li>Grants</li></ol></div>
<main id="content" role="main"><h1>Apply for a start-up grant</h1>{_guidance()}</main>
<div class="related-container"><nav role="navigation"><h2>Related content</h2><ul><li><a href=/a>Business rates relief in Yunling</a></li></ul></nav></div>
<div class="feedback"><h2>Is this page useful?</h2><button>Yes</button><button>No</button><p>Report a problem with this page</p></div>
<footer role="contentinfo"><ul><li>Help</li><li>Privacy</li></ul><p>All content is available under the Open Licence, except where otherwise stated</p></footer></body></html>"""
    return Page(html, "Apply for a start-up grant", GUIDANCE)


def _english_portal() -> Page:
    """An English page of a Chinese portal: blocks without names that tell anything."""
    html = f"""<html><head><meta charset="utf-8"><title>Start-up grants</title></head><body><div class="wrapper"><div class="top_bar"><a href=#>中文</a> <a href=#>Mobile</a></div>
<div class="menu_en"><a href=1>Home</a><a href=2>About Yunling</a><a href=3>Invest</a><a href=4>Live</a><a href=5>Services</a></div>
<div class="bread">Home&gt; Invest&gt; Policies</div><div class="cols"><div class="left_box"><div class="biaoti">Start-up grants</div>
<div class="laiyuan">Updated: 2025-03-04 | By: Yunling Daily | Font size: A A</div><div class="zhengwen">{_guidance()}</div></div>
<div class="right_box"><div class="r_tit">Hot topics</div><ul><li><a href=x>Yunling opens its third direct flight</a></li><li><a href=y>Spring fair draws 200 companies</a></li></ul></div></div>
<div class="links">Links: <a href=#>State Council</a> <a href=#>Ministry of Commerce</a></div><div class="copyright">Copyright © Yunling Municipal Government. All rights reserved.</div></div></body></html>"""
    return Page(html, "Start-up grants", GUIDANCE)


def _news() -> Page:
    """A newspaper's page: the text between a menu, recommendations and comments."""
    html = f"""<html><head><meta charset="utf-8"><title>机声隆隆又一春 - 云岭新闻网</title></head><body><div class="hd"><ul>{_LINKS}</ul></div>
<div class="main-box"><div class="fl w700"><h1>机声隆隆又一春</h1><div class="source">云岭日报 2025-03-04 08:00 记者 张三</div>
<div class="txt_box" id="ozoom">{_paragraphs(ARTICLE)}</div><div class="editor">责任编辑：李四</div><div class="share">分享到： 微信 微博 QQ空间</div>
<div class="comment"><h3>网友评论</h3><p>文明上网理性发言，请遵守新闻评论服务协议</p></div></div>
<div class="fr w280"><h3>热点新闻</h3><ul>{_RELATED}</ul></div></div><div class="ft">{_FOOT}</div></body></html>"""
    return Page(html, "机声隆隆又一春", ARTICLE)


def _statistics() -> Page:
    """A page whose text is a table."""
    html = f"""<html><head><meta charset="utf-8"><title>全市产业园区一览表</title>{_META.replace(TITLE, "全市产业园区一览表")}</head><body>
<div class="header"><ul>{_LINKS}</ul></div><div class="crumb">首页 &gt; 数据发布</div><div class="article-box"><h2 class="art-title">全市产业园区一览表</h2>
<p class="art-info">日期：2025-03-04 来源：统计局 阅读：12</p><div class="article-content">{_table()}</div></div>
<div class="footer">{_FOOT}</div></body></html>"""
    return Page(html, "全市产业园区一览表", TABLE)


def _questions() -> Page:
    """Questions and answers as a definition list, in a page of bare blocks."""
    pairs = list(zip(NOTICE[2:8:2], NOTICE[3:9:2], strict=True))
    words = "".join(f"<dt>{q}</dt><dd>{a}</dd>" for q, a in pairs)
    html = f"""<html><head><meta charset="utf-8"><title>常见问题</title></head><body><div><ul>{_LINKS}</ul></div>
<div><div><dl>{words}</dl></div></div><div>{_FOOT}</div></body></html>"""
    return Page(html, "常见问题", tuple(line for pair in pairs for line in pair))


PAGES = {
    page.__name__.strip("_"): page()
    for page in (
        _portal,
        _trs,
        _layout_tables,
        _wechat,
        _guide,
        _english_portal,
        _news,
        _statistics,
        _questions,
    )
}
