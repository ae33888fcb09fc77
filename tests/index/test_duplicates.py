from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyqa import Engine, HashEncoder
from hyqa.index.build import build_index, open_index
from hyqa.index.duplicates import same, unique
from hyqa.index.inspection import Concern, inspect
from hyqa.types import Document, Form, Metadata, Recognised, Section

NOTICE = (
    "为支持企业来云岭市投资，经市人民政府同意，现将有关事项通知如下。在云岭市注册、固定资产投资五千万元以上的制造业企业，"
    "新建厂房的，按每平方米一百元给予补助，最高二百万元；租用厂房的，前三年租金减半。企业于每年三月底前向所在园区提出申请，"
    "园区十五个工作日内办结。申请时应当提交营业执照、项目备案证明、用地或者租赁合同，以及上一年度的审计报告。园区管理机构会同"
    "财政、税务部门对申请进行审核，必要时到现场核查。企业弄虚作假骗取补助的，追回全部补助资金，三年内不再受理其申请。"
    "本通知自2025年4月1日起施行，有效期三年。"
)


def made(name: str, text: str, **fields: str) -> Document:
    meta = Metadata(fields.pop("title", "投资通知"), **fields)  # type: ignore[arg-type]
    return Document(name, meta, text, (Section((), 0, len(text)),), (), "0")


def kept(*documents: Document) -> list[str]:
    return [document.id for document in unique(documents)[0]]


def test_a_copy_and_another_format_are_left_out_and_named() -> None:
    page = made("a.html", f"首页\n{NOTICE}\n来源：市政府办", url="https://example.org/a")
    copy = made("b.txt", NOTICE.replace("。", "。\n"))
    other = made("c.md", "青螺洲工业园规划面积十二平方公里，分三期建设，主导产业为纺织和船用电缆。")
    documents, twins = unique([copy, page, other])
    assert [document.id for document in documents] == ["a.html", "c.md"]
    assert [(twin.left_out.id, twin.kept) for twin in twins] == [("b.txt", "a.html")]
    assert "b.txt" in documents[0].remarks[0]


def test_the_address_of_the_one_left_out_is_kept_where_the_other_has_none() -> None:
    better = made("a.pdf", NOTICE, publisher="云岭市人民政府", number="云政发〔2025〕8号")
    page = made("b.html", NOTICE, url="https://example.org/b")
    (document,), _ = unique([page, better])
    assert document.id == "a.pdf" and document.meta.url == "https://example.org/b"
    assert "https://example.org/b" in document.remarks[0]


def test_a_text_layer_is_kept_before_a_scan() -> None:
    scan = replace(made("a.pdf", NOTICE, url="u", number="n"), recognised=(Recognised(1, 0.9),))
    assert kept(scan, made("b.docx", NOTICE)) == ["b.docx"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2025年4月1日", "2024年4月1日"),
        ("最高二百万元", "最高三百万元"),
        ("云岭市", "青螺县"),
        ("在云岭市注册", "不在云岭市注册"),
        ("追回全部补助资金", "不追回全部补助资金"),
        ("租金减半", "租金减半的除外"),
        ("前三年租金减半", "前三年不予租金减半"),
        ("园区十五个", "园区二十个"),
        ("租金减半", "租金减半，但已经享受其他同类补助的企业不再重复享受本条规定的补助"),
    ],
)
def test_editions_that_say_something_else_both_stay(old: str, new: str) -> None:
    edition = NOTICE.replace(old, new)
    assert edition != NOTICE
    assert kept(made("a.md", NOTICE), made("b.md", edition)) == ["a.md", "b.md"]


@pytest.mark.parametrize("field", ["number", "issued", "effective", "expires"])
def test_the_same_words_under_other_numbers_or_dates_both_stay(field: str) -> None:
    one = made("a.md", NOTICE, **{field: "2024"})
    other = made("b.md", NOTICE, **{field: "2025"})
    assert kept(one, other) == ["a.md", "b.md"]
    assert kept(one, made("b.md", NOTICE)) == ["a.md"]


def test_a_digest_and_records_of_json_lines_stay() -> None:
    original = made("a.md", NOTICE)
    digest = replace(made("b.md", NOTICE), meta=Metadata("投资通知", form=Form.DIGEST))
    assert kept(original, digest) == ["a.md", "b.md"]
    assert kept(made("1", NOTICE), made("2", NOTICE)) == ["1", "2"]


def test_short_texts_and_parts_of_something_longer_stay() -> None:
    assert kept(made("a.md", "正文在此。"), made("b.md", "正文在此。")) == ["a.md", "b.md"]
    assert kept(made("a.md", NOTICE[15:]), made("b.md", NOTICE[:-15])) == ["a.md", "b.md"]


def test_forms_of_many_years_all_stay() -> None:
    years = [
        made(f"{y}.md", NOTICE.replace("2025", str(y)), issued=str(y)) for y in range(2000, 2026)
    ]
    assert len(kept(*years)) == len(years)


@given(
    st.text(st.sampled_from("甲乙丙丁1二"), max_size=60),
    st.text(st.sampled_from("甲乙丙丁1二"), max_size=60),
)
def test_sameness_does_not_depend_on_the_order(one: str, other: str) -> None:
    assert same(one, one)
    assert same(one, other) == same(other, one)


def test_an_index_holds_a_document_once_and_cites_it_once(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.html").write_text(f"<h1>投资通知</h1><p>{NOTICE}</p>", encoding="utf-8")
    (corpus / "b.txt").write_text(f"投资通知\n{NOTICE}", encoding="utf-8")
    (corpus / "c.md").write_text("# 青螺洲\n\n园区规划面积十二平方公里。", encoding="utf-8")
    result = build_index(corpus, tmp_path / "index", HashEncoder())
    assert result.failures == () and len(result.twins) == 1
    assert result.manifest.documents == 2
    engine = Engine(open_index(tmp_path / "index"), HashEncoder())
    answer = engine.ask("新建厂房每平方米补助多少元？", as_of=date(2025, 6, 1))
    assert len({quote.citation.document_id for quote in answer.quotes}) == 1


def test_hyqa_check_warns_of_the_one_left_out() -> None:
    seen = list(
        inspect([made("a.md", NOTICE), made("b.txt", f"{NOTICE}来源：市政府办")], date(2025, 1, 1))
    )
    concerns = [[warning.concern for warning in one.warnings] for one in seen]
    assert [Concern.DUPLICATE in one for one in concerns] == [False, True]


def test_a_copy_with_other_headers_is_found_among_many() -> None:
    texts = [
        f"第{n}号文件。" + "".join(f"第{n * i % 97}条，补贴{n + i}万元。" for i in range(60))
        for n in range(40)
    ]
    one = made("one.txt", texts[7])
    copy = made("copy.html", f"某市人民政府门户网站　{texts[7]}　责任编辑")
    others = [made(f"{n}.txt", text) for n, text in enumerate(texts) if n != 7]
    left, twins = unique([*others, one, copy])
    assert len(left) == 40 and {twins[0].left_out.id, twins[0].kept} == {"one.txt", "copy.html"}
