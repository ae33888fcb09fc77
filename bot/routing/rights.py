"""Who may do what."""

from bot.scene import Scene
from bot.transport.membership import Membership


def is_staff(scene: Scene, group: Membership) -> bool:
    """Whether somebody is listed as staff, writes in the staff's group, or belongs to it."""
    desk = scene.desk_chat
    in_group = desk != 0 and scene.update.effective_chat is not None and scene.chat.id == desk
    listed = scene.user.id in scene.settings.staff | scene.settings.maintainers
    return listed or in_group or group.includes(scene.user.id)


def is_maintainer(scene: Scene, group: Membership) -> bool:
    """Whether somebody is listed as maintainer; where nobody is, all staff are."""
    listed = scene.settings.maintainers
    return scene.user.id in listed if listed else is_staff(scene, group)
