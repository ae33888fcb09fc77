"""Written sentences against the quotes that they cite."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyqa import Statement
from hyqa.answer.writing.grounding import is_supported, supported_statements

DOCTORS = "全日制博士到云岭市企业工作的，每月发放生活补贴3000元，最长不超过36个月。已享受其他同类补贴的除外。"
BOTH = "博士每月发放生活补贴4,000元，硕士每月发放生活补贴2,000元。"
PARK = "白鹭高新区于2019年6月设立，规划面积18平方公里，计划总投资50亿元。园区不得引进化工项目。"
ENGLISH = (
    "A doctor receives a living allowance of 3,000 yuan a month. It is paid for at most 36 months."
)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("全日制博士到云岭市企业工作，每月发放生活补贴3000元", DOCTORS),
        ("生活补贴最长不超过36个月", DOCTORS),
        ("博士每月发放生活补贴4000元", BOTH),
        ("白鹭高新区规划面积 18 平方公里", PARK),
        ("白鹭高新区计划总投资50亿元", PARK),
        ("园区不得引进化工项目", PARK),
        ("A doctor receives a living allowance of 3,000 yuan a month", ENGLISH),
        ("The allowance is paid for at most 36 months", ENGLISH),
    ],
)
def test_what_a_quote_says_is_supported(sentence: str, quote: str) -> None:
    assert is_supported(sentence, quote)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("全日制博士每月发放生活补贴5000元", DOCTORS),  # another figure
        ("全日制博士每月发放生活补贴300元", DOCTORS),  # a part of one
        ("全日制博士每月发放生活补贴3000万元", DOCTORS),  # another unit
        ("全日制博士每月发放生活补贴三千元", DOCTORS),  # a figure that is written in other words
        ("生活补贴最长36年", DOCTORS),
        ("生活补贴发放36个月", DOCTORS),  # the limit is lost
        ("硕士每月发放生活补贴4000元", BOTH),  # the figure of another
        ("长沙博士每月发放生活补贴4000元", BOTH),  # another place
        ("白鹭高新区总投资50亿元", PARK),  # a plan told as a fact
        ("园区引进化工项目", PARK),  # the negation is lost
        ("白鹭高新区没有规划面积18平方公里", PARK),  # and added
        ("白鹭高新区于2020年6月设立", PARK),
        ("竹溪高新区规划面积18平方公里", PARK),
        ("这里环境优美交通便利值得投资", PARK),
        ("The allowance is paid for 36 months", ENGLISH),
        ("Masters receive a living allowance of 3,000 yuan a month in Yunling", ENGLISH),
        ("A doctor never receives a living allowance of 3,000 yuan a month", ENGLISH),
        ("", PARK),
        ("。", PARK),
        ("<b>园区不得引进化工项目</b>", PARK),
        ("园区不得引进化工项目 https://example.org", PARK),
        ("园区不得引进化工项目\u202e", PARK),
        ("园区不得引进化工项目" * 40, PARK),
        ("园区不得引进化工项目", ""),
    ],
)
def test_what_a_quote_does_not_say_is_not(sentence: str, quote: str) -> None:
    assert not is_supported(sentence, quote)


def test_sentences_that_cite_what_supports_them_stay() -> None:
    text = (
        "这是我的看法。博士每月发放生活补贴4000元[1]。园区不得引进化工项目。[2] 园区不得引进化工项目[1]。"
        "白鹭高新区规划面积18平方公里[3]。硕士每月发放生活补贴2000元。"
    )
    assert supported_statements(text, [BOTH, PARK]) == (
        Statement("博士每月发放生活补贴4000元", (1,)),
        Statement("园区不得引进化工项目", (2,)),
    )


def test_a_sentence_may_rest_on_two_quotes() -> None:
    text = "博士每月发放生活补贴4000元，园区不得引进化工项目[1][2]。"
    [one] = supported_statements(text, [BOTH, PARK])
    assert one.quotes == (1, 2)


@given(st.text(max_size=300))
def test_whatever_is_written_what_stays_is_cited(text: str) -> None:
    for one in supported_statements(text + "[1]", [PARK, BOTH]):
        assert one.quotes
        assert is_supported(one.text, PARK) or is_supported(one.text, BOTH)
