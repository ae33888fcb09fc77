import io
from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from hyqa.parsing import packages
from hyqa.parsing.excel import workbook as excel
from hyqa.parsing.excel.values import display
from hyqa.parsing.excel.workbook import parse_excel
from parsing.making import Fail, Read, bodies, zip_bytes


def excel_bytes(fill: Callable[[Workbook], object]) -> bytes:
    workbook = Workbook()
    fill(workbook)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def parks(workbook: Workbook) -> None:
    sheet = workbook.active
    sheet.append(["云岭市产业园区一览表"])
    sheet.merge_cells("A1:D1")
    sheet.append(["单位：亩、万元"])
    sheet.append(["类别", "园区", "面积", "建成"])
    sheet.append(["国家级", "青螺洲工业园", 1200, date(2019, 5, 1)])
    sheet.append([None, "时针谷产业园", 860.5, date(2021, 12, 31)])
    sheet.merge_cells("A4:A5")
    sheet.append([])
    sheet.append(["省级", "鹭鸣物流园", 1234567, None])
    sheet["C7"].number_format = "#,##0"
    sheet["D4"].number_format = 'yyyy"年"m"月"d"日"'
    sheet.append(["注：面积以国土部门核定为准。"])


def test_a_sheet_is_read_row_by_row_under_its_header(read: Read) -> None:
    document = read("a.xlsx", excel_bytes(parks))
    assert document.meta.title == "云岭市产业园区一览表"
    assert document.text.split("\n") == [
        "云岭市产业园区一览表",
        "单位：亩、万元",
        "类别 | 园区 | 面积 | 建成",
        "国家级 | 青螺洲工业园 | 1200 | 2019年5月1日",
        "国家级 | 时针谷产业园 | 860.5 | 2021-12-31",
        "省级 | 鹭鸣物流园 | 1,234,567",
        "注：面积以国土部门核定为准。",
    ]
    (table,) = document.tables
    header = document.text[table.header_start : table.header_end]
    assert header == "类别 | 园区 | 面积 | 建成"
    assert document.text[table.end :].startswith("\n注：")


def test_each_visible_sheet_is_a_section(read: Read) -> None:
    def fill(workbook: Workbook) -> None:
        workbook.active.title = "园区"
        workbook.active.append(["园区", "面积"])
        workbook.active.append(["青螺洲", 12])
        other = workbook.create_sheet("企业")
        other.append(["企业名单"])
        other.append(["名称", "行业"])
        other.append(["云岭钟表", "制造业"])
        hidden = workbook.create_sheet("内部")
        hidden.append(["不公开", "1"])
        hidden.sheet_state = "hidden"
        workbook.create_sheet("空")

    document = read("园区企业.xlsx", excel_bytes(fill))
    assert document.meta.title == "园区企业"
    assert bodies(document) == [
        (("园区",), "园区 | 面积\n青螺洲 | 12"),
        (("企业", "企业名单"), "名称 | 行业\n云岭钟表 | 制造业"),
    ]


def test_two_tables_on_a_sheet_keep_their_own_headers(read: Read) -> None:
    def fill(workbook: Workbook) -> None:
        for row in (["甲表"], ["名称", "数"], ["子", 1], [], ["乙表"], ["项目", "额"], ["丑", 2]):
            workbook.active.append(row)

    document = read("a.xlsx", excel_bytes(fill))
    headers = [document.text[one.header_start : one.header_end] for one in document.tables]
    assert headers == ["名称 | 数", "项目 | 额"]


def test_a_lone_cell_far_below_costs_nothing(read: Read) -> None:
    def fill(workbook: Workbook) -> None:
        workbook.active["A1"], workbook.active["B1"] = "甲", "乙"
        workbook.active["A1048576"] = "末"

    assert read("a.xlsx", excel_bytes(fill)).text == "甲 | 乙\n末"


def test_a_merged_cell_over_the_whole_sheet_is_borne(read: Read) -> None:
    def fill(workbook: Workbook) -> None:
        workbook.active["A1"] = "甲"
        workbook.active.merge_cells("A1:ZZ90")

    assert read("a.xlsx", excel_bytes(fill)).text == "甲"


