"""Looking around without typing: by subject, read from the documents."""

import re
from typing import NamedTuple

from bot.dialogues import keyboards, parks, withheld
from bot.dialogues.buttons import Press, button
from bot.dialogues.keyboards import label
from bot.library import Shelf, key_of
from bot.rendering.markup import escape
from bot.scene import Rows, Scene
from hyqa import Metadata

PAGE = 8
"""Documents on one page of buttons."""
KINDS = {
    "awards": r"奖励|奖补|补贴|补助|资助|奖金|award|subsid|grant",
    "tax": r"税|\btax",
    "funds": r"基金|贷款|融资|金融|\bfund|\bloan|financ",
    "land": r"用地|土地|厂房|租金|\bland\b|\brent|plant",
    "foreign": r"外资|外商|外籍|德语|境外|foreign|german",
}
DEGREES = {
    "doctor": r"博士|doctor|ph\.?d",
    "master": r"硕士|研究生|master",
    "bachelor": r"本科|bachelor",
    "skilled": r"技能|技师|技工|skilled",
    "team": r"团队|领军|院士|专家|team|leading|expert",
}
SUBJECTS = (
    "parks", "incentives", "talent", "industry", "business-environment", "statistics", "news"
)  # fmt: skip


class _Kinds(NamedTuple):
    """Kinds of documents of a subject, and how the catalogues' names of them begin."""

    subject: str
    text: str
    patterns: dict[str, str]


_KINDS = {
    Press.INCENTIVE: _Kinds("incentives", "kind_", KINDS),
    Press.DEGREE: _Kinds("talent", "degree_", DEGREES),
}


def start(scene: Scene, subject: str, page: str = "0") -> None:
    """Show what there is on a subject."""
    if off := withheld.of_subject(scene, subject):
        scene.say_plain(off)
    elif subject == "incentives":
        _groups(scene, scene.texts.choose_kind, Press.INCENTIVE)
    elif subject == "talent":
        _groups(scene, scene.texts.choose_degree, Press.DEGREE)
    elif subject == "parks" and scene.shelf.engine.parks(scene.tongue.language):
        parks.start(scene, page)
    elif subject in (*SUBJECTS, ""):
        _list(scene, scene.shelf.of_subject(subject), (Press.SUBJECT, subject), page)
    else:
        scene.say_plain(scene.texts.gone)


def sources(scene: Scene) -> None:
    """Show how many documents there are, by subject."""
    rows = [
        [button(f"{name(scene, subject)} · {count}", Press.DOCUMENTS, subject)]
        for subject in (*SUBJECTS, "")
        if (count := len(scene.shelf.of_subject(subject)))
    ]
    text = scene.texts.choose_subject.format(count=len(scene.shelf.documents))
    scene.say_plain(text, rows)


def listed(scene: Scene, subject: str, page: str = "0") -> None:
    """Show all documents of a subject."""
    _list(scene, scene.shelf.of_subject(subject), (Press.DOCUMENTS, subject), page)


def incentives(scene: Scene, kind: str, page: str = "0") -> None:
    """Show the documents that tell of a kind of incentive."""
    _group(scene, Press.INCENTIVE, kind, page)


def talent(scene: Scene, kind: str, page: str = "0") -> None:
    """Show the documents that tell of those with a degree."""
    _group(scene, Press.DEGREE, kind, page)


def name(scene: Scene, subject: str) -> str:
    """What a subject is called."""
    text: str = getattr(scene.texts, text_name(subject))
    return text


def text_name(subject: str) -> str:
    """Under which name the catalogues call a subject."""
    return f"subject_{subject.replace('-', '_') or 'other'}"


def _groups(scene: Scene, text: str, press: Press) -> None:
    """Offer the kinds of documents of a subject that there are, each with their number."""
    kinds = _KINDS[press]
    rows = [
        [button(f"{getattr(scene.texts, kinds.text + key)} · {count}", press, key)]
        for key, pattern in kinds.patterns.items()
        if (count := len(_telling(scene.shelf, kinds.subject, pattern)))
    ]
    follow = keyboards.follow(scene, kinds.subject) if rows else []
    scene.say_plain(text if rows else scene.texts.nothing_here, [*rows, *follow])


def _group(scene: Scene, press: Press, kind: str, page: str) -> None:
    """Show the documents of one kind."""
    kinds = _KINDS[press]
    if kind not in kinds.patterns:
        scene.say_plain(scene.texts.gone)
        return
    found = _telling(scene.shelf, kinds.subject, kinds.patterns[kind])
    _list(scene, found, (press, kind), page)


def _telling(shelf: Shelf, subject: str, pattern: str) -> list[tuple[str, Metadata]]:
    """Documents of a subject that use a word in their title or in a heading."""
    found = []
    for id_, meta in shelf.of_subject(subject):
        held = shelf.engine.document(id_)
        headings = " ".join(" ".join(section.heading_path) for section in held.sections)
        if re.search(pattern, f"{meta.title} {headings}", re.IGNORECASE):
            found.append((id_, meta))
    return found


def _list(
    scene: Scene, found: list[tuple[str, Metadata]], turns: tuple[Press, str], page: str
) -> None:
    """A page of documents as buttons, those in the language of the interface first.

    Args:
        scene: where they are shown.
        found: ids and metadata.
        turns: the press, and its value, that leads to the other pages.
        page: which one, from 0.
    """
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 4 else 0
    ordered = sorted(found, key=lambda one: one[1].language is not scene.tongue.language)
    shown = ordered[number * PAGE : (number + 1) * PAGE]
    if not shown:
        scene.say(escape(scene.texts.nothing_here))
        return
    rows: Rows = [[button(label(meta.title), Press.DOCUMENT, key_of(id_))] for id_, meta in shown]
    around = [button("◀", *turns, number - 1)] if number else []
    around += [button("▶", *turns, number + 1)] if (number + 1) * PAGE < len(found) else []
    scene.say_plain(scene.texts.choose_document, [*rows, around])
