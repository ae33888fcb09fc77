"""Figures for staff: totals only, and none with fewer than five people behind it."""

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from bot.dialogues import browsing
from bot.dialogues.few import Figure, kept_apart
from bot.dialogues.similarity import grouped
from bot.rendering import charts
from bot.rendering.markup import shorten
from bot.scene import Scene
from hyqa import Status
from storage.campaigns import visits_of
from storage.desk import audit
from storage.retention import DAY
from storage.schema import Campaign, Feedback, Person, Question

DAYS = 30
TOP = 5
_LABEL = 24


class Span(NamedTuple):
    """What is counted: all since a time, or a campaign."""

    name: str
    since: float
    campaign_id: str = ""


def command(scene: Scene, argument: str) -> None:
    """Carry out /stats, for days or for a campaign."""
    if not argument or (argument.isascii() and argument.isdecimal() and len(argument) < 5):
        days = int(argument or DAYS)
        name = scene.texts.stats_title.format(days=days)
        show(scene, Span(name, scene.now - days * DAY))
        return
    campaign = scene.session.get(Campaign, argument) if argument.isascii() else None
    if campaign is None:
        scene.say_plain(scene.texts.stats_usage)
        return
    show(scene, Span(campaign.name, 0.0, campaign.id))


def show(scene: Scene, span: Span) -> None:
    """Send the figures as a chart and as CSV."""
    audit(scene.session, scene.user.id, "stats", span.campaign_id or span.name, scene.now)
    texts, questions = scene.texts, _questions(scene, span)
    totals = _totals(scene, span, questions)
    subjects = _subjects(scene, questions)
    unanswered = _unanswered(questions)
    bars = [
        (
            shorten(one.label, _LABEL),
            one.total if one.is_shown else None,
            one.written(scene.texts),
        )
        for one in (*totals, *subjects)
    ]
    scene.send_file("sendPhoto", charts.bars(span.name, bars, scene.settings.font), "stats.png")
    rows = [
        *(("total", one.label, one.written(texts)) for one in totals),
        *((texts.stats_subjects, one.label, one.written(texts)) for one in subjects),
        *((texts.stats_unanswered, one.label, one.written(texts)) for one in unanswered),
    ]
    scene.send_file("sendDocument", as_csv(rows), "stats.csv", span.name)


def as_csv(rows: Sequence[tuple[str, ...]]) -> bytes:
    """Rows as CSV that spreadsheets open as it is meant.

    A cell that a spreadsheet would take for a formula is led by an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _questions(scene: Scene, span: Span) -> list[Question]:
    """What was asked; a question that was edited into small talk asks nothing any more."""
    wanted = select(Question).where(
        Question.asked_at >= span.since, Question.status != Status.SMALL_TALK.value
    )
    if span.campaign_id:
        wanted = wanted.where(Question.campaign_id == span.campaign_id)
    return list(scene.session.scalars(wanted.order_by(Question.id)))


def _totals(scene: Scene, span: Span, questions: list[Question]) -> list[Figure]:
    texts = scene.texts
    answered = [row for row in questions if row.passages]
    asked_back = [row for row in questions if row.choices]
    missing = [row for row in questions if not row.passages and not row.choices]
    asked = [row for row in questions if row.asked_person]
    return [
        *_arrivals(scene, span),
        _figure(texts.stats_questions, questions),
        *kept_apart(
            [
                _figure(texts.stats_answered, answered),
                _figure(texts.stats_not_found, missing),
                _figure(texts.stats_asked_back, asked_back),
            ]
        ),
        _figure(texts.stats_asked_person, asked),
        *_verdicts(scene, questions),
    ]


def _arrivals(scene: Scene, span: Span) -> list[Figure]:
    """Who came: each person once, and for a campaign how often its link was followed."""
    if not span.campaign_id:
        came = frozenset(
            scene.session.scalars(select(Person.id).where(Person.last_seen >= span.since))
        )
        return [Figure(scene.texts.stats_people, len(came), came)]
    visits = visits_of(scene.session, span.campaign_id)
    came = frozenset(visits)
    return [
        Figure(scene.texts.stats_people, len(came), came),
        Figure(scene.texts.stats_visits, len(visits), came),
    ]


def _verdicts(scene: Scene, questions: list[Question]) -> list[Figure]:
    ids = {row.id for row in questions}
    given = [one for one in scene.session.scalars(select(Feedback)) if one.question_id in ids]
    labels = {True: scene.texts.stats_helpful, False: scene.texts.stats_not_helpful}
    return [
        Figure(
            label,
            sum(one.helpful is helpful for one in given),
            frozenset(one.person_id for one in given if one.helpful is helpful),
        )
        for helpful, label in labels.items()
    ]


def _subjects(scene: Scene, questions: list[Question]) -> list[Figure]:
    names = dict.fromkeys(row.subject for row in questions if row.subject in browsing.SUBJECTS)
    figures = [
        _figure(browsing.name(scene, subject), [row for row in questions if row.subject == subject])
        for subject in names
    ]
    others = [row for row in questions if row.subject not in names]
    return _top(kept_apart(figures, _figure("", others)))


def _unanswered(questions: list[Question]) -> list[Figure]:
    missing = ((row.text, row) for row in questions if not row.passages and not row.choices)
    return _top([_figure(text, rows) for text, rows in grouped(missing)])


def _figure(label: str, rows: list[Question]) -> Figure:
    return Figure(label, len(rows), frozenset(row.person_id for row in rows))


def _top(figures: list[Figure]) -> list[Figure]:
    """The largest figures, of those that may be shown at all."""
    return sorted((one for one in figures if one.is_shown), key=lambda one: -one.total)[:TOP]
