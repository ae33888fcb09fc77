"""What an official document says of itself: read where it says it, and nowhere else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyqa.parsing.metadata.stated import Reading, read_text
from hyqa.types import Form
from parsing.making import Read

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
LAW = """云岭市燃气管理条例
（2023年6月2日云岭市第三届人民代表大会常务委员会第九次会议通过　2023年7月27日云岭省第十四届人民代表大会常务委员会第四次会议批准）
第一章　总则
第一条　为了加强燃气管理，制定本条例。
第二条　本条例自2023年10月1日起施行。2009年5月1日起施行的《云岭市燃气管理办法》同时废止。"""

PARAGRAPHS = NOTICE.replace("\n", "\n\n")


def fields(text: str, issued: str = "") -> dict[str, str]:
    """Each field of the metadata with its value; several repeals are joined by a bar."""
    reading = read_text(text, issued)
    values: dict[str, str] = {}
    for one in reading.evidence:
        if one.field in ("addressees", "printed_by"):
            continue
        values[one.field] = "|".join(filter(None, [values.get(one.field), one.value]))
    return values


def words(text: str, field: str) -> str:
    (one,) = [e for e in read_text(text).evidence if e.field == field]
    return text[one.start : one.end]


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


@pytest.mark.parametrize(
    "sentence",
    [
        "根据《办法》（云政发〔2019〕5号），加快建设。",
        "许可证有效期为五年，期满三十日前申请延续。",
        "本次申报截止时间为2026年6月30日。",
        "本通知第三条自2026年1月1日起施行。",
        "《云岭市产业条例》自2022年1月1日起施行。",
        "通知写道：“本办法自2022年1月1日起施行，有效期三年。”",
        "《关于〈甲办法〉自2021年1月1日起同时废止的公告》已经印发。",
        "以前规定与本通知不一致的，同时废止。",
        "如国家另有规定，《甲办法》相应条款停止执行。",
        "《甲办法》第五条同时废止。",
        "本措施所称企业，自2020年1月1日起执行新标准。",
        "在本措施施行前签约的，自2026年1月1日起执行。",
    ],
)
def test_what_is_said_of_other_things_is_no_term_of_the_document(sentence: str) -> None:
    text = NOTICE.replace(
        "本措施自2025年8月1日起施行，有效期五年。《云岭市引进人才暂行办法》（云政办发〔2020〕21号）同时废止。",
        sentence,
    )
    assert set(fields(text)) == {"title", "number", "publisher", "issued", "kind"}
    assert fields(text)["number"] == "云政办发〔2025〕8号"


@pytest.mark.parametrize(
    ("sentence", "effective", "expires"),
    [
        ("本措施自印发之日起施行。", "2025-07-11", ""),
        ("本措施自印发之日起30日后施行，有效期2年。", "2025-08-10", "2027-08-09"),
        ("本措施自2025年8月1日起施行，至2027年7月31日止。", "2025-08-01", "2027-07-31"),
        ("本措施自2025年8月起施行，有效期3年。", "2025-08", "2028-08"),
        ("本措施有效期至2026年12月31日。", "", "2026-12-31"),
        ("本措施施行期暂定为6个月。", "", "2026-01-10"),
        ("本措施执行期限为自发布之日起至2025年12月31日。", "2025-07-11", "2025-12-31"),
        ("本措施自2024年2月29日起施行，有效期1年。", "2024-02-29", "2025-02-28"),
        ("本措施自2025年8月1日起试行，试行期两年。", "2025-08-01", "2027-07-31"),
        ("以上政策自即日起执行。", "2025-07-11", ""),
        ("本措施自2025年8月1日起试行一年。", "2025-08-01", "2026-07-31"),
        ("本措施自2025年8月1日起执行，暂定两年。", "2025-08-01", "2027-07-31"),
        ("执行时间：2025年8月1日—2026年7月31日。", "2025-08-01", "2026-07-31"),
        ("本措施执行期暂定为自发布之日起的三个月。", "", "2025-10-10"),
        ("本措施自2025年8月1日零时施行。", "2025-08-01", ""),
        ("本措施适用截止时间为2026年6月30日。", "", "2026-06-30"),
        ("第六章附则第九条本措施自2025年8月1日起施行。", "2025-08-01", ""),
    ],
)
def test_terms_are_counted_from_their_first_day(
    sentence: str, effective: str, expires: str
) -> None:
    text = NOTICE.replace("本措施自2025年8月1日起施行，有效期五年。", sentence)
    assert (fields(text).get("effective", ""), fields(text).get("expires", "")) == (
        effective,
        expires,
    )


def test_a_term_without_a_day_to_count_from_is_not_counted() -> None:
    text = "云岭市若干办法\n云政发〔2025〕1号\n第一条　为了发展。\n第二条　本办法自发布之日起施行，有效期五年。"
    assert set(fields(text)) == {"title", "number", "kind"}
    assert fields(text, "2025-03-01")["expires"] == "2030-02-28"


def remarks(text: str) -> str:
    return " ".join(read_text(text).remarks)


def test_a_trial_without_a_term_is_remarked_and_given_none() -> None:
    text = NOTICE.replace("若干措施》的", "若干措施（试行）》的").replace("，有效期五年", "")
    assert "试行" in remarks(text)
    assert "expires" not in fields(text)


def test_a_term_that_ends_with_an_event_is_remarked() -> None:
    text = NOTICE.replace("有效期五年", "有效期至疫情解除之日止")
    assert "有效期至疫情解除之日止" in remarks(text)
    assert "expires" not in fields(text)


def test_several_repealed_documents_are_each_named() -> None:
    text = NOTICE.replace(
        "《云岭市引进人才暂行办法》（云政办发〔2020〕21号）同时废止",
        "原《甲办法》（云政发〔2015〕3号）、《乙意见》和云政办发〔2016〕7号同时废止",
    )
    assert (
        fields(text)["repeals"] == "《甲办法》（云政发〔2015〕3号）|《乙意见》|云政办发〔2016〕7号"
    )


REPEALED = """云岭市人民政府关于废止部分规范性文件的决定
云政发〔2025〕9号
各区县人民政府：
经研究，决定废止《甲办法》等3件规范性文件（见附件1），修改1件。
附件：1．废止的规范性文件目录
2．修改的规范性文件目录
云岭市人民政府
2025年6月1日
附件1
废止的规范性文件目录
1．《甲办法》（云政发〔2015〕3号）
2．《乙意见》
3．云岭市人民政府关于丙的通知（云政发〔2016〕7号）
附件2
修改的规范性文件目录
1．《丁规定》（云政发〔2017〕1号）"""


def test_what_an_annex_lists_as_repealed_is_each_named() -> None:
    assert (
        fields(REPEALED)["repeals"]
        == "《甲办法》|《甲办法》（云政发〔2015〕3号）|《乙意见》|云政发〔2016〕7号"
    )


@pytest.mark.parametrize("word", ["拟", "建议"])
def test_a_list_of_what_may_be_repealed_repeals_nothing(word: str) -> None:
    text = REPEALED.replace("决定废止《甲办法》等3件规范性文件", "公开征求意见").replace(
        "\n废止的", f"\n{word}废止的"
    )
    assert "repeals" not in fields(text)


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


def test_english_documents_tell_when_they_take_effect() -> None:
    text = (
        "Measures on Talent\nThese Measures shall come into force as of August 1, 2025. They help."
    )
    assert fields(text) == {"effective": "2025-08-01"}
    assert words(text, "effective").endswith("August 1, 2025")
    assert fields("The law takes effect on August 1, 2025.") == {}


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


def test_what_only_amended_a_document_is_not_repealed_with_it() -> None:
    text = LAW.replace(
        "2009年5月1日起施行的《云岭市燃气管理办法》同时废止",
        "2009年5月1日通过、根据《云岭市燃气管理办法修正案》第一次修订的《云岭市燃气管理办法》同时废止",
    )
    assert fields(text)["repeals"] == "《云岭市燃气管理办法》"


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
