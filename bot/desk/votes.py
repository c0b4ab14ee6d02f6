"""Votes: typed with ``stem``, typed as places and choices, or given with a button.

In each way a vote becomes the same intent on one item, and its answer has the same receipt. The
item's kind of round reads a choice and tells it again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bot.desk import reasons
from bot.desk.asker import Asker
from bot.desk.noting import noted
from bot.desk.offers import offer
from bot.desk.onward import asked_again, finished, held
from bot.desk.pressable import shown_with
from bot.desk.services import Services
from bot.desk.standing import in_list, standing
from bot.desk.talk import Cast, NoChoice
from commands.choices import BACK, NONE
from commands.said import Vote, Where
from commands.wrong import Wrong
from dialogues.core import Context, Notice, Refused, Text, Value
from dialogues.dialogue import Dialogue
from dialogues.intents import TellRoom
from dialogues.items import check_length
from dialogues.machine import Frame, Stage, require_open
from dialogues.roll import NOTHING
from storage.offers import Offer

_OPEN = Stage.OPEN  # looked up once: every vote needs it

#: How a vote is taken back, as it is typed.
BACK_WORD = next(iter(BACK))


def typed(services: Services, asker: Asker, dialogue: Dialogue, said: Vote) -> list[Notice]:
    """``stem ITEM KEUZE…``; without an item the one question that is open."""
    may_vote(asker)
    if asker.where is Where.STAFF:  # its answer would show the choice to all staff
        raise Refused("word_not_here", word="stem", places=("personal",))
    if asker.where is Where.ROOM and dialogue.confidential:
        services.act(asker, dialogue, TellRoom())
        return []
    item = said.item or only_open(services, asker, dialogue)
    stands = standing(services, asker, dialogue)
    done = cast_typed(services, asker, dialogue, stands, item, said.rest)
    if isinstance(done, list):
        return done
    cast, more = done
    if asker.where is Where.ROOM:
        return []  # an open vote there is answered by the read receipt alone
    notices = [noted(services, dialogue, [cast]), *more]
    asked = after(services, asker, dialogue, [cast])
    if asked and stands is not None and in_list(stands, item):
        return notices + held(services, asker, dialogue, asked)
    listed = finished(services, asker, dialogue, stands, item) if cast.first else []
    return notices + listed + asked


def pressed(
    services: Services, asker: Asker, dialogue: Dialogue, item: str, rest: str, mark: str = ""
) -> list[Notice]:
    """A choice on an item that was pressed or filled in, as somebody would type it, or ``NONE``.
    ``mark`` says with which words of the item it was shown. Where items come one at a time, the
    next one follows, or the one that stands already; else the next list, once that is finished.
    """
    may_vote(asker)
    if mark and not shown_with(services, dialogue, item, mark):
        return [Notice("words_changed", {}), *offer(services, asker, dialogue)]
    stands = standing(services, asker, dialogue)
    said = BACK_WORD if rest == NONE else rest
    done = cast_typed(services, asker, dialogue, stands, item, said)
    if isinstance(done, list):
        return done
    cast, more = done
    notices = [noted(services, dialogue, [cast]), *more]
    asked = after(services, asker, dialogue, [cast])
    if asked:
        waits = stands is not None or asker.can.one_at_a_time  # else nothing waits for the answer
        return notices + (held(services, asker, dialogue, asked) if waits else asked)
    if asker.can.one_at_a_time:
        return notices + offer(services, asker, dialogue)
    if stands is None or not cast.first:
        return notices
    return notices + finished(services, asker, dialogue, stands, item)


def without_choice(
    services: Services, asker: Asker, dialogue: Dialogue, number: str
) -> list[Notice]:
    """Handle ``stem ITEM`` alone. Always raises ``Refused``: with the question for the choice, or
    with the reason why the item takes no votes."""
    may_vote(asker)
    if asker.where is Where.STAFF:
        raise Refused("word_not_here", word="stem", places=("personal",))
    item = dialogue.items.by_number.get(number)
    if item is None:
        raise _no_such_item(services, asker, dialogue, number)
    frame = dialogue.frames[item.round]
    require_open(frame, asker.at)
    if not dialogue.items.shown(number):
        raise Refused("item_not_shown", item=number)
    values = services.talk(frame).asked(dialogue, number)
    raise Refused(
        "choice_missing", item=number, text=item.label or item.text, kind=frame.plan.kind, **values
    )


def may_vote(asker: Asker) -> None:
    """Raise ``Refused`` for staff, who have no ballot."""
    if (asker.roles or asker.known.elsewhere) and asker.staff:  # nearly always neither
        raise Refused("staff_no_ballot")


def only_open(services: Services, asker: Asker, dialogue: Dialogue) -> str:
    """The item meant when none is named: the only one open, else the only one offered. Raises
    ``Refused``."""
    item = _the_open(dialogue)
    if not item and dialogue.open_frame is not None:
        offered = services.store.offers.offered(asker.here, "offer", asker.milliseconds)
        item = offered.items[0] if offered is not None and len(offered.items) == 1 else ""
    if not item:
        raise Refused("which_item")
    return item


def _the_open(dialogue: Dialogue) -> str:
    """The only item that can be voted on, or "" when there is none or more than one."""
    frame = dialogue.open_frame
    box = None if frame is None else dialogue.boxes[frame.index]
    shown = [n for n in box.books if dialogue.items.shown(n)] if box is not None else []
    return shown[0] if len(shown) == 1 else ""


def left_out(
    services: Services, asker: Asker, dialogue: Dialogue, text: str
) -> list[Notice] | None:
    """Handle a choice without ``stem`` and item, where one item is open; None where it is no
    choice."""
    return chosen(services, asker, dialogue, _the_open(dialogue), text)


def chosen(
    services: Services, asker: Asker, dialogue: Dialogue, item: str, text: str
) -> list[Notice] | None:
    """The answer to a choice on an item, typed without ``stem``; None where it is no choice."""
    if not item:
        return None
    try:
        return typed(services, asker, dialogue, Vote(item, text))
    except NoChoice:
        return None


def cast_typed(
    services: Services,
    asker: Asker,
    dialogue: Dialogue,
    stands: Offer | None,
    number: str,
    rest: str,
) -> tuple[Cast, list[Notice]] | list[Notice]:
    """Read a choice by the item's kind and cast it: returns the vote, and notices about its reason.
    Or the whole answer as notices, where the kind read the words as something else. ``stands`` is
    the list that stands in this person's conversation."""
    known = dialogue.items.by_number.get(number)
    if known is None:
        raise _no_such_item(services, asker, dialogue, number)
    frame = dialogue.frames[known.round]
    if not dialogue.kinds.letters[number[0]].votable:
        raise Refused("no_vote_on", item=number)
    if stands is not None:
        again = asked_again(services, asker, dialogue, stands, number)
        if again is not None:
            return again
    read_by_kind = services.talks.by_kind[frame.machine.kind].read
    read_as = read_by_kind(services, asker, dialogue, number, rest)
    if isinstance(read_as, list):
        return read_as
    if read_as.reason:
        check_length(Text(read_as.reason), frame.plan.length)
    cast = _put(services, asker, dialogue, frame, number, read_as.choice)
    if read_as.unkept:
        return cast, [Notice("words_not_kept", {"item": number})]
    if not read_as.reason:
        return cast, []
    return cast, reasons.hear(services, asker, dialogue, number, read_as.reason, None)


