"""What has to hold after each run, whatever went wrong in it."""

from collections import Counter
from collections.abc import Callable, Iterator

from people import GROUP

from bot.transport.limiting import QUESTIONS as QUESTIONS_A_MINUTE
from simulation.contents import Act
from simulation.hearing import BUSY, LATE, Told, is_there
from simulation.ledger import Handled, Put
from simulation.logged import no_words_are_in_the_log
from simulation.stored import nothing_waits_for_ever, rows, the_database_is_consistent
from simulation.telegram import key_of
from simulation.timing import (
    outages_hold_nothing_back_for_long,
    what_a_moved_group_is_owed_follows_it,
    what_fails_is_tried_with_pauses,
    what_is_done_with_is_confirmed,
    when_one_gets_through_all_go_on,
)
from simulation.truth import (
    health_names_what_is_broken,
    health_tells_the_truth,
    maintainers_hear_of_troubles_and_their_end,
)
from simulation.world import World
from storage.retention import UPDATES_KEPT

SENDING = ("sendMessage", "copyMessage", "createForumTopic", "sendPhoto", "sendDocument")
"""Calls that people see twice where they are made twice."""
MINUTE = 62.0
"""Seconds over which questions are counted, with some for the threads."""
OUTSTANDING: tuple[str, ...] = ()
"""Rules that the dialogues still break: shown, but not asserted."""
_ASKED = ("question", "command", "file", "album", "press", "edit")


def check(world: World) -> list[tuple[str, str]]:
    """All that does not hold: which rule, and where."""
    return [(named(rule), found) for rule in RULES for found in rule(world)]


def named(rule: Callable[[World], Iterator[str]]) -> str:
    """A rule in words."""
    return rule.__name__.removeprefix("_").replace("_", " ")


def _every_message_has_an_outcome(world: World) -> Iterator[str]:
    yield from _unheard(world, in_talk=False)


def _every_staff_message_has_an_outcome(world: World) -> Iterator[str]:
    told = Told(world)
    for act, handled in _pairs(world):
        if act.kind not in ("staff", "closing"):
            continue
        if handled is None or not (told.outcome(act, handled) or told.ended(handled)):
            yield _of(act)


def _every_message_of_a_talk_has_an_outcome(world: World) -> Iterator[str]:
    yield from _unheard(world, in_talk=True)


def _who_asks_slowly_is_not_refused(world: World) -> Iterator[str]:
    """Whoever asked fewer questions in a minute than are allowed gets answers.

    What was held up by an outage may be handled in another order than it was asked.
    """
    handled: dict[int, list[float]] = {}
    asked = [(act.who, act.at) for act in world.crowd.acts if act.kind in _ASKED]
    for act, one in sorted(_pairs(world), key=lambda pair: pair[1].at if pair[1] else 0.0):
        if one is None or act.kind not in _ASKED:
            continue
        times = handled.setdefault(act.who, [])
        lately = max(
            sum(at > one.at - MINUTE for at in times),
            sum(who == act.who and act.at - MINUTE < at < act.at for who, at in asked),
        )
        times.append(one.at)
        if lately < QUESTIONS_A_MINUTE and any(put.payload.get("text") in BUSY for put in one.puts):
            yield _of(act)


def _nothing_is_said_twice(world: World) -> Iterator[str]:
    moved = world.telegram.new_ids
    puts = Counter(key_of(put.method, put.payload, moved) for put in world.ledger.puts)
    unsure = Counter(key_of(method, given, moved) for method, given in world.telegram.unsure)
    taken = Counter(
        key_of(one.method, one.given, moved)
        for one in world.telegram.arrived
        if one.status == 200 and one.method in SENDING
    )
    for key, count in taken.items():
        if 0 < puts[key] < count - unsure[key]:
            yield f"{key}: {count} times, put {puts[key]} times, unsure of {unsure[key]}"


def _updates_are_handled_once(world: World) -> Iterator[str]:
    """Whatever comes again, before or after a process has died; a number may be given anew.

    After a silent week it may be given to what nobody did, as the word that a group has moved. Where the
    clock is set forward by days, the bot has to take what it handled for long past.
    """
    if any(seconds > UPDATES_KEPT for _, seconds in world.plan.jumps):
        return

    def before_the_week(moment: float) -> bool:
        return world.since_start(moment) <= world.woke

    for act in world.crowd.acts:
        anew = [
            one.at for one in world.crowd.acts if one.update_id <= act.update_id and one.at > act.at
        ]
        times = {
            one.at
            for one in world.ledger.handled
            if one.update_id == act.update_id
            and act.at <= one.at < min(anew, default=float("inf"))
            and before_the_week(one.at) is before_the_week(act.at)
        }
        if len(times) > 1:
            yield f"{_of(act)}, {len(times)} times"


def _what_was_put_arrives_or_was_refused(world: World) -> Iterator[str]:
    """No part of an answer is given up because of what passes; what is refused is apologised for.

    What waits to be told to the desk of somebody who wants to be forgotten is not told.
    """
    told = Told(world)
    forgotten = {act.who for act in world.crowd.acts if act.forgets}
    for put in world.ledger.puts:
        if put.chat_id in world.crowd.blocked_ever | forgotten or told.withdrawn(put) & forgotten:
            continue
        if (put.method in SENDING or put.apology) and not told.came(put):
            yield f"{put.method} to {put.chat_id}, put at {world.since_start(put.at):.0f}"


