"""What the staff did, as its maintainers read it."""

from datetime import datetime

from sqlalchemy import select

from bot.scene import HENGYANG_TIME, Scene
from storage.schema import Audit

SHOWN = 30
"""Entries that one message holds, the newest first."""


def show(scene: Scene) -> None:
    """Show the newest entries of the audit log: when, who by number, what."""
    entries = scene.session.scalars(
        select(Audit).order_by(Audit.at.desc(), Audit.id.desc()).limit(SHOWN)
    ).all()
    lines = [
        f"{_moment(one.at)} {one.actor_id} {one.action} {one.detail}".strip() for one in entries
    ]
    scene.say_plain("\n".join(lines) or scene.texts.audit_none)


def _moment(at: float) -> str:
    return f"{datetime.fromtimestamp(at, HENGYANG_TIME):%Y-%m-%d %H:%M}"
