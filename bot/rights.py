"""Who may do what."""

from bot.scene import Scene


def is_staff(scene: Scene) -> bool:
    """Whether somebody is listed as staff, or writes in the staff's group."""
    desk = scene.settings.desk_chat
    in_group = desk != 0 and scene.update.effective_chat is not None and scene.chat.id == desk
    return scene.user.id in scene.settings.staff or in_group
