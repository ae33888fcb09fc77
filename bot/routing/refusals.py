"""Saying that a question was not looked up, so that each is told and nobody is flooded."""

from bot.scene import Scene
from storage.outbox import WAITING, is_behind_another
from storage.schema import Outgoing

_REMEMBERED = 1000


class Refusals:
    """Tells who asks too fast, once for all questions that come until the sentence goes out.

    Telegram lets one message a second into a chat: whoever floods the bot gets no more than
    that, and still hears of every question after it was asked.
    """

    def __init__(self) -> None:
        self._last: dict[tuple[int, int], int] = {}
        """Call of the outbox that told somebody last, by chat and person."""

    def tell(self, scene: Scene) -> None:
        """Say it, unless the same sentence is still to be sent to the same person.

        The first call that waits in a chat may be under way, and arrive before this question.
        """
        place = (scene.chat.id, scene.user.id)
        last = scene.session.get(Outgoing, self._last.get(place, 0))
        if (
            last
            and last.state == WAITING
            and last.payload.get("text") == scene.texts.busy
            and is_behind_another(scene.session, last)
        ):
            return
        scene.say_plain(scene.texts.busy)
        said = next(one for one in scene.session.new if isinstance(one, Outgoing))
        scene.session.flush()
        if len(self._last) >= _REMEMBERED:
            self._last.clear()
        self._last[place] = said.id