def test_damaged_and_protected_workbooks_fail(fail: Fail) -> None:
    good = excel_bytes(parks)
    for content in (good[: len(good) // 2], b"PK\x03\x04", zip_bytes("x", 1)):
        assert "no Excel file" in fail("a.xlsx", content)
    assert "password" in fail("b.xlsx", b"\xd0\xcf\x11\xe0" + bytes(100))
    assert "no text" in fail("c.xlsx", excel_bytes(lambda workbook: workbook))


def test_huge_sheets_and_bombs_are_refused(fail: Fail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "MAX_CELLS", 3)
    assert "more than 3 cells" in fail("a.xlsx", excel_bytes(parks))
    monkeypatch.setattr(packages, "MAX_XML", 1_000_000)
    assert "room" in fail("b.xlsx", zip_bytes("xl/worksheets/sheet1.xml", 2_000_000))


@pytest.mark.parametrize(
    ("value", "shape", "shown"),
    [
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567.891, "General", "1234567.891"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1234.5, "#,##0.##", "1,234.5"),
        (0.125, "0.0%", "12.5%"),
        (0.5, "0%", "50%"),
        (50, '0"万元"', "50万元"),
        (50, '"约"0\\个', "约50个"),
        (-3, "0;(0)", "(3)"),
        (0, '0;-0;"—"', "—"),
        (1_500_000, "0.0,,", "1.5"),
        (5, "_ * #,##0_ ", "5"),
        (7, "00", "07"),
        (True, "General", "TRUE"),
        ("甲", "@", "甲"),
        (None, "General", ""),
        (float("nan"), "0", ""),
        (date(2025, 3, 4), "yyyy-mm-dd", "2025-03-04"),
        (datetime(2025, 3, 4), "m/d/yy", "3/4/25"),
        (datetime(2025, 3, 4), 'yyyy"年"m"月"', "2025年3月"),
        (datetime(2025, 3, 4, 9, 5), "yyyy/m/d h:mm", "2025/3/4 9:05"),
        (datetime(2025, 3, 4, 15, 5), "h:mm AM/PM", "3:05 PM"),
        (time(9, 5, 7), "mm:ss", "05:07"),
        (datetime(2025, 3, 4), "[$-804]yyyy年m月d日;@", "2025年3月4日"),
        (datetime(2025, 3, 4), "General", "2025-03-04 00:00:00"),
        (datetime(2025, 3, 4), "d mmmm yyyy", "4 March 2025"),
    ],
)
def test_values_are_displayed_by_their_format(value: object, shape: str, shown: str) -> None:
    assert display(value, shape) == shown


VALUES = st.one_of(st.integers(), st.floats(), st.datetimes(), st.dates(), st.times(), st.text())


@given(VALUES, st.text(st.sampled_from('0#?.,%;"[]\\_*ymdhsaAP/M E+-@￥年') | st.characters()))
def test_any_format_shows_something_for_any_value(value: object, shape: str) -> None:
    assert isinstance(display(value, shape), str)


@given(st.data())
def test_damaged_workbooks_give_documents_or_reasons(data: st.DataObject) -> None:
    from hyqa.types.errors import ParseError

    content = bytearray(SEED)
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=20)):
        content[place] = data.draw(st.integers(0, 255))
    try:
        assert parse_excel(bytes(content)).text
    except ParseError as error:
        assert str(error)


SEED = excel_bytes(parks)


def hiding(workbook: Workbook) -> None:
    sheet = workbook.active
    for row in (["项目", "内部价", "金额"], ["厂房", 1, 30], ["仓库", 2, 40], ["用地", 3, 50]):
        sheet.append(row)
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    workbook.create_sheet("草稿").append(["机密", "数字"])
    workbook["草稿"].sheet_state = "hidden"


def test_what_a_workbook_hides_is_left_out_and_remarked() -> None:
    parsed = parse_excel(excel_bytes(hiding))
    assert parsed.text.split("\n") == ["项目 | 金额", "厂房 | 30", "用地 | 50"]
    assert parsed.remarks == (
        "hidden rows and columns of sheet 'Sheet' were left out",
        "hidden sheet '草稿' was left out",
    )
