"""Helpful or not: the last word on an answer counts."""

from bot.scene import Scene
from storage import questions
from storage.schema import Feedback


def rate(scene: Scene, question_id: str, verdict: str) -> str:
    """Note a verdict; gives what to say on the button."""
    row = questions.of_chat(scene.session, question_id, scene.chat.id)
    if row is None or verdict not in ("0", "1"):
        return scene.texts.gone
    held = scene.session.get(Feedback, (row.id, scene.user.id))
    if held is None:
        held = Feedback(question_id=row.id, person_id=scene.user.id)
        scene.session.add(held)
    held.helpful, held.at = verdict == "1", scene.now
    return scene.texts.thanks
