"""No rule of the simulation is idle: each is broken by a fault made by hand after a run that was well."""

import io
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import replace
from pathlib import Path

import pytest
from corpus import QUESTION
from people import GROUP
from standin.server import TOKEN

from bot.languages import Tongue
from bot.library import Shelf
from bot.texts import TEXTS
from simulation.checking import RULES, named
from simulation.contents import Act
from simulation.crowd import MAINTAINER, PEOPLE
from simulation.faults import Fault, Stretch
from simulation.ledger import GivenUp, Handled, Put, Withdrawn
from simulation.stage import Stage, folder_in_memory
from simulation.telegram import Arrived
from simulation.timing import ways_of_chats
from simulation.world import World

SEED = 97
"""Of a run in which nothing goes wrong, and the desk speaks with somebody who goes on asking."""
UNSEEN = 1_000_000
"""Number of an update that never came."""


@pytest.fixture(scope="module")
def run(shelf: Shelf, migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with folder_in_memory() as folder:
        world, broken = Stage(shelf, migrated, folder).run(SEED)
        assert not broken and not world.plan.stretches and not world.plan.mishap
        yield world


@pytest.fixture
def world(run: World, tmp_path: Path) -> World:
    """The run, with what a test changes copied."""
    world = copy(run)
    world.ledger, world.telegram, world.crowd = (
        copy(run.ledger),
        copy(run.telegram),
        copy(run.crowd),
    )
    world.log = io.StringIO()
    world.faulty = []
    world.path = tmp_path / "run.sqlite"
    shutil.copy(run.path, world.path)
    return world


def forget_what_was_handled(world: World) -> None:
    world.ledger.handled = []


def handle_nothing_in_talks(world: World) -> None:
    world.ledger.handled = [
        one
        for one in world.ledger.handled
        if any(put.method == "createForumTopic" for put in one.puts)
    ]


def refuse_the_first_question(world: World) -> None:
    act = next(one for one in world.crowd.acts if one.kind == "question")
    words = next(iter(TEXTS.values())).busy
    busy = Put(act.at, act.chat_id, "sendMessage", {"chat_id": act.chat_id, "text": words}, "")
    world.ledger.handled = [Handled(act.at, act.update_id, (busy,)), *world.ledger.handled]


def send_all_twice(world: World) -> None:
    world.telegram.arrived = world.telegram.arrived * 2


def handle_all_twice(world: World) -> None:
    later = [replace(one, at=one.at + 1) for one in world.ledger.handled]
    world.ledger.handled = [*world.ledger.handled, *later]


def send_nothing(world: World) -> None:
    world.telegram.arrived = []


def withdraw_all_of_who_stays(world: World) -> None:
    world.telegram.arrived = []
    stays = next(
        who for who in PEOPLE if not any(act.forgets for act in world.crowd.acts if act.who == who)
    )
    world.ledger.withdrawn = [
        Withdrawn(put.at, stays, put.method, put.payload) for put in world.ledger.puts
    ]


def give_up_what_came(world: World) -> None:
    came = next(one for one in world.telegram.arrived if one.status == 200)
    world.ledger.given_up = [GivenUp(world.loop.now, came.method, came.given)]


def type_all_the_time(world: World) -> None:
    sign = {"chat_id": PEOPLE[0], "action": "typing"}
    signs = [Arrived(world.loop.now, "sendChatAction", sign, 200, "")] * 100
    world.telegram.arrived = [*world.telegram.arrived, *signs]


def call_all_the_time(world: World) -> None:
    world.telegram.arrived = world.telegram.arrived * 100


def log_a_question(world: World) -> None:
    world.log.write(f"asked: {QUESTION}\n")


def log_a_question_escaped(world: World) -> None:
    world.log.write(f"asked: {QUESTION.encode('unicode_escape').decode()}\n")


def log_the_token(world: World) -> None:
    world.log.write(f"https://api.telegram.org/bot{TOKEN}/getMe\n")


def log_an_answer(world: World) -> None:
    said = (str(one.payload.get("text", "")) for one in world.ledger.puts)
    world.log.write(max(said, key=lambda text: len(text.partition("\n")[0])) + "\n")


def say_ill_while_well(world: World) -> None:
    world.health = [(at, False, state) for at, _, state in world.health]


def say_well_while_ill(world: World) -> None:
    break_throughout(world, Fault.BAD_GATEWAY)


def name_nothing_broken(world: World) -> None:
    break_throughout(world, Fault.LOCKED)


def tell_nobody(world: World) -> None:
    """Let the database have been locked for long, and nobody hear of it."""
    world.plan = replace(world.plan, stretches=(Stretch(Fault.LOCKED, 30, 130),))


def leave_an_alarm(world: World) -> None:
    add_alarms(world, TEXTS[Tongue.SIMPLIFIED].alarm_bad)


def repeat_an_alarm(world: World) -> None:
    texts = TEXTS[Tongue.SIMPLIFIED]
    add_alarms(world, texts.alarm_bad, texts.alarm_bad, texts.alarm_well)


def add_alarms(world: World, *texts: str) -> None:
    calls = [{"chat_id": MAINTAINER, "text": text} for text in texts]
    come = [Arrived(world.loop.now, "sendMessage", call, 200, "") for call in calls]
    world.telegram.arrived = [*world.telegram.arrived, *come]


def break_throughout(world: World, fault: Fault, end: float = 1000.0) -> None:
    world.plan = replace(world.plan, stretches=(Stretch(fault, 0, end),))


def leave_all_waiting(world: World) -> None:
    write(world, "update outgoing set state = 'waiting'")


def refer_to_nothing(world: World) -> None:
    write(world, "update outgoing set desk_id = 999999")


def hold_all_back(world: World) -> None:
    world.telegram.arrived = [replace(one, at=one.at + 100) for one in world.telegram.arrived]


def hold_one_chat_back(world: World) -> None:
    """Let an outage end just before somebody's message came, and another's come long after."""
    ways = sorted(ways_of_chats(world), key=lambda way: way[2])
    late = ways[0][0]
    through = next(came for chat, _, came in ways if chat != late)
    break_throughout(world, Fault.BAD_GATEWAY, through - 0.001)
    world.telegram.arrived = [
        replace(one, at=one.at + 100) if one.chat_id == late else one
        for one in world.telegram.arrived
    ]


def leave_behind_what_a_moved_group_is_owed(world: World) -> None:
    told = "Bad Request: group chat was upgraded"
    call = Arrived(world.loop.now, "sendMessage", {"chat_id": GROUP, "text": "…"}, 400, told)
    world.telegram.arrived = [*world.telegram.arrived, call]


def forget_by_the_button_of_another(world: World) -> None:
    now, who = world.loop.now, PEOPLE[0]
    world.crowd.acts = [
        *world.crowd.acts,
        Act(now, who, GROUP, "press", f"f:1:{PEOPLE[1]}", UNSEEN),
    ]
    words = Put(now, GROUP, "sendMessage", {"chat_id": GROUP, "text": "…"}, "")
    world.ledger.handled = [*world.ledger.handled, Handled(now, UNSEEN, (words,))]


def forget_who_asked(world: World) -> None:
    write(world, "delete from people")


def try_without_a_pause(world: World) -> None:
    world.log.write("Update 1 will be tried again: OperationalError\n" * 100)


def leave_unconfirmed(world: World) -> None:
    world.unconfirmed = 1


def end_by_an_error(world: World) -> None:
    world.faulty.append("process 1 ended by ValueError()")


def fail_on_an_update(world: World) -> None:
    world.log.write("ERROR bot.transport.intake: On update 1:\n")


def write(world: World, statement: str) -> None:
    connection = sqlite3.connect(world.path)
    with connection:
        connection.execute(statement)
    connection.close()


FAULTS: tuple[tuple[str, Callable[[World], None]], ...] = (
    ("every message has an outcome", forget_what_was_handled),
    ("every staff message has an outcome", forget_what_was_handled),
    ("every message of a talk has an outcome", handle_nothing_in_talks),
    ("who asks slowly is not refused", refuse_the_first_question),
    ("nothing is said twice", send_all_twice),
    ("updates are handled once", handle_all_twice),
    ("what was put arrives or was refused", send_nothing),
    ("what was put arrives or was refused", withdraw_all_of_who_stays),
    ("what came is not taken for refused", give_up_what_came),
    ("typing signs are few", type_all_the_time),
    ("telegram is left in peace", call_all_the_time),
    ("no words are in the log", log_a_question),
    ("no words are in the log", log_a_question_escaped),
    ("no words are in the log", log_the_token),
    ("no words are in the log", log_an_answer),
    ("health tells the truth", say_ill_while_well),
    ("health tells the truth", say_well_while_ill),
    ("health names what is broken", name_nothing_broken),
    ("maintainers hear of troubles and their end", tell_nobody),
    ("maintainers hear of troubles and their end", leave_an_alarm),
    ("maintainers hear of troubles and their end", repeat_an_alarm),
    ("nothing waits for ever", leave_all_waiting),
    ("outages hold nothing back for long", hold_all_back),
    ("when one gets through all go on", hold_one_chat_back),
    ("the database is consistent", refer_to_nothing),
    ("what a moved group is owed follows it", leave_behind_what_a_moved_group_is_owed),
    ("what fails is tried with pauses", try_without_a_pause),
    ("what is done with is confirmed", leave_unconfirmed),
    ("no one acts on anothers data", forget_by_the_button_of_another),
    ("no one acts on anothers data", forget_who_asked),
    ("nothing ends by an error", end_by_an_error),
    ("nothing ends by an error", fail_on_an_update),
)
"""What is made wrong after a run, and the rule that has to see it."""


@pytest.mark.parametrize(
    ("rule", "fault"), FAULTS, ids=lambda one: one if isinstance(one, str) else one.__name__
)
def test_a_rule_sees_a_fault(world: World, rule: str, fault: Callable[[World], None]) -> None:
    [seen] = [one for one in RULES if named(one) == rule]
    fault(world)
    assert list(seen(world))


def test_each_rule_has_a_fault() -> None:
    assert {rule for rule, _ in FAULTS} == set(map(named, RULES))
