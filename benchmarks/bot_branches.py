"""Lines of the bot that meet errors, and what stands in their place in a mutant."""

from typing import NamedTuple


class Mutant(NamedTuple):
    """A line of a file, and what stands there instead."""

    path: str
    line: str
    instead: str
    where: str = ""
    """Runs that are likely to show it, see ``OCCASIONS`` of bot_mutants.py; any by default."""

    @property
    def name(self) -> str:
        """The place and the change, in one line."""
        line, instead = (" ".join(one.split()) for one in (self.line, self.instead))
        return f"{self.path}: {line} -> {instead}"


_DELIVERY, _INTAKE = "bot/transport/delivery.py", "bot/transport/intake.py"
_POLLING, _HEALTH = "bot/transport/polling.py", "bot/transport/health.py"
_REACH, _OUTBOX = "bot/transport/reach.py", "storage/outbox.py"
_APP, _ALARMS = "bot/application.py", "bot/transport/alarms.py"
MUTANTS = (
    Mutant(_DELIVERY, "return Pause(_seconds(error.retry_after), asked_for=True)", "await self._do(outbox.record_failed, call.id, self._clock()); return Pause()"),
    Mutant(_DELIVERY, "isinstance(error, (ChatMigrated, Forbidden, BadRequest))", "isinstance(error, TelegramError)"),
    Mutant(_DELIVERY, "await self._settle(call, error)", "pass"),
    Mutant(_DELIVERY, "        self._reach.failed()\n", "", "nothing can be sent"),
    Mutant(_DELIVERY, "            self._reach.succeeded()\n            self._health.good", "            self._health.good", "nothing can be sent"),
    Mutant(_DELIVERY, "            self._health.good(Part.SEND)\n", ""),
    Mutant(_DELIVERY, "            await self._pace.ready(call.chat_id)\n", "            pass\n", "nothing can be sent"),
    Mutant(_DELIVERY, "await self._do(outbox.record_moved, call.chat_id, error.new_chat_id)", "pass"),
    Mutant(_OUTBOX, "        _note_put(session, new_id)\n", ""),
    Mutant(_DELIVERY, "            chats |= chats_put(session)\n", "            chats.clear(); chats |= chats_put(session)\n"),
    Mutant(_DELIVERY, "await self._do(outbox.record_sent, call.id, result, self._clock())", "pass"),
    Mutant(_DELIVERY, "if _NO_CHANGE in str(error).lower():", "if False:"),
    Mutant(_DELIVERY, "        elif chat_id in self._again:", "        elif False:", "a busy machine"),
    Mutant(_DELIVERY, "chain(DATABASE_PAUSES, repeat(DATABASE_PAUSES[-1]))", "DATABASE_PAUSES", "the database fails"),
    Mutant(_DELIVERY, "        self.wake(await self._do(outbox.chats_waiting))", "        pass"),
    Mutant(_OUTBOX, "    if row.apology:", "    if False:"),
    Mutant(_OUTBOX, "Outgoing.id <= call_id", "Outgoing.id < call_id"),
    Mutant(_REACH, "        if self.is_down:\n            self._back.set()", "        if False:\n            self._back.set()", "nothing can be sent"),
    Mutant(_REACH, "            self._trying = False", "            pass"),
    Mutant(_INTAKE, "if not self._holding.includes(update.update_id):", "if True:", "the database fails"),
    Mutant(_INTAKE, "                    raise\n                self._holding", "                    chats = []\n                self._holding", "the database fails"),
    Mutant(_INTAKE, "return chats_waiting(session)", "return []"),
    Mutant(_INTAKE, "            record_handled(session, number, mark, self._clock())\n", ""),
    Mutant(_INTAKE, "if is_handled(session, number, mark):", "if is_handled(session, number, ''):"),
    Mutant(_INTAKE, "        self._deliverer.wake(chats)\n", ""),
    Mutant("storage/updates.py", 'row.mark in ("", mark)', "True", "a silent week"),
    Mutant(_POLLING, "            self._failed.pop(number, None)\n            self._done", "            self._done", "the database fails"),
    Mutant(_POLLING, "        if kept:\n            return min(kept)\n", ""),
    Mutant(_POLLING, "        self._done -= confirmed\n", "", "a silent week"),
    Mutant(_POLLING, "        if failed and self._steady() < failed.due:\n            return\n", "", "the database fails"),
    Mutant(_POLLING, "self._health.bad(Part.POLL, type(error).__name__)", "pass", "polls fail"),
    Mutant(_POLLING, "                failures += 1\n                continue", "                return"),
    Mutant(_HEALTH, "        if now - state.good_at > part.silence:\n            return False\n", "", "polls fail"),
    Mutant(_HEALTH, "            state.failing.clear()\n\n    def bad", "\n    def bad"),
    Mutant(_HEALTH, "< GRACE or not", "< 60 or not", "polls fail"),
    Mutant(_APP, "        self._health.good(Part.DATABASE)\n", ""),
    Mutant(_APP, "            self._health.bad(Part.DATABASE, type(error).__name__)\n            raise", "            raise", "the database fails"),
    Mutant("bot/routing/router.py", "        session.flush()  # the answer finds", "        # the answer finds"),
    Mutant("bot/routing/hearing.py", "        self._refusals.tell(scene)", "        pass"),
    Mutant("bot/transport/limiting.py", "        now = self._steady()", "        now = 0.0"),
    Mutant("bot/transport/pace.py", "                await self._ended.wait()", "                await asyncio.sleep(wait)"),
    Mutant("bot/logs.py", '_QUOTING = ("telegram.request",)', "_QUOTING = ()", "mishaps"),
    Mutant(_APP, "Allowance(steady=self._steady)", "Allowance(steady=self._clock)", "a clock set back"),
    Mutant("bot/routing/addressing.py", "(not author.is_bot or message.sender_chat is not None)", "not author.is_bot"),
    Mutant("bot/routing/router.py", "if press.is_foreign(values, scene.user.id, alone=scene.is_private):", "if False:"),
    Mutant(_ALARMS, "        if now - self._changed < SURE:\n            return\n", "        if now:\n            return\n"),
    Mutant(_ALARMS, "        else:\n            self._told[chat] = bad", "        else:\n            pass"),
    Mutant(_ALARMS, "self._bad_since = now if troubles else None", "self._bad_since = now"),
    Mutant("bot/transport/api.py", "except (LookupError, TypeError, AttributeError) as error:", "except ZeroDivisionError as error:"),
    Mutant("bot/transport/api.py", "if isinstance(error.__cause__, TelegramError):", "if False:", "mishaps"),
)  # fmt: skip
