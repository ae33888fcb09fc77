import pytest

from hyqa.parsing.characters import clean_text, detect_language
from hyqa.types import Language
from parsing.making import Fail, Read, bodies

ARTICLE = """通讯员 张三 李四
“雁城春来早，湘水向东流。”
去年，全市新引进项目一百个，总投资八百亿元，园区面貌一新，企业信心更足。
招商提速:从“等客上门”到“主动敲门”
全市组建十支队伍，常年驻守沿海城市，一年走访企业上千家，签下一批大项目。
服务升级：从“能办”到“好办”
办事大厅推行一窗受理，企业开办时间压缩到一天以内，办事不再来回跑。
一审：王五，二审：赵六"""


def test_subheads_of_an_article_are_headings_and_its_byline_is_not(read: Read) -> None:
    document = read("news.txt", ARTICLE)
    assert document.meta.title == "news"
    assert [path for path, _ in bodies(document)] == [
        (), ("招商提速:从“等客上门”到“主动敲门”",), ("服务升级：从“能办”到“好办”",),
    ]  # fmt: skip
    assert document.text == ARTICLE


def test_first_line_that_looks_like_one_is_the_title(read: Read) -> None:
    document = read("a.txt", "关于支持制造业的若干措施\n一、总则\n本措施适用于全市企业。")
    assert document.meta.title == "关于支持制造业的若干措施"
    assert bodies(document) == [(("一、总则",), "本措施适用于全市企业。")]


def test_numbered_headings_nest(read: Read) -> None:
    text = "第一章 总则\n第一条 为了发展，制定本办法。\n一、目标\n（一）近期\n到明年建成。\n二、保障\n落实责任。"
    assert [path for path, _ in bodies(read("a.txt", "说明。\n" + text))] == [
        (),
        ("第一章 总则",),
        ("第一章 总则", "一、目标", "（一）近期"),
        ("第一章 总则", "二、保障"),
    ]


def test_list_of_short_numbered_lines_is_no_heading(read: Read) -> None:
    text = "需要以下材料：\n一、身份证\n二、营业执照\n三、申请表"
    assert bodies(read("a.txt", text)) == [((), text)]


def test_wrapped_english_joins_and_hyphens_close(read: Read) -> None:
    text = (
        "The zone offers land, power and water to companies that come to the\n"
        "city, and its office helps with permits, workers and the regis-\n"
        "tration of a company.\n\n"
        "Applications are taken all year round at the counter of the service\n"
        "hall; a decision takes ten days.\n"
    )
    first, second = read("a.txt", text).text.split("\n")
    assert "to the city" in first and "registration of" in first
    assert second.endswith("service hall; a decision takes ten days.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings(read: Read, encoding: str) -> None:
    assert (
        read("a.txt", "衡阳市在湖南。\r\n雁城。".encode(encoding)).text == "衡阳市在湖南。\n雁城。"
    )


@pytest.mark.parametrize("content", [b"", b" \n", b"PK\x03\x04\0\0", b"\xff\xff\xff", b"\xff\xfea"])
def test_what_is_no_text_fails(fail: Fail, content: bytes) -> None:
    assert fail("a.txt", content).startswith("it ")


def test_invisible_characters_go() -> None:
    raw = "\ufeff衡\u200b阳\x00\x07\u00ad\ue000\ud800\r\n\t雁\u2028城"
    assert clean_text(raw) == "衡阳\n 雁\n城"


def test_language_is_that_of_the_letters() -> None:
    assert detect_language("12345") is Language.CHINESE
    assert detect_language("The HYNTP is called 松木经开区 in Chinese") is Language.ENGLISH
    assert detect_language("使用 HTTP 与 API 接口") is Language.CHINESE
