import pytest

from hyqa.types import Form, Language
from parsing.making import Fail, Read, bodies


def test_marks_and_addresses_go_and_words_stay(read: Read) -> None:
    document = read(
        "a.md", "**松木**经开区在[衡阳](https://x.cn)，`A1` 区。<br>另起。<!-- 注 -->\n"
    )
    assert document.text == "松木经开区在衡阳，A1 区。另起。"


def test_headings_nest_and_stand_outside_sections(read: Read) -> None:
    document = read("a.md", "前言。\n\n## 一\n甲。\n\n### 二\n乙。\n\n## 三\n丙。\n")
    assert bodies(document) == [
        ((), "前言。"), (("一",), "甲。"), (("一", "二"), "乙。"), (("三",), "丙。"),
    ]  # fmt: skip
    assert document.text == "前言。\n一\n甲。\n二\n乙。\n三\n丙。"


def test_only_top_heading_is_the_title(read: Read) -> None:
    document = read("a.md", "# 园区\n\n甲。\n\n## 位置\n\n乙。\n")
    assert document.meta.title == "园区"
    assert bodies(document) == [((), "甲。"), (("位置",), "乙。")]


def test_lists_and_tables_become_paragraphs(read: Read) -> None:
    source = (
        "1. 甲\n2. 乙\n   - 丙\n\n| 名称 | 面积 |\n| --- | --- |\n| 松木 | 20 |\n\n```\n码\n```\n"
    )
    assert read("a.md", source).text.split("\n") == [
        "1. 甲", "2. 乙", "丙", "名称 | 面积", "松木 | 20", "码",
    ]  # fmt: skip


def test_wrapped_lines_join(read: Read) -> None:
    assert read("a.md", "衡阳\n在湖南。\n\nThe city\nlies south.\n").text == (
        "衡阳在湖南。\nThe city lies south."
    )


def test_front_matter_gives_metadata(read: Read) -> None:
    fields = "title: 办法\nkind: policy\nform: digest\nissued: 2025\neffective: 2025-03-01\n"
    meta = read("a.md", f"---\n{fields}expires: 2026-12\nreprint: true\nurl: ~\n---\n正文。").meta
    assert (meta.title, meta.kind, meta.form) == ("办法", "policy", Form.DIGEST)
    assert (meta.issued, meta.effective, meta.expires) == ("2025", "2025-03-01", "2026-12")
    assert meta.reprint and meta.url == "" and meta.language is Language.CHINESE


@pytest.mark.parametrize(
    ("field", "word"),
    [
        ("author: x", "`author`"),
        ("issued: 2025-02-30", "`issued`"),
        ("issued: 2025/3/1", "`issued`"),
        ("kind: essay", "`kind`"),
        ("form: copy", "`form`"),
        ("language: fr", "`language`"),
        ("reprint: maybe", "`reprint`"),
        ("title: [a, b]", "`title`"),
        ("title: 'open", "YAML"),
        ("- a", "list of fields"),
        ("a: &a [*a, *b]", "YAML"),
        ("x: " + "y" * 70_000, "longer than"),
    ],
)
def test_wrong_front_matter_names_the_field(fail: Fail, field: str, word: str) -> None:
    assert word in fail("a.md", f"---\n{field}\n---\n正文。")


def test_file_without_body_has_no_text(fail: Fail) -> None:
    assert "no text" in fail("a.md", "---\ntitle: 空\n---\n")


def test_headings_alone_can_still_be_found(read: Read) -> None:
    assert bodies(read("a.md", "## 一\n\n## 二\n")) == [((), "一\n二")]
