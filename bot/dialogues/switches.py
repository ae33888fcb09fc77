"""Switching the answers on a subject off, with a text that is said instead."""

from bot.dialogues import browsing
from bot.scene import Scene
from storage.desk import audit
from storage.masking import storable
from storage.schema import Switch

TEXT_LENGTH = 1000


def command(scene: Scene, argument: str) -> None:
    """Carry out /switch off SUBJECT TEXT, or /switch on SUBJECT."""
    verb, subject, *text = (*storable(argument).split(maxsplit=2), "", "")[:3]
    if verb not in ("on", "off") or subject not in browsing.SUBJECTS:
        scene.say_plain(scene.texts.switch_usage.format(subjects=", ".join(browsing.SUBJECTS)))
        return
    held = scene.session.get(Switch, subject)
    if held:
        scene.session.delete(held)
        scene.session.flush()
    if verb == "off":
        said = text[0][:TEXT_LENGTH] if text else ""
        scene.session.add(Switch(subject=subject, text=said, at=scene.now))
    audit(scene.session, scene.user.id, f"switch {verb}", subject, scene.now)
    words = scene.texts.switched_off if verb == "off" else scene.texts.switched_on
    scene.say_plain(words.format(subject=browsing.name(scene, subject)))
