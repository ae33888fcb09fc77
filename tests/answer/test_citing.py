from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyqa.answer.citing import by_source, cite, cited_title
from hyqa.types import Citation, Form, Language, Metadata, Quote

NOTICE = Metadata(
    title="关于支持人才创新创业的若干措施",
    publisher="衡阳市人民政府办公室",
    number="衡政办发〔2025〕3号",
    issued="2025-07-11",
    url="https://example.org/3",
)
DIGEST = replace(NOTICE, title="人才措施要点", form=Form.DIGEST, source_title=NOTICE.title)


def citing(meta: Metadata, language: Language = Language.CHINESE, **more: object) -> str:
    as_of = more.pop("as_of", None)
    assert as_of is None or isinstance(as_of, date)
    return cite(replace(Citation("talent", meta), **more), language, as_of=as_of)  # type: ignore[arg-type]


def test_an_original_names_title_number_publisher_and_date() -> None:
    assert citing(NOTICE) == (
        "《关于支持人才创新创业的若干措施》（衡政办发〔2025〕3号），衡阳市人民政府办公室，2025年7月11日"
    )
    assert citing(NOTICE, Language.ENGLISH) == (
        "“关于支持人才创新创业的若干措施” (衡政办发〔2025〕3号), 衡阳市人民政府办公室, 11 July 2025"
    )


def test_a_digest_reads_as_a_digest_of_its_source() -> None:
    assert citing(DIGEST, heading_path=("补贴",)) == (
        "整理自 衡阳市人民政府办公室《关于支持人才创新创业的若干措施》（衡政办发〔2025〕3号），2025年7月11日；补贴"
    )
    assert citing(DIGEST, Language.ENGLISH).startswith(
        "Digest of 衡阳市人民政府办公室, “关于支持人才创新创业的若干措施” (衡政办发〔2025〕3号), 11 July 2025"
    )


def test_a_digest_without_publisher_or_source_title_is_still_a_digest() -> None:
    bare = Metadata(title="要点", form=Form.DIGEST)
    assert citing(bare) == "摘要「要点」"
    assert citing(bare, Language.ENGLISH) == "Digest “要点”"


def test_a_digests_own_title_is_not_shown_as_the_sources() -> None:
    meta = Metadata(title="要点", form=Form.DIGEST, publisher="日报", issued="2025")
    assert citing(meta) == "摘要「要点」，整理自 日报，2025年"
    assert citing(meta, Language.ENGLISH) == "Digest “要点” of material from 日报, 2025"


@pytest.mark.parametrize(
    ("pages", "chinese", "english"),
    [((3, 3), "第 3 页", "p. 3"), ((3, 4), "第 3–4 页", "pp. 3–4")],
)
def test_pages(pages: tuple[int, int], chinese: str, english: str) -> None:
    assert citing(Metadata("甲"), pages=pages) == f"《甲》；{chinese}"
    assert citing(Metadata("A"), Language.ENGLISH, pages=pages) == f"“A”; {english}"


def test_headings_lead_to_the_section() -> None:
    line = citing(Metadata("甲"), heading_path=("第一章", "", "第二条\n补贴"), pages=(1, 2))
    assert line == "《甲》；第一章第二条 补贴，第 1–2 页"


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("三、支持政策", "（二）人才补贴", "5．"), "第三部分（二）第 5 条"),
        (("三、支持政策", "（二）人才补贴", "5．租房补贴"), "第三部分（二）第 5 条 租房补贴"),
        (("三、支持政策",), "三、支持政策"),
        (("5.",), "第 5 条"),
        (("若干措施", "一、总则", "（一）目标"), "若干措施 › 第一部分（一）目标"),
        (("一、总则", "适用范围"), "一、总则 › 适用范围"),
        (("1.2 范围", "（1）"), "1.2 范围 › （1）"),
        (("第十二条", "（三）"), "第十二条（三）"),
    ],
)
def test_numbers_are_read_together_as_people_cite_them(path: tuple[str, ...], place: str) -> None:
    assert citing(Metadata("甲"), heading_path=path) == f"《甲》；{place}"
    assert citing(Metadata("甲"), Language.ENGLISH, heading_path=path).endswith(" › ".join(path))


