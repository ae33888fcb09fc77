import pytest

from parsing.making import Fail, Read, bodies

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