def _no_such_item(services: Services, asker: Asker, dialogue: Dialogue, number: str) -> Refused:
    """The refusal of a vote on an item that is not there (yet); where the open round's kind knows
    when one can, it raises its own."""
    machine = dialogue.open_frame.machine if dialogue.open_frame is not None else None
    own = machine is not None and any(letter.letter == number[0] for letter in machine.letters)
    if machine is not None and machine.cast is not None and own:
        services.act(asker, dialogue, machine.cast(number, None))  # its kind says when one can
    return Refused("no_such_item", item=number)


def read(parsed: Any, **data: Value) -> Any:
    """What a reader returned; a ``Wrong`` is raised as ``Refused`` with ``data`` added."""
    if isinstance(parsed, Wrong):
        raise Refused(parsed.code, **{**data, **parsed.data})
    return parsed


def put(services: Services, asker: Asker, dialogue: Dialogue, number: str, choice: Any) -> Cast:
    """Cast one choice on an item; raises ``Refused``."""
    index = dialogue.round_of(number)
    if index is None:
        raise Refused("no_such_item", item=number)
    return _put(services, asker, dialogue, dialogue.frames[index], number, choice)


def _put(
    services: Services, asker: Asker, dialogue: Dialogue, frame: Frame, number: str, choice: Any
) -> Cast:
    """As ``put``, for an item of this round."""
    index, cast = frame.index, frame.machine.cast
    if cast is None:
        raise Refused("no_vote_on", item=number)
    ballot = services.store.participants.ballot_of(dialogue.id, asker.known.person, index)
    box = dialogue.boxes[index]
    assert box is not None
    roles = asker.counted if asker.known.elsewhere else asker.roles
    context = Context(asker.at, ballot, roles, asker.origin.order, asker.settled)
    if services.ledger.aggregates.act(dialogue.id, cast(number, choice), context):
        before = box.replaced
    else:  # it says what was known
        before = box.books[number].votes.choice_of(ballot)
    if not dialogue.confidential and services.talk(frame).reacts:
        typed = json.dumps(choice)
        services.store.sources.typed(
            dialogue.id, number, ballot, typed, asker.milliseconds, asker.origin.order
        )
        restand(services, asker, dialogue, number, ballot)
    first = before is NOTHING
    return Cast(number, choice, index, ballot, first, not first and before is not None)


def restand(services: Services, asker: Asker, dialogue: Dialogue, number: str, ballot: str) -> None:
    """Make a ballot's vote on an item what it expressed and still stands, typed or reacted, also
    where the item or an option of it is not shown now. Raises ``Refused`` once the round is over.

    ``asker`` is who did something last, not always whose ballot it is.
    """
    index = dialogue.round_of(number)
    assert index is not None
    frame, box = dialogue.frames[index], dialogue.boxes[index]
    machine = frame.machine
    assert box is not None
    assert machine.cast is not None
    found = services.store.sources.standing(dialogue.id, number, ballot)
    typed = None if found.typed is None else json.loads(found.typed)
    typed = tuple(typed) if isinstance(typed, list) else typed
    choice = services.talk(frame).standing(dialogue, number, typed, found.reacted)
    before = box.books[number].votes.get(ballot)
    if choice == (before.choice if before is not None else None):
        return
    at, order = asker.at, asker.origin.order
    if before is not None:
        at, order = max((at, order), before.when)  # it replaces what was known, whenever it came
    context = Context(at, ballot, frozenset(), order, settled=False)
    services.ledger.act(dialogue.id, machine.cast(number, choice, True), context)


def after(
    services: Services, asker: Asker, dialogue: Dialogue, casts: Sequence[Cast]
) -> list[Notice]:
    """The notices that the kind of round adds after votes, such as the next offer."""
    frame = dialogue.frames[casts[0].round]
    if frame.stage is not _OPEN:
        return []
    what_follows = services.talks.by_kind[frame.machine.kind].after
    return what_follows(services, asker, dialogue, casts)