@pytest.mark.parametrize(
    ("iso", "chinese", "english"),
    [
        ("2025-07-11", "2025年7月11日", "11 July 2025"),
        ("2025-03", "2025年3月", "March 2025"),
        ("2025", "2025年", "2025"),
        ("2025-13", "2025-13", "2025-13"),
        ("spring 2025", "spring 2025", "spring 2025"),
    ],
)
def test_dates_are_as_precise_as_they_are_known(iso: str, chinese: str, english: str) -> None:
    meta = Metadata("A", issued=iso)
    assert citing(meta) == f"《A》，{chinese}"
    assert citing(meta, Language.ENGLISH) == f"“A”, {english}"


@pytest.mark.parametrize(
    ("expires", "as_of", "chinese", "english"),
    [
        ("2025-12-31", None, "有效期至2025年12月31日", "valid until 31 December 2025"),
        (
            "2025-12-31",
            date(2025, 12, 31),
            "有效期至2025年12月31日",
            "valid until 31 December 2025",
        ),
        ("2025-12-31", date(2026, 1, 1), "已于2025年12月31日到期", "expired on 31 December 2025"),
        ("2025-12", date(2025, 12, 31), "有效期至2025年12月", "valid until December 2025"),
        ("2025-12", date(2026, 1, 1), "已于2025年12月到期", "expired in December 2025"),
        ("2025", date(2025, 1, 1), "有效期至2025年", "valid until 2025"),
        ("2025", date(2026, 1, 1), "已于2025年到期", "expired in 2025"),
    ],
)
def test_expiry_depends_on_the_day(
    expires: str, as_of: date | None, chinese: str, english: str
) -> None:
    meta = Metadata("A", expires=expires)
    assert citing(meta, as_of=as_of) == f"《A》；{chinese}"
    assert citing(meta, Language.ENGLISH, as_of=as_of) == f"“A”; {english}"


def test_validity_is_told_in_full() -> None:
    meta = Metadata(
        "A",
        effective="2025-08-01",
        superseded_by="B",
        validity="以原文为准。",
        reprint=True,
        url="https://example.org",
    )
    assert citing(meta) == (
        "《A》；2025年8月1日起施行；已被《B》取代；说明：以原文为准；链接为转载页"
    )
    assert citing(meta, Language.ENGLISH) == (
        "“A”; effective 1 August 2025; superseded by “B”; note: 以原文为准; "
        "the link leads to a reprint"
    )


def test_a_reprint_without_a_link_is_not_spoken_of() -> None:
    assert citing(Metadata("A", reprint=True)) == "《A》"


def test_title_marks_are_not_doubled() -> None:
    assert citing(Metadata("《甲》")) == "《甲》"
    assert citing(Metadata("《甲》和《乙》")) == "《《甲》和《乙》》"


def test_a_document_without_a_title_goes_by_its_id() -> None:
    assert citing(Metadata("")) == "《talent》"


texts = st.text(max_size=20)
metadata = st.builds(
    Metadata,
    title=texts,
    form=st.sampled_from(Form),
    source_title=texts,
    publisher=texts,
    number=texts,
    issued=texts | st.dates().map(str),
    effective=texts,
    expires=texts | st.dates().map(str),
    superseded_by=texts,
    validity=texts,
    url=texts,
    reprint=st.booleans(),
)
citations = st.builds(
    Citation,
    document_id=st.just("talent"),
    meta=metadata,
    heading_path=st.lists(texts, max_size=3).map(tuple),
    pages=st.none() | st.just((1, 2)),
)


@given(citation=citations, language=st.sampled_from(Language), as_of=st.none() | st.dates())
def test_any_citation_is_one_line_that_shows_its_title(
    citation: Citation, language: Language, as_of: date | None
) -> None:
    line = cite(citation, language, as_of=as_of)
    assert len(line.splitlines()) == 1
    assert cited_title(citation) in line
    digest = citation.meta.form is Form.DIGEST
    assert digest == line.startswith(("整理自", "摘要", "Digest"))


def test_quotes_of_one_section_stand_under_one_citation() -> None:
    def quote(document: str, heading: str, page: int) -> Quote:
        citation = Citation(document, Metadata("办法"), (heading,), (page, page))
        return Quote("文", citation, 0, 1)

    first, second = quote("a", "一", 1), quote("a", "一", 3)
    third, fourth = quote("a", "二", 3), quote("b", "二", 1)
    groups = by_source((first, second, third, fourth))
    assert [parts for _, parts in groups] == [(first, second), (third,), (fourth,)]
    assert [citation.pages for citation, _ in groups] == [(1, 3), (3, 3), (1, 1)]
    assert by_source(()) == ()
