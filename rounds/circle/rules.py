"""Circle: people ask for a turn and speak one after the other; nobody votes.

A moderator's ``door`` begins the first turn. A turn ends when its speaker is done, when the
moderator goes on, or by itself when its time is over; then the next one begins.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from dialogues.charter import Review
from dialogues.core import TAKE_PART, Audience, Context, Notice, Refused, Value
from dialogues.events import (
    ParticipantsMerged,
    RoundClosed,
    RoundOpened,
    RoundPaused,
    RoundResumed,
)
from dialogues.items import Item, ItemState, Letter, check_length
from dialogues.machine import Deadline, Machine
from dialogues.pauses import lasts
from dialogues.report import ItemReport
from rounds.circle.order import queue
from rounds.circle.state import (
    LONGEST,
    SHORTEST,
    AskTurn,
    EndTurn,
    GiveTurnUp,
    GiveWord,
    Onward,
    Settings,
    SetTurnLength,
    State,
    Turn,
    TurnAsked,
    TurnBegan,
    TurnEnded,
    TurnGivenUp,
    TurnLengthSet,
    WordGiven,
)

LETTER = Letter("W", "word", contribution=True)


def decide(state: State, intent: object, context: Context) -> tuple[object, ...]:
    if isinstance(intent, AskTurn):
        return _ask(state, context)
    if isinstance(intent, GiveTurnUp):
        return _give_up(state, context)
    if isinstance(intent, EndTurn):
        if state.turn is None or state.turn.participant != context.by:
            raise Refused("not_your_turn")
        return _next(state, context.at)
    if isinstance(intent, Onward):
        if state.turn is None and not state.waiting:
            raise Refused("nobody_waits")
        return _next(state, context.at)
    if isinstance(intent, SetTurnLength):
        return _set_length(state, intent)
    assert isinstance(intent, GiveWord)
    return _give_word(state, intent, context)


def _ask(state: State, context: Context) -> tuple[object, ...]:
    if context.staff:
        raise Refused("staff_no_turn")
    mine = state.turn is not None and state.turn.participant == context.by
    if context.by in state.waiting or mine:
        return ()
    asked = TurnAsked(state.scope.frame.index, context.by)
    if not state.begun or state.turn is not None:
        return (asked,)
    return (asked, _begins(state, context.by, context.at))


def _give_up(state: State, context: Context) -> tuple[object, ...]:
    if state.turn is not None and state.turn.participant == context.by:
        return _next(state, context.at)
    if context.by not in state.waiting:
        raise Refused("no_turn_asked")
    return (TurnGivenUp(state.scope.frame.index, context.by),)


def _next(state: State, at: datetime) -> tuple[object, ...]:
    """End the turn that is going on, and begin the next one."""
    events: list[object] = []
    if state.turn is not None:
        events.append(TurnEnded(state.scope.frame.index, state.turn.participant))
    waiting = queue(state)
    if waiting:
        events.append(_begins(state, waiting[0], at))
    return tuple(events)


def _begins(state: State, participant: str, at: datetime) -> TurnBegan:
    until = at + timedelta(minutes=state.minutes)
    return TurnBegan(state.scope.frame.index, participant, until)


def _set_length(state: State, intent: SetTurnLength) -> tuple[object, ...]:
    if not SHORTEST <= intent.minutes <= LONGEST:
        raise Refused("bad_minutes", least=SHORTEST, most=LONGEST)
    if intent.minutes == state.minutes:
        return ()
    return (TurnLengthSet(state.scope.frame.index, intent.minutes),)


def _give_word(state: State, intent: GiveWord, context: Context) -> tuple[object, ...]:
    frame = state.scope.frame
    if not frame.collecting:
        raise Refused("collecting_ended", round=frame.index + 1)
    if context.by not in state.turns:
        raise Refused("no_turn_yet")
    check_length(intent.text, frame.plan.length)
    number = state.scope.items.next_number(LETTER.letter)
    pending = state.scope.charter().review is Review.BEFORE and not context.staff
    return (WordGiven(frame.index, number, context.by, intent.text, context.staff, pending),)


def evolve(state: State, event: object, at: datetime, by: str) -> None:
    if isinstance(event, TurnAsked):
        state.numbers.setdefault(event.participant, len(state.numbers) + 1)
        state.asked += 1
        state.waiting[event.participant] = state.asked
    elif isinstance(event, TurnGivenUp):
        del state.waiting[event.participant]
    elif isinstance(event, TurnBegan):
        _began(state, event, at)
    elif isinstance(event, TurnEnded):
        _ended(state, at)
    elif isinstance(event, TurnLengthSet):
        state.minutes = event.minutes
    elif isinstance(event, WordGiven):
        _given(state, event)
    elif isinstance(event, RoundOpened):
        state.seed, state.minutes = event.seed, state.scope.frame.settings.minutes
    elif isinstance(event, ParticipantsMerged):
        _merged(state, event.gone, event.kept)
    elif isinstance(event, RoundPaused | RoundResumed):
        _held(state)
    elif isinstance(event, RoundClosed):
        _ended(state, at)


def _merged(state: State, gone: str, kept: str) -> None:
    """Two are one from now on: the turn or the earlier place of either, and the time of both."""
    for counts in (state.turns, state.seconds):
        if gone in counts:
            counts[kept] = counts.get(kept, 0) + counts.pop(gone)
    for first in (state.numbers, state.waiting):
        if gone in first:
            found = first.pop(gone)
            first[kept] = min(found, first.get(kept, found))
    if gone in state.drawn:
        state.drawn = state.drawn - {gone} | {kept}
    if state.turn is not None and state.turn.participant == gone:
        state.turn = replace(state.turn, participant=kept)
    if state.turn is not None and state.turn.participant == kept:
        state.waiting.pop(kept, None)


def _began(state: State, event: TurnBegan, at: datetime) -> None:
    if not state.begun:
        state.begun, state.drawn = True, frozenset(state.waiting)
    state.waiting.pop(event.participant, None)
    state.turn = Turn(event.participant, at, event.until)
    if lasts(state.scope.frame.pauses):  # said before the pause, and heard in it
        _held(state)
    state.turns[event.participant] = state.turns.get(event.participant, 0) + 1


def _held(state: State) -> None:
    """A pause took hold of the turn, or let it go: its clock stood still for as long."""
    pause, turn = state.scope.frame.pauses[-1], state.turn
    if turn is None:
        return
    if pause.ended is None:
        state.turn = replace(turn, until=turn.until + pause.longest)
    else:
        until = turn.until + pause.length - pause.longest
        state.turn = replace(turn, began=turn.began + pause.length, until=until)


def _ended(state: State, at: datetime) -> None:
    turn, state.turn = state.turn, None
    if turn is not None:
        spoken = int((min(at, turn.until) - turn.began).total_seconds())
        state.seconds[turn.participant] = state.seconds.get(turn.participant, 0) + spoken


def _given(state: State, event: WordGiven) -> None:
    shown = ItemState.PENDING if event.pending else ItemState.SHOWN
    state.scope.items.add(
        Item(event.number, event.round, event.author, event.text, shown, event.staff)
    )
    state.words.append(event.number)


def announce(state: State, event: object) -> tuple[Notice, ...]:
    """Announce whose turn it is, by number: no message of the bot holds a name."""
    turn = state.turn
    if turn is None or not isinstance(event, TurnBegan | RoundResumed):
        return ()
    data: dict[str, Value] = {
        "number": state.numbers[turn.participant],
        "until": turn.until,
        "waiting": len(state.waiting),
    }
    return (Notice("circle_turn", data, Audience.ROOM, choices=(TAKE_PART,)),)


def deadlines(state: State) -> tuple[Deadline, ...]:
    """The end of the present turn."""
    return () if state.turn is None else (Deadline(state.turn.until),)


def due(state: State, due: Deadline) -> tuple[object, ...]:
    return _next(state, due.at)


def withdraw(state: State, participant: str) -> tuple[object, ...]:
    """The intents by which somebody who is forgotten leaves the queue or ends their turn."""
    speaks = state.turn is not None and state.turn.participant == participant
    return (GiveTurnUp(),) if speaks or participant in state.waiting else ()


def card(state: State) -> dict[str, Value]:
    turn = state.turn
    return {
        "speaking": state.numbers[turn.participant] if turn else 0,
        "until": turn.until if turn else None,
        "waiting": len(state.waiting),
        "minutes": state.minutes or state.scope.frame.settings.minutes,
        "words": sum(state.scope.items.shown(number) for number in state.words),
    }


def report(state: State) -> tuple[ItemReport, ...]:
    items = (state.scope.items.by_number[number] for number in state.words)
    return tuple(
        ItemReport(item.number, item.text, item.state, {}, 0, None, staff=item.staff)
        for item in items
    )


MACHINE = Machine(
    kind="circle",
    letters=(LETTER,),
    settings=Settings,
    blank=State,
    intents=(AskTurn, GiveTurnUp, EndTurn, Onward, SetTurnLength, GiveWord),
    events=(TurnAsked, TurnGivenUp, TurnBegan, TurnEnded, TurnLengthSet, WordGiven),
    decide=decide,
    evolve=evolve,
    announce=announce,
    card=card,
    report=report,
    deadlines=deadlines,
    due=due,
    withdraw=withdraw,
    took_part=lambda state: frozenset(state.turns),
    collects=True,
    informs=True,
)
