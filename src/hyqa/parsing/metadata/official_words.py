"""What 文号, names of bodies, titles and lines of a date look like in Chinese official documents."""

import re

from hyqa.text.dates import WRITTEN_DATE
from hyqa.text.figures import NUMERAL, NUMERALS_OR_DIGITS, YEAR

NUMBER = (
    rf"[\u4e00-\u9fff（）()]{{1,18}}?\s?[〔\[【（(﹝［]\s?{YEAR}\s?[〕\]】）)﹞］]"
    r"\s?(?:第\s?)?[\d０-９]{1,4}\s?号"
)
"""A 文号: who issues, the year in brackets, the number in it."""
_ORDER = (
    rf"[\u4e00-\u9fff]{{0,20}}(?:令|公告|通告)\s?(?:[（(〔]?{YEAR}\s?年?[）)〕]?\s?)?"
    rf"第?\s?{NUMERALS_OR_DIGITS}\s?号"
    rf"|{YEAR}\s?年\s?第\s?{NUMERALS_OR_DIGITS}\s?号"
)
OWN_NUMBER = re.compile(rf"[（(]?\s*({NUMBER}|{_ORDER})\s*[）)]?")
"""A line that is nothing but a 文号, or the number of an order or a public notice."""

ORGAN_END = (
    "政府|办公室|办公厅|委员会|厅|局|部|院|署|银行|会|中心|指挥部|组|委|办|处|工委|党组|集团|司"
    "|支行|海关|大学|学院|厂|所|站|社|机制"
)
ORGAN = re.compile(
    rf"(?!关于|印发|批?转发)[\u4e00-\u9fff（）()·、“”]{{1,40}}?(?:{ORGAN_END})(?:[（(][^（()）]{{1,12}}[）)])?"
)
"""The name of a body that issues documents."""

_TITLE_KINDS = (
    "通知|意见|办法|方案|规划|规定|细则|条例|公告|通告|决定|批复|措施|纲要|政策|计划|复函|函|令|公报"
    "|规则|规程|指引|指南|预案|要点|倡议书|公开信|决议|通报|章程|制度|行动|清单|目录|法|解释|标准"
    rf"|答复|提示|说明|规范|守则|\d{{1,3}}条|{NUMERAL}条"
)
TITLE_END = re.compile(rf"(?:{_TITLE_KINDS})(?:\s*[（(〔][^（()）]{{1,14}}[）)〕])*[”」》]?$")
"""How the title of an official document ends."""

DATE_LINE = re.compile(rf"[（(]?\s*({WRITTEN_DATE})\s*[）)]?[。]?")
"""A line that is nothing but a date."""
