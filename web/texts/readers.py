"""What the page says of changes, of calendars, and of what is taken away, in each language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReaderTexts:
    """Sentences in one language; words in braces are filled in."""

    changes_title: str
    change_new: str
    change_new_document: str
    change_changed: str
    change_removed: str
    change_removed_document: str
    change_expired: str
    change_repealed: str
    change_by: str
    change_before: str
    change_now: str
    feed_json: str
    calendar: str
    takeaway: str


ENGLISH = {
    "changes_title": "Changed lately",
    "change_new": "New in “{title}”",
    "change_new_document": "New document: {title}",
    "change_changed": "Changed: {title}",
    "change_removed": "No longer in “{title}”",
    "change_removed_document": "No longer held: {title}",
    "change_expired": "Expired: {title}",
    "change_repealed": "Ended by another: {title}",
    "change_by": "in favour of",
    "change_before": "Before:",
    "change_now": "Now:",
    "feed_json": "JSON Feed",
    "calendar": "Dates for a calendar",
    "takeaway": "Save as PDF",
}

SIMPLIFIED = {
    "changes_title": "最近的变化",
    "change_new": "新增内容：{title}",
    "change_new_document": "新收录的文件：{title}",
    "change_changed": "内容有变：{title}",
    "change_removed": "删去内容：{title}",
    "change_removed_document": "不再收录：{title}",
    "change_expired": "已到期：{title}",
    "change_repealed": "已被废止或取代：{title}",
    "change_by": "取代它的是",
    "change_before": "原来：",
    "change_now": "现在：",
    "feed_json": "JSON Feed",
    "calendar": "日期加入日历",
    "takeaway": "存为 PDF",
}

TRADITIONAL = {
    "changes_title": "最近的變化",
    "change_new": "新增內容：{title}",
    "change_new_document": "新收錄的文件：{title}",
    "change_changed": "內容有變：{title}",
    "change_removed": "刪去內容：{title}",
    "change_removed_document": "不再收錄：{title}",
    "change_expired": "已到期：{title}",
    "change_repealed": "已被廢止或取代：{title}",
    "change_by": "取代它的是",
    "change_before": "原來：",
    "change_now": "現在：",
    "feed_json": "JSON Feed",
    "calendar": "日期加入行事曆",
    "takeaway": "存為 PDF",
}
