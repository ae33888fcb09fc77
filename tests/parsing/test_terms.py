"""When an official document takes effect and ends, and which others it ends."""

import pytest

from hyqa.parsing.metadata.stated import read_text
from parsing.official import LAW, NOTICE, fields, words


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


def test_english_documents_tell_when_they_take_effect() -> None:
    text = (
        "Measures on Talent\nThese Measures shall come into force as of August 1, 2025. They help."
    )
    assert fields(text) == {"effective": "2025-08-01"}
    assert words(text, "effective").endswith("August 1, 2025")
    assert fields("The law takes effect on August 1, 2025.") == {}


def test_what_only_amended_a_document_is_not_repealed_with_it() -> None:
    text = LAW.replace(
        "2009年5月1日起施行的《云岭市燃气管理办法》同时废止",
        "2009年5月1日通过、根据《云岭市燃气管理办法修正案》第一次修订的《云岭市燃气管理办法》同时废止",
    )
    assert fields(text)["repeals"] == "《云岭市燃气管理办法》"
