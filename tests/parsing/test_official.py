"""What an official document says of itself: read where it says it, and nowhere else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyqa.parsing.metadata.stated import Reading, read_text
from hyqa.types import Form
from parsing.making import Read
from parsing.official import LAW, NOTICE, fields, words

PARAGRAPHS = NOTICE.replace("\n", "\n\n")


def test_a_notice_tells_its_head_its_signature_and_its_term() -> None:
    assert fields(NOTICE) == {
        "title": "云岭市人民政府办公室关于印发《云岭市支持人才创新创业若干措施》的通知",
        "number": "云政办发〔2025〕8号",
        "publisher": "云岭市人民政府办公室",
        "issued": "2025-07-11",
        "kind": "policy",
        "effective": "2025-08-01",
        "expires": "2030-07-31",
        "repeals": "《云岭市引进人才暂行办法》（云政办发〔2020〕21号）",
    }


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("number", "云政办发〔2025〕8号"),
        ("issued", "2025年7月11日"),
        ("effective", "自2025年8月1日起施行"),
        ("addressees", "各县（市、区）人民政府，市直各单位"),
        ("expires", "有效期五年"),
        ("repeals", "《云岭市引进人才暂行办法》（云政办发〔2020〕21号）"),
    ],
)
def test_the_words_that_say_it_stand_at_their_place(field: str, said: str) -> None:
    assert words(NOTICE, field) == said


def test_a_notice_whose_line_breaks_were_lost_is_read_alike() -> None:
    assert fields(NOTICE.replace("\n", " ")) == fields(NOTICE)


def test_a_law_tells_who_passed_it_and_when() -> None:
    assert fields(LAW) == {
        "title": "云岭市燃气管理条例",
        "publisher": "云岭市第三届人民代表大会常务委员会",
        "issued": "2023-06-02",
        "kind": "law",
        "effective": "2023-10-01",
        "repeals": "《云岭市燃气管理办法》",
    }


def test_the_table_of_a_site_is_read_by_its_labels() -> None:
    text = (
        "索引号：1234\n发文机关：云岭市财政局\n成文日期：2024年02月03日\n"
        "标题：关于拨付资金的通知\n发文字号：云财〔2024〕3号\n发布日期：2024-02-09\n"
        "关于拨付资金的通知\n各县财政局：\n请按时拨付。"
    )
    values = fields(text)
    assert (values["publisher"], values["issued"]) == ("云岭市财政局", "2024-02-03")
    assert (values["number"], values["title"]) == ("云财〔2024〕3号", "关于拨付资金的通知")


def test_several_bodies_sign_together() -> None:
    text = "关于免税的公告\n甲部 乙总署 丙总局公告2020年第6号\n现公告如下。\n甲部　乙总署　丙总局\n2020年2月1日"
    values = fields(text)
    assert values["publisher"] == "甲部、乙总署、丙总局"
    assert values["number"] == "甲部 乙总署 丙总局公告2020年第6号"


def test_dates_in_chinese_numerals_are_read() -> None:
    text = NOTICE.replace("2025年7月11日", "二〇二五年七月十一日")
    assert fields(text)["issued"] == "2025-07-11"


@pytest.mark.parametrize(
    "text",
    [
        "云岭市出台人才新政\n日前，云岭市印发《若干措施》（云政办发〔2025〕8号），自2025年8月1日起施行，有效期五年。\n记者 张三",
        "《云岭市若干措施》政策解读\n一、背景\n本措施自2025年8月1日起施行，有效期五年。\n云岭市商务局\n2025年8月2日",
        "一是加快建设；二是抓好落实。2025年3月1日，会议召开。",
        "云岭市支持人才若干措施",
        "",
        "第1号\n2020年2月30日",
    ],
)
def test_a_text_about_a_document_says_nothing_of_itself(text: str) -> None:
    assert fields(text) == {}


def test_who_issues_by_order_is_the_body_not_who_approves() -> None:
    text = "云岭市燃气办法\n2017年8月18日 国务院批准\n2017年10月5日 民政部令第15号发布\n第一条 为了安全。"
    assert (fields(text)["publisher"], fields(text)["issued"]) == ("民政部", "2017-10-05")
    unordered = text.replace("民政部令第15号发布", "铁道部发布")
    assert fields(unordered)["publisher"] == "铁道部"
    passed = text.replace("国务院批准", "国务院第182次常务会议通过").split("2017年10月5日")[0]
    assert fields(passed + "\n第一条 为了安全。")["publisher"] == "国务院"


def test_who_sealed_a_document_is_no_part_of_the_name_that_signs() -> None:
    sealed = NOTICE.replace(
        "云岭市人民政府办公室\n2025年7月11日", "云岭市人民政府办公室（代章）\n2025年7月11日"
    )
    assert sealed != NOTICE
    assert fields(sealed)["publisher"] == "云岭市人民政府办公室"


def test_a_declared_field_wins_and_the_contradiction_is_told(read: Read) -> None:
    document = read("a.md", f"---\nissued: 2025-07-12\nexpires: 2030\n---\n{PARAGRAPHS}")
    assert document.meta.issued == "2025-07-12"
    assert document.meta.number == "云政办发〔2025〕8号"
    assert document.meta.repeals == ("《云岭市引进人才暂行办法》（云政办发〔2020〕21号）",)
    (remark,) = document.remarks
    assert "2025-07-12" in remark and "2025年7月11日" in remark


def test_a_digest_is_told_nothing_by_its_text_that_its_metadata_does_not_say(read: Read) -> None:
    document = read("a.md", f"---\nform: digest\nnumber: 云政办发[2025]8号\n---\n{PARAGRAPHS}")
    assert document.meta.form is Form.DIGEST
    assert (document.meta.issued, document.meta.expires, document.meta.repeals) == ("", "", ())
    assert [one.field for one in document.evidence] == ["number"]
    assert document.remarks == ()


def test_the_red_head_and_an_undated_signature_name_the_body() -> None:
    red = "云岭市商务局文件\n云商〔2025〕3号\n关于做好招商工作的通知\n各单位：\n请认真落实。"
    assert fields(red)["publisher"] == "云岭市商务局"
    undated = "关于做好招商工作的通知\n各单位：\n请认真落实。\n云岭市商务局"
    assert fields(undated)["publisher"] == "云岭市商务局"
    assert "issued" not in fields(undated)


def test_who_printed_a_document_is_told_as_evidence_only(read: Read) -> None:
    text = "关于做好招商工作的通知\n各单位：\n请认真落实。\n云岭市商务局办公室　2025年7月12日印发"
    (printed,) = [one for one in read_text(text).evidence if one.field == "printed_by"]
    assert text[printed.start : printed.end] == printed.value == "云岭市商务局办公室"
    document = read("a.txt", text)
    assert document.meta.issued == "2025-07-12"
    assert {"addressees", "printed_by"} <= {one.field for one in document.evidence}


LINES = st.lists(
    st.sampled_from([*NOTICE.split("\n"), *LAW.split("\n"), "同时废止", "自年月日起施行", "《" * 9])
    | st.text(st.sampled_from("〔2025〕号年月日起施行《》（）本办法自有效期三 \n"), max_size=30),
    max_size=14,
)


@settings(deadline=None)
@given(LINES, st.sampled_from(["\n", " ", "　　"]))
def test_what_is_read_always_stands_in_the_text(lines: list[str], gap: str) -> None:
    text = gap.join(lines)
    reading: Reading = read_text(text)
    for one in reading.evidence:
        assert one.value
        assert 0 <= one.start < one.end <= len(text)
    said = [one.field for one in reading.evidence if one.field != "repeals"]
    assert len(said) == len(set(said))
