"""What stands on a sheet around the answer, in each language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Labels and sentences in one language; words in braces are filled in."""

    asked_before: str
    question: str
    answered_on: str
    digest: str
    official: str
    names: str
    in_document: str
    original: str
    answer: str
    cut: str
    missing_sign: str
    notice: str


SIMPLIFIED = Words(
    asked_before="此前问过：",
    question="问题",
    answered_on="答复日期：{day}",
    digest="整理稿，不是官方原文",
    official="官方原文",
    names="英文名称：",
    in_document="在文件中查看",
    original="打开来源网页",
    answer="这份答复的网址",
    cut="引文过长，以下从略；完整内容请看上面所列的文件。",
    missing_sign="“{sign}”代表本文件所用字体里没有的字符。",
    notice="本文件逐字引用所列文件在 {day} 收录的文字，仅供参考，不是官方答复，也不构成任何承诺。文件此后可能有变，请以发布机关的最新文本为准。",
)

TRADITIONAL = Words(
    asked_before="此前問過：",
    question="問題",
    answered_on="答覆日期：{day}",
    digest="整理稿，不是官方原文",
    official="官方原文",
    names="英文名稱：",
    in_document="在文件中查看",
    original="打開來源網頁",
    answer="這份答覆的網址",
    cut="引文過長，以下從略；完整內容請看上面所列的文件。",
    missing_sign="「{sign}」代表本文件所用字型裡沒有的字元。",
    notice="本文件逐字引用所列文件在 {day} 收錄的文字，僅供參考，不是官方答覆，也不構成任何承諾。文件此後可能有變，請以發布機關的最新文本為準。",
)

ENGLISH = Words(
    asked_before="Asked before: ",
    question="Question",
    answered_on="Answered on {day}",
    digest="Digest, not the official text",
    official="Official text",
    names="English names: ",
    in_document="See it in the document",
    original="Open the source's page",
    answer="Address of this answer",
    cut="The quotes are too long for this sheet; for the rest, see the documents named above.",
    missing_sign="“{sign}” stands for a character that this sheet's font does not have.",
    notice="This sheet quotes the named documents word for word, as they were held on {day}. It is for information, is no official statement, and promises nothing. Documents may have changed since; what counts is the publisher's latest text.",
)

IN_TONGUES = {"zh-hans": SIMPLIFIED, "zh-hant": TRADITIONAL, "en": ENGLISH}
"""By the code of the language, in small letters."""
