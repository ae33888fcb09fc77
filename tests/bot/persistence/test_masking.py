"""Numbers of people are hidden before a text is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.masking import MASK, masked

PERSONAL = (
    "13812345678", "138 1234 5678", "138-1234-5678", "+86 138 1234 5678", "0734-8866123",
    "430402199001011234", "43040219900101123X", "１３８１２３４５６７８",
)  # fmt: skip

IMPERSONAL = (
    "2025年", "1000000元", "衡政发〔2025〕8号", "投资 1,234,567,890 元", "3.14159265358979",
    "20210312", "10,000 workers",
)  # fmt: skip


@pytest.mark.parametrize("number", PERSONAL)
def test_numbers_of_people_are_masked(number: str) -> None:
    assert masked(f"我的号码是{number}，谢谢") == f"我的号码是{MASK}，谢谢"


@pytest.mark.parametrize("text", IMPERSONAL)
def test_other_numbers_stay(text: str) -> None:
    assert masked(text) == text


@given(st.text(st.characters() | st.sampled_from("0123456789+- \x00\ud800")))
def test_any_text_becomes_storable(text: str) -> None:
    stored = masked(text)
    assert "\x00" not in stored
    assert stored.encode().decode() == stored
    assert masked(stored) == stored
