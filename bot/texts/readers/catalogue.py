"""What the bot says of changes, of what is taken away, and of publishing, as plain text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReaderTexts:
    """Sentences in one language; words in braces are filled in."""

    about_follow: str
    about_following: str
    about_publish: str
    watch: str
    watching: str
    watch_changed: str
    watch_full: str
    follow: str
    follow_choose: str
    follow_private: str
    follow_now: str
    follow_full: str
    follow_unknown: str
    following_none: str
    following_list: str
    following_quotes: str
    following_gone: str
    unfollowed: str
    unwatched: str
    alert_news: str
    alert_more: str
    alert_end: str
    alert_new: str
    alert_new_document: str
    alert_changed: str
    alert_removed: str
    alert_expired: str
    alert_repealed: str
    alert_quote: str
    alert_before: str
    alert_gone: str
    take_away: str
    take_away_changed: str
    calendar: str
    calendar_none: str
    calendar_effective: str
    calendar_expires: str
    publish_usage: str
    publish_off: str
    publish_private: str
    publish_large: str
    publish_type: str
    publish_full: str
    publish_reading: str
    publish_page: str
    publish_fields: str
    publish_unknown: str
    publish_original: str
    publish_digest: str
    publish_warnings: str
    publish_same: str
    publish_where: str
    publish_replace: str
    publish_discard: str
    publish_discarded: str
    publish_begun: str
    publish_done: str
    publish_failed: str
    publish_unreadable: str
    publish_broken: str
