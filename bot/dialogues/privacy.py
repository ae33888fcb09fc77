"""What is kept of somebody, and deleting it."""

from bot.dialogues import desk
from bot.dialogues.buttons import Press, button
from bot.scene import Scene
from storage.desk import open_thread
from storage.retention import forget

YES = "1"


def tell(scene: Scene) -> None:
    """Say what is kept, and for how long."""
    scene.say_plain(scene.texts.privacy.format(days=scene.settings.retention_days))


def ask_whether(scene: Scene) -> None:
    """Ask before anything is deleted; who writes in the name of a group is nobody in particular."""
    if scene.message.sender_chat is not None:
        scene.say_plain(scene.texts.forget_alone)
        return
    yes = button(scene.texts.forget_yes, Press.FORGET, YES, scene.user.id)
    no = button(scene.texts.forget_no, Press.FORGET, 0, scene.user.id)
    scene.say_plain(scene.texts.forget_ask, [[yes, no]])


def decide(scene: Scene, decision: str, owner: str = "") -> None:
    """Delete all that is held of who pressed the button, whose own it is, or keep it."""
    if decision != YES:
        scene.say_plain(scene.texts.kept)
        return
    words = scene.texts.forgotten
    scene.session.flush()
    thread = open_thread(scene.session, scene.user.id)
    topic = thread.topic_id if thread else None
    forget(scene.session, scene.user.id, scene.now)
    scene.session.expire_all()
    scene.person = None
    if topic is not None:
        desk.end_forgotten(scene, topic)
    scene.say_plain(words)
