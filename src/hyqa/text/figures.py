"""Figures in text: numbers in digits and numerals, their scales, units and measure words.

Patterns are strings to compose with; those for English text expect to ignore case.
"""

import re

from hyqa.text.scripts import CHINESE

YEAR = r"(?:19|20)\d\d"
"""A pattern of a year of the last or of this century, in digits."""
NUMERALS = "一二两三四五六七八九十百千万"
"""Chinese numerals, as they stand inside the brackets of a pattern; 亿 only scales a number."""
NUMERAL = "(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
"""A pattern of a Chinese number from 1 to 99."""
NUMERALS_OR_DIGITS = r"[〇零一二三四五六七八九十百两\d]{1,5}"
"""A pattern of the number in 第一百零五条, 第3号 and the like; some that match are no numbers."""
ORDINAL = f"第{NUMERALS_OR_DIGITS}"
DIGITS = r"\d+(?:,\d+)*(?:\.\d+)?"
"""A pattern of a number in digits: ``300``, ``1,370`` or ``4.5``."""
NUMBER = rf"(?:{DIGITS}|[{NUMERALS}]+)"
"""A pattern of a number in digits or Chinese numerals."""
SCALES = {"千": 1e3, "万": 1e4, "百万": 1e6, "亿": 1e8,
          "thousand": 1e3, "million": 1e6, "billion": 1e9}  # fmt: skip
"""Words that multiply the number before them."""
SCALE = r"\s*[多余来]?\s*[万亿千百]?余?\s*"
"""A pattern of what may stand between a number and its unit: ``余万``."""
SCALED = f"{NUMBER}{SCALE}"
"""A pattern of a number up to its unit: ``300余万``."""
ENGLISH_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million"
    "|billion"
)
"""English number words."""
MEASURES = "个家户所名位人条座次种项款届件期辆套栋吨台亩"
"""Chinese measure words, of which one stands between a number and what is counted."""
TOTALS = "一共|总共|共计|合计|总计|累计"
"""Words before a total."""

CURRENCIES = "RMB|USD|CNY"
"""Codes of currencies."""
UNITS = {
    "money": "(?:美|欧|港)?元",
    "percentage": "个?百分点|[%％‰]",
    "area": "亩|平方(?:公里|千米|米)|公顷",
    "length": "公里|千米",
    "duration": "个?工作日|小时|天|个月|年(?![^\\s，,。；;]{0,2}月)",
    "number": f"人次|(?![亩届期])[{MEASURES}](?!月|工作日|百分点)",
}
"""Patterns of the Chinese units of the kinds of answer that are figures."""
ENGLISH_UNITS = {
    "money": "yuan|dollars?|euros?",
    "percentage": "per ?cent",
    "area": "square (?:kilo)?met(?:re|er)s?|hectares?|mu\\b",
    "length": "kilomet(?:re|er)s?",
    "duration": "days?|months?|years?",
    "number": "companies|firms|enterprises|projects|people",
}
"""The same of English ones."""

FIGURES = {
    kind: re.compile(
        rf"(?<![\d.〔\[(（第])(?!{YEAR}\s*年)(?P<value>{DIGITS})\s*(?P<scale>{'|'.join(SCALES)})?"
        rf"\s*[多余来]?\s*(?P<unit>{units}|{ENGLISH_UNITS[kind]})"
    )
    for kind, units in UNITS.items()
}
"""By kind of answer, a figure of it: its value, scale and unit. Years and numbers of documents are none."""
FIGURE_WITH_UNIT = re.compile(
    rf"(?P<value>{DIGITS}|[〇零{NUMERALS}亿]{{2,}}|[一二两三四五六七八九十](?=[个年月天人家项期%]))"
    rf"(?P<unit>[万亿千百]{{0,2}}[{CHINESE}%％‰]|[a-z]+)?"
)
"""A figure with whatever word is behind it; a single numeral is a figure before few words only."""
COUNTED = rf"[号年月日天分元页层万亿{MEASURES}](?!\w{{2}})"
"""A pattern of what follows a figure that counts, and numbers no heading: 3 个, but not 3 个人所得税."""

_VALUES = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_VALUES |= {"〇": 0, "○": 0, "Ｏ": 0, "O": 0, "０": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3}


def read_number(written: str) -> int:
    """Read a number in digits, in Chinese numerals below a thousand, or in a circle (``⑫``).

    Numerals without 十 and 百 are read digit by digit, as in ``二〇二四``.

    Raises:
        ValueError: It is no such number.
    """
    if written.isdecimal():
        return int(written)
    if len(written) == 1 and "①" <= written <= "⑳":
        return ord(written) - ord("①") + 1
    hundreds, hundred, rest = written.partition("百")
    if hundred:
        rest = rest.lstrip("零〇")
        return 100 * read_number(hundreds or "一") + (read_number(rest) if rest else 0)
    tens, ten, ones = written.partition("十")
    if ten:
        return 10 * _digit(tens or "一") + _digit(ones or "零")
    return int("".join(str(_VALUES[digit]) for digit in written if digit in _VALUES))


def _digit(numeral: str) -> int:
    if numeral not in _VALUES:
        raise ValueError(numeral)
    return _VALUES[numeral]