def _what_came_is_not_taken_for_refused(world: World) -> Iterator[str]:
    """What Telegram has taken is not made up for: nobody reads an answer in an edit and once more.

    A call may have been taken unseen and be refused when it is made again; but not if the last
    that Telegram said of it is that it stands there.
    """
    moved = world.telegram.new_ids
    unsure = {key_of(method, given, moved) for method, given in world.telegram.unsure}
    for one in world.ledger.given_up:
        key = key_of(one.method, one.payload, moved)
        came = [
            call
            for call in world.telegram.arrived
            if call.at <= one.at and key_of(call.method, call.given, moved) == key
        ]
        if came and (is_there(came[-1]) or (came[-1].status == 200 and key not in unsure)):
            yield f"{key}, at {world.since_start(one.at):.0f}"


def _typing_signs_are_few(world: World) -> Iterator[str]:
    signs = Counter(
        one.chat_id
        for one in world.telegram.arrived
        if one.method == "sendChatAction" and one.status == 200
    )
    asked = Counter(act.chat_id for act in world.crowd.acts)
    asked.update(act.chat_id for act in world.crowd.acts if act.repeated)
    for chat, count in signs.items():
        if count > asked[chat] * max(1, world.lives):
            yield f"{count} in {chat} for {asked[chat]} messages"


def _telegram_is_left_in_peace(world: World) -> Iterator[str]:
    """No more calls than ten for each call that was to be made, and some for each process."""
    starts = sum("starts" in line for line in world.story)
    needed = len(world.ledger.puts) + 2 * len(world.crowd.acts) + 15 * starts
    broken = sum(one.end - one.start for one in world.plan.stretches)
    most = 10 * needed + 3 * broken
    if len(world.telegram.arrived) > most:
        yield f"{len(world.telegram.arrived)} calls, where {needed} were needed"


def _no_one_acts_on_anothers_data(world: World) -> Iterator[str]:
    """Who presses a button of somebody else hears that it is not his, and nothing else comes of it.

    Nobody is forgotten who did not want to be.
    """
    for act, handled in _pairs(world):
        if handled and act.is_of_another:
            puts = [put for put in handled.puts if put.payload.get("text") not in LATE]
            if any(put.method != "answerCallbackQuery" for put in puts):
                yield _of(act)
    known = {row[0] for row in rows(world, "select id from people")}
    wanted = {act.who for act in world.crowd.acts if act.forgets}
    for act, handled in _pairs(world):
        if handled and handled.puts and act.kind == "question" and act.who not in known | wanted:
            yield f"{act.who} never asked to be forgotten, and is"


def _nothing_ends_by_an_error(world: World) -> Iterator[str]:
    yield from world.faulty
    if "On update" in world.log.getvalue():
        yield next(line for line in world.log.getvalue().splitlines() if "On update" in line)


RULES: tuple[Callable[[World], Iterator[str]], ...] = (
    _every_message_has_an_outcome,
    _every_staff_message_has_an_outcome,
    _every_message_of_a_talk_has_an_outcome,
    _who_asks_slowly_is_not_refused,
    _nothing_is_said_twice,
    _updates_are_handled_once,
    _what_was_put_arrives_or_was_refused,
    _what_came_is_not_taken_for_refused,
    _typing_signs_are_few,
    _telegram_is_left_in_peace,
    no_words_are_in_the_log,
    health_tells_the_truth,
    health_names_what_is_broken,
    maintainers_hear_of_troubles_and_their_end,
    nothing_waits_for_ever,
    outages_hold_nothing_back_for_long,
    when_one_gets_through_all_go_on,
    what_a_moved_group_is_owed_follows_it,
    what_fails_is_tried_with_pauses,
    what_is_done_with_is_confirmed,
    the_database_is_consistent,
    _no_one_acts_on_anothers_data,
    _nothing_ends_by_an_error,
)


def _unheard(world: World, *, in_talk: bool) -> Iterator[str]:
    """Acts of people that nothing was heard of; one word is enough for an album.

    What still waited for the staff is deleted with all else that a person has deleted.
    """
    told = Told(world)
    albums: dict[str, bool] = {}
    for act, handled in _pairs(world):
        if act.kind not in _ASKED or act.who in world.crowd.blocked_ever:
            continue
        if _in_talk(world, act) is not in_talk:
            continue
        fine = handled is not None and (told.outcome(act, handled) or told.ended(handled))
        if act.album:
            albums[act.album] = albums.get(act.album, False) or fine
        elif not fine:
            yield _of(act) + ("" if handled else ", never handled")
    yield from (f"album {number}" for number, fine in albums.items() if not fine)


def _pairs(world: World) -> Iterator[tuple[Act, Handled | None]]:
    """Each act with what became of it; ids of updates may be used again."""
    for act in world.crowd.acts:
        found = [
            one
            for one in world.ledger.handled
            if one.update_id == act.update_id and one.at >= act.at
        ]
        yield act, found[0] if found else None


def _in_talk(world: World, act: Act) -> bool:
    """Whether a talk with the desk may have been open, in which other rules hold."""
    return act.chat_id > 0 and any(
        put.method == "createForumTopic" and put.at <= act.at + 120 and _opened_by(world, put, act)
        for put in world.ledger.puts
    )


def _opened_by(world: World, put: Put, act: Act) -> bool:
    return any(
        put in handled.puts and other.who == act.who for other, handled in _pairs(world) if handled
    )


def _of(act: Act) -> str:
    place = "the group" if act.chat_id == GROUP else str(act.chat_id)
    return f"update {act.update_id} of {act.who} in {place}: {act.kind} {act.words}"
