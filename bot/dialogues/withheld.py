"""What is said instead of what a subject that is switched off holds."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from bot.library import subject_of
from bot.scene import Scene
from storage.schema import Switch


def of_subject(scene: Scene, subject: str) -> str:
    """What to say instead of anything on a subject; '' where it is not switched off."""
    switch = scene.session.get(Switch, subject) if subject else None
    return (switch.text or scene.texts.off) if switch else ""


def of_documents(scene: Scene, ids: Iterable[str]) -> str:
    """What to say instead of documents; '' where none is of a subject that is switched off."""
    subjects = dict.fromkeys(map(subject_of, ids))
    return next(filter(None, (of_subject(scene, subject) for subject in subjects)), "")


def is_withheld(session: Session, document_id: str) -> bool:
    """Whether a document is of a subject that is switched off."""
    subject = subject_of(document_id)
    return bool(subject) and session.get(Switch, subject) is not None
