"""Mutants of the branches that meet errors: ``python -m benchmarks.bot_mutants``.

Each mutant breaks one line of what the bot does when something fails. The seeds of the simulation
are run over a copy with it, until one breaks a rule; a mutant that none finds tells of a branch
that the simulation does not reach, or of a rule that is missing.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
RUN = """
import os, signal, sys
sys.path.insert(0, "tests/bot")
from simulation.checking import OUTSTANDING
from simulation.stage import stage

def try_out(seed, refused):
    def give_up(*_):
        print(f"seed {seed}: it never ends", flush=True)
        os._exit(0)

    signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, float(sys.argv[2]))
    broken = [rule for rule, _ in made.run(seed, refused)[1] if rule not in OUTSTANDING]
    if broken:
        print(f"seed {seed}{', refusing' if refused else ''}: {broken[0]}")
    return broken

with stage() as made:
    for seed in range(int(sys.argv[1])):
        # Each fourth one twice: once more in a world that refuses messages for good.
        if try_out(seed, 0.0) or (seed % 4 == 2 and try_out(seed, 0.2)):
            break
"""
PATIENCE = 30.0
"""Seconds of work for a run, which takes less than one: a mutant that makes it endless is found, too."""


class Mutant(NamedTuple):
    """A line of a file, and what stands there instead."""

    path: str
    line: str
    instead: str


_DELIVERY, _INTAKE = "bot/transport/delivery.py", "bot/transport/intake.py"
_POLLING, _HEALTH = "bot/transport/polling.py", "bot/transport/health.py"
_REACH, _OUTBOX = "bot/transport/reach.py", "storage/outbox.py"
_APP = "bot/application.py"
MUTANTS = (
    Mutant(_DELIVERY, "return Pause(_seconds(error.retry_after), asked_for=True)", "await self._do(outbox.record_failed, call.id, self._clock()); return Pause()"),
    Mutant(_DELIVERY, "isinstance(error, (ChatMigrated, Forbidden, BadRequest))", "isinstance(error, TelegramError)"),
    Mutant(_DELIVERY, "await self._settle(call, error)", "pass"),
    Mutant(_DELIVERY, "        self._reach.failed()\n", ""),
    Mutant(_DELIVERY, "            self._reach.succeeded()\n            self._health.good", "            self._health.good"),
    Mutant(_DELIVERY, "            self._health.good(Part.SEND, call.chat_id)\n", ""),
    Mutant(_DELIVERY, "await self._do(outbox.record_moved, call.chat_id, error.new_chat_id)", "pass"),
    Mutant(_OUTBOX, "        _note_put(session, new_id)\n", ""),
    Mutant(_DELIVERY, "await self._do(outbox.record_sent, call.id, result, self._clock())", "pass"),
    Mutant(_DELIVERY, "if _NO_CHANGE in str(error).lower():", "if False:"),
    Mutant(_DELIVERY, "        elif chat_id in self._again:", "        elif False:"),
    Mutant(_DELIVERY, "chain(DATABASE_PAUSES, repeat(DATABASE_PAUSES[-1]))", "DATABASE_PAUSES"),
    Mutant(_DELIVERY, "        self.wake(await self._do(outbox.chats_waiting))", "        pass"),
    Mutant(_OUTBOX, "    if row.apology:", "    if False:"),
    Mutant(_OUTBOX, "Outgoing.id <= call_id", "Outgoing.id < call_id"),
    Mutant(_REACH, "        if self.is_down:\n            self._back.set()", "        if False:\n            self._back.set()"),
    Mutant(_REACH, "            self._trying = False", "            pass"),
    Mutant(_INTAKE, "if not self._holding.includes(update.update_id):", "if True:"),
    Mutant(_INTAKE, "                    raise\n                self._holding", "                    chats = []\n                self._holding"),
    Mutant(_INTAKE, "return chats_waiting(session)", "return []"),
    Mutant(_INTAKE, "            record_handled(session, number, mark, self._clock())\n", ""),
    Mutant(_INTAKE, "if is_handled(session, number, mark):", "if is_handled(session, number, ''):"),
    Mutant(_INTAKE, "        self._deliverer.wake(chats)\n", ""),
    Mutant("storage/updates.py", 'row.mark in ("", mark)', "True"),
    Mutant(_POLLING, "            self._failed.pop(number, None)\n            self._done", "            self._done"),
    Mutant(_POLLING, "        if kept:\n            return min(kept)\n", ""),
    Mutant(_POLLING, "        self._done -= confirmed\n", ""),
    Mutant(_POLLING, "        if failed and self._steady() < failed.due:\n            return\n", ""),
    Mutant(_POLLING, "self._health.bad(Part.POLL, type(error).__name__)", "pass"),
    Mutant(_POLLING, "                failures += 1\n                continue", "                return"),
    Mutant(_HEALTH, "        if now - state.good_at > part.silence:\n            return False\n", ""),
    Mutant(_HEALTH, "            state.failing.pop(what, None)\n\n    def bad", "\n    def bad"),
    Mutant(_HEALTH, "< GRACE or not", "< 60 or not"),
    Mutant(_APP, "        self._health.good(Part.DATABASE)\n", ""),
    Mutant(_APP, "            self._health.bad(Part.DATABASE, type(error).__name__)\n            raise", "            raise"),
    Mutant("bot/routing/router.py", "        session.flush()  # the answer finds", "        # the answer finds"),
    Mutant("bot/routing/hearing.py", "        self._refusals.tell(scene)", "        pass"),
    Mutant("bot/transport/limiting.py", "        now = self._steady()", "        now = 0.0"),
    Mutant("bot/transport/pace.py", "                await self._ended.wait()", "                await asyncio.sleep(wait)"),
    Mutant("bot/logs.py", '_QUOTING = ("telegram.request",)', "_QUOTING = ()"),
)  # fmt: skip


def found(mutant: Mutant, seeds: int, folder: Path) -> str:
    """What found a mutant: a seed and its rule, a run that ended by an error; '' if nothing did."""
    text = (ROOT / mutant.path).read_text("utf-8")
    if text.count(mutant.line) < 1:
        raise SystemExit(f"{mutant.path} no longer says: {mutant.line}")
    target = folder / mutant.path
    target.write_text(text.replace(mutant.line, mutant.instead, 1), encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(folder)])}
    command = [sys.executable, "-c", RUN, str(seeds), str(PATIENCE)]
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
    finally:
        target.write_text(text, encoding="utf-8")
    return "an error: " + done.stderr.splitlines()[-1] if done.returncode else done.stdout.strip()


def main() -> int:
    """Try all mutants, and print which are found by what."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seeds", type=int, default=150)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--step", type=int, default=1, help="try every so manieth mutant")
    options = parser.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("bot", "storage", "tests/bot"):
            shutil.copytree(ROOT / part, folder / part)
        print("| branch | found by |\n| --- | --- |", flush=True)
        for mutant in MUTANTS[options.first :: options.step]:
            by = found(mutant, options.seeds, folder)
            missed += not by
            line = " ".join(mutant.line.split())
            print(f"| {mutant.path}: `{line}` | {by or '**nothing**'} |", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
