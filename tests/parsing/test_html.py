import pytest

from parsing.making import Fail, Read, bodies
from parsing.pages import NOTICE, PAGES

PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="{charset}">
<meta name="ArticleTitle" content="园区简介"><meta name="PubDate" content="2025-03-04 10:20">
<meta name="ContentSource" content="市政府"><title>园区简介_门户</title></head><body>
<header>页头</header><nav>首页 &gt; 园区</nav><div class="TRS_Editor"><h1>园区简介</h1>
<p>松木经开区<b>成立</b>于&nbsp;2006年，
位于衡阳市北部。</p><h2>产业</h2><p>盐卤化工。<br>新材料。</p>
<p style="display: none">隐藏</p><script>var a;</script><!-- 注 -->
<table><tr><th>名称</th><th>面积</th></tr><tr><td><p>松木</p></td><td>20</td></tr></table>
</div><form>搜索</form><footer>版权</footer></body></html>"""


@pytest.mark.parametrize(("charset", "codec"), [("utf-8", "utf-8"), ("gb2312", "gb18030")])
def test_government_page(read: Read, charset: str, codec: str) -> None:
    document = read("a.html", PAGE.format(charset=charset).encode(codec))
    meta = document.meta
    assert (meta.title, meta.issued, meta.publisher) == ("园区简介", "2025-03-04", "市政府")
    assert bodies(document) == [
        ((), "松木经开区成立于\u00a02006年， 位于衡阳市北部。"),
        (("产业",), "盐卤化工。\n新材料。\n名称 | 面积\n松木 | 20"),
    ]


def test_table_that_lays_out_a_page_is_not_one_paragraph(read: Read) -> None:
    words = "很长的正文。" * 60
    page = f"<body><table><tr><td><p>{words}</p><p>第二段。</p></td></tr></table></body>"
    assert read("a.htm", page).text == f"{words}\n第二段。"


def test_form_around_a_whole_page_stays(read: Read) -> None:
    assert read("a.html", "<form id=form1><p>正文在此。</p></form>").text == "正文在此。"


def test_article_wins_over_the_rest(read: Read) -> None:
    page = (
        "<title>T</title><div>侧栏</div><article><h2>H</h2><ul><li>a<ul><li>b</ul></ul></article>"
    )
    document = read("a.html", page)
    assert (document.meta.title, document.text) == ("T", "H\na\nb")


def test_wrong_or_empty_pages_fail(fail: Fail) -> None:
    assert "no text" in fail("a.html", "<html><body><nav>x</nav></body></html>")
    broken = b'<meta charset="utf-8"><p>' + b"\xff\xff" * 50
    assert "save it as UTF-8" in fail("b.html", broken)


def test_a_broken_byte_does_not_lose_the_page(read: Read) -> None:
    page = '<meta charset="gbk"><p>' + "衡阳" * 200 + "</p>"
    assert "衡阳" in read("a.html", page.encode("gb18030").replace(b"</p>", b"\xff</p>")).text


def test_endless_nesting_is_refused(fail: Fail) -> None:
    assert "nested" in fail("a.html", "<table><tr><td>" * 2000 + "x")


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_known_systems_give_their_text_and_little_else(read: Read, name: str) -> None:
    page = PAGES[name]
    codec = "gb18030" if "gb2312" in page.html else "utf-8"
    document = read("a.html", page.html.encode(codec))
    lines = [line.strip() for line in document.text.split("\n") if line.strip() != page.title]
    assert document.meta.title == page.title
    assert [line for line in page.lines if line not in lines] == []
    more = sum(len(line) for line in lines if line not in page.lines)
    assert more <= (200 if name == "questions" else 0)  # one too short to be told from its foot


def test_numbered_lines_head_sections_where_no_tag_does(read: Read) -> None:
    paths = [path for path, _ in bodies(read("a.html", PAGES["portal"].html))]
    assert (NOTICE[2],) in paths and (NOTICE[4],) in paths


TABLE = """<body><p>前言。</p><table><caption>补助标准</caption><tr><th rowspan=2>类别</th>
<th colspan=2>标准</th></tr><tr><th>首年</th><th>次年</th></tr><tr><td rowspan="2">新<b>建</b></td>
<td>100元</td><td>50元</td></tr><tr><td>80元</td><td></td></tr><tr><td>租用</td><td></td><td>40元</td></tr>
</table><p>后记。</p></body>"""


def test_a_row_says_what_reaches_into_it_and_knows_its_header(read: Read) -> None:
    document = read("a.html", TABLE)
    (table,) = document.tables
    assert document.text[table.start : table.end].split("\n") == [
        "类别 | 标准",
        "类别 | 首年 | 次年",
        "新建 | 100元 | 50元",
        "新建 | 80元",
        "租用 |  | 40元",
    ]
    header = document.text[table.header_start : table.header_end]
    assert header == "类别 | 标准\n类别 | 首年 | 次年"
    assert document.text.startswith("前言。\n补助标准\n") and document.text.endswith("\n后记。")


def test_a_first_row_of_names_is_the_header_and_one_of_figures_is_not(read: Read) -> None:
    def header(*rows: str) -> str:
        cells = ["".join(f"<td>{cell}</td>" for cell in row.split(",")) for row in rows]
        page = "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
        document = read("a.html", page)
        (table,) = document.tables
        return document.text[table.header_start : table.header_end]

    assert header("园区,面积", "青螺洲,1200亩") == "园区 | 面积"
    assert header("青螺洲,1200亩", "时针谷,860亩") == ""
    assert header("园区,2023年", "青螺洲,1200亩") == "园区 | 2023年"
    assert header("园区,面积") == ""


def test_items_of_ordered_lists_keep_the_numbers_that_a_browser_shows(read: Read) -> None:
    page = """<article><ol start=3><li>甲</li><li><p>乙</p>续</li><li value=9>丙</li></ol><ol type=a><li>a</ol>
    <ol style="list-style: none"><li>丁</ol><ol><li>（一）戊</ol></ol><ul><li>己</ul></article>"""
    assert read("a.html", page).text.split("\n") == [
        "3. 甲", "4. 乙", "续", "9. 丙", "a. a", "丁", "（一）戊", "己",
    ]  # fmt: skip


def test_a_heading_over_two_lines_is_one(read: Read) -> None:
    document = read("a.html", "<h1>云岭市人民政府<br>关于投资的通知</h1><p>甲。</p>")
    assert document.meta.title == document.text.split("\n")[0] == "云岭市人民政府关于投资的通知"


def test_a_page_of_links_keeps_them(read: Read) -> None:
    items = "".join(f"<li><a href={n}>关于第{n}批项目的通知</a></li>" for n in range(9))
    assert "关于第8批项目的通知" in read("a.html", f"<ul>{items}</ul>").text


def test_hostile_numbers_of_cells_and_items_are_borne(read: Read) -> None:
    spans = " ".join(
        f'<td rowspan="{n}" colspan="{n}">{n}</td>' for n in ("0", "-1", "99999999", "²")
    )
    page = f"<table><tr>{spans}</tr><tr><td>a</td></tr></table><ol start='١'><li value=x>b</ol>"
    assert read("a.html", page).text


def test_a_page_with_very_many_elements_is_taken_whole(read: Read) -> None:
    page = "<ul>" + "<li><a href=1>甲</a>" * 2 + "</ul>" + "<p>乙。</p>" * 60_000
    assert len(read("a.html", page).text.split("\n")) == 60_002
