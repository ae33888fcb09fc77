"""What was read from a document that a maintainer offers, as one message."""

from typing import Any

from bot.rendering.markup import escape, shorten
from bot.texts import Texts

_WARNINGS, _LINE, _FIELD = 10, 200, 300
_FIELDS = ("title", "publisher", "number", "issued", "effective", "expires")


def page(offer: dict[str, Any], texts: Texts) -> str:
    """Title, publisher, 文号, dates, size and warnings, as HTML.

    Args:
        offer: the fields of :class:`hyqa.Offer`.
        texts: of the maintainer's language.
    """
    known = {
        name: shorten(str(offer[name]), _FIELD) if offer[name] else texts.publish_unknown
        for name in _FIELDS
    }
    known["form"] = texts.publish_digest if offer["form"] == "digest" else texts.publish_original
    sizes = {name: str(offer[name] or "–") for name in ("pages", "passages", "characters")}
    fields = texts.publish_fields.format(**known, **sizes, language=offer["language"])
    lines = [
        f"<b>{escape(texts.publish_page.format(name=offer['id']))}</b>",
        f"<blockquote>{escape(fields)}</blockquote>",
        *_warnings(offer["warnings"], texts.publish_warnings),
    ]
    if offer["same_as"]:
        names = ", ".join(offer["same_as"])
        lines.append(escape("⚠ " + texts.publish_same.format(names=shorten(names, _FIELD))))
    return "\n\n".join([*lines, escape(texts.publish_where)])


def unreadable(name: str, reasons: list[str], texts: Texts) -> str:
    """That a file cannot be used, and why."""
    return "\n".join([escape(texts.publish_unreadable.format(name=name)), *_warnings(reasons, "")])


def outcome(name: str, told: dict[str, Any], texts: Texts) -> str:
    """What came of publishing a document."""
    if told["error"] is None:
        head, said = texts.publish_done, told["said"]
    else:
        head, said = texts.publish_failed, told["error"] or texts.publish_broken
    quoted = f"\n<blockquote>{escape(shorten(said, 1500))}</blockquote>" if said else ""
    return f"{escape(head.format(name=name))}{quoted}"


def _warnings(sentences: list[str], lead: str) -> list[str]:
    if not sentences:
        return []
    shown = [f"• {shorten(one, _LINE)}" for one in sentences[:_WARNINGS]]
    rest = [f"• … (+{len(sentences) - _WARNINGS})"] if len(sentences) > _WARNINGS else []
    return ["\n".join(filter(None, [escape(lead), *map(escape, shown), *rest]))]
