"""Poll: one question of the town with options, answered in one of five ways.

``one`` option, ``several`` (a set), ``ranked`` (best first), ``points`` (a sum to divide), or
``date`` (the moments that suit, a set as well). With
``other`` residents may suggest an option; once a moderator approved it, it is the last one. An
option that is hidden, withdrawn or erased is none any more: it drops out of every ballot's choice
(places behind it move up, points on it are lost), and a ballot with nothing else is no voter;
``toon`` brings it all back. Numbers of options are never used again.
"""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter

from dialogues.core import Context, Refused, Text, Value
from dialogues.events import ItemApproved, ItemHidden, ItemShown, ItemWithdrawn, TextErased
from dialogues.items import Item, ItemState, Letter, check_length
from dialogues.machine import Machine, Stage, require_open
from rounds.poll import choice as choices
from rounds.poll import filling
from rounds.poll.results import candidates, proposals, report, side, values
from rounds.poll.state import (
    CastPoll,
    FillPoll,
    OptionSuggested,
    PollFilled,
    PollKind,
    PollVoteCast,
    Settings,
    State,
    SuggestOption,
    open_options,
    options,
)

LETTER = Letter("P", "poll", votable=True, takes_reasons=True, can_hide=False, can_change=False)

#: The letter of residents' own options: people see no such number, and a moderator approves each.
OPTION = Letter("X", "option", contribution=True, can_change=False, told="option")

#: How the ballot box counts a choice of each kind.
STYLES = {
    PollKind.ONE: "options",
    PollKind.SEVERAL: "options",
    PollKind.RANKED: "ranking",
    PollKind.POINTS: "points",
    PollKind.DATE: "options",
}


def decide(
    state: State, intent: FillPoll | CastPoll | SuggestOption, context: Context
) -> tuple[object, ...]:
    if isinstance(intent, FillPoll):
        return _fill(state, intent, context)
    if isinstance(intent, CastPoll):
        return _vote(state, intent, context)
    return _suggest(state, intent, context)


def _fill(state: State, intent: FillPoll, context: Context) -> tuple[object, ...]:
    frame = state.scope.frame
    if frame.stage is not Stage.WAITING:
        require_open(frame, context.at)
    number = state.poll.number if state.poll else state.scope.items.next_number(LETTER.letter)
    if state.poll is not None and state.box.books[number].votes:
        raise Refused("poll_has_votes", item=number)
    if intent.kind not in tuple(PollKind):
        raise Refused("unknown_poll_kind", kind=intent.kind)
    filling.check(intent, len(state.added), context.at)
    filled = PollFilled(
        frame.index,
        number,
        PollKind(intent.kind),
        intent.question.strip(),
        tuple(option.strip() for option in intent.options),
        intent.points,
        intent.at_most,
        min(intent.places, len(intent.options)),
        intent.other,
        intent.dates,
    )
    return () if filled == state.poll else (filled,)


def _vote(state: State, intent: CastPoll, context: Context) -> tuple[object, ...]:
    if state.poll is None or intent.item != state.poll.number:  # a reason's or an option's
        raise Refused("wrong_kind", item=intent.item)
    choice = intent.choice
    if choice is not None:
        there = options(state) if intent.stands else open_options(state)
        choice = choices.checked(state.poll, there, choice)
    if not state.box.changes(intent.item, choice, context):
        return ()
    return (PollVoteCast(state.scope.frame.index, intent.item, choice, context.order),)


def _suggest(state: State, intent: SuggestOption, context: Context) -> tuple[object, ...]:
    frame, poll = state.scope.frame, state.poll
    if poll is None or intent.item != poll.number or not poll.other:
        raise Refused("no_other_option", item=intent.item)
    if not frame.collecting:
        raise Refused("collecting_ended", round=frame.index + 1)
    items = [state.scope.items.by_number[number] for number in state.suggested]
    gone = (ItemState.WITHDRAWN, ItemState.ERASED)
    mine = [i for i in items if i.author in context.names and i.state not in gone]
    if frame.settings.per_person and len(mine) >= frame.settings.per_person:
        raise Refused("enough_suggestions", limit=frame.settings.per_person)
    waiting = sum(item.state is ItemState.PENDING for item in items)
    if len(poll.options) + len(state.added) + waiting >= filling.MOST_OPTIONS:
        raise Refused("too_many_poll_options", most=filling.MOST_OPTIONS)
    check_length(intent.text, frame.plan.length)
    same = filling.find(poll.options, intent.text.words)
    if same:
        raise Refused("option_exists", item=poll.number, option=same)
    number = state.scope.items.next_number(OPTION.letter)
    return (
        OptionSuggested(frame.index, number, intent.item, context.by, intent.text, context.staff),
    )


def evolve(state: State, event: object, at: datetime, by: str) -> None:
    if isinstance(event, PollFilled):
        _filled(state, event)
    elif isinstance(event, OptionSuggested):
        state.suggested.append(event.number)
        state.scope.items.add(
            Item(
                event.number,
                event.round,
                event.author,
                event.text,
                ItemState.PENDING,
                event.staff,
                about=event.item,
            )
        )
    elif isinstance(event, ItemApproved | ItemShown | ItemHidden | ItemWithdrawn | TextErased):
        _follow(state, event.item)


def _filled(state: State, event: PollFilled) -> None:
    if state.poll is None:
        state.scope.items.add(
            Item(event.number, event.round, "", Text(), ItemState.SHOWN, staff=True)
        )
        state.box.open(event.number)
    state.poll = event
    state.scope.items.by_number[event.number].label = event.question
    state.box.style = STYLES[event.kind]
    gone = (o.number for o in options(state) if o.state is not ItemState.SHOWN)
    state.box.books[event.number].left_out = frozenset(gone)


def _follow(state: State, number: str) -> None:
    """Make a resident's option count or not count, after its item was approved, hidden or shown.
    What nobody could choose while the round was open never becomes one."""
    item = state.scope.items.by_number[number]
    if number not in state.suggested or state.poll is None:
        return  # a reason of this round
    if number not in state.added and item.state is ItemState.SHOWN and not state.box.fixed:
        state.added.append(number)
    if number in state.added:
        place = len(state.poll.options) + state.added.index(number) + 1
        state.box.leave_out(state.poll.number, place, item.state is not ItemState.SHOWN)


def card(state: State) -> dict[str, Value]:
    poll = state.poll
    if poll is None:
        return {"voters": 0}
    return {
        "item": poll.number,
        "poll": poll.kind.value,
        "question": poll.question,
        "options": [{"number": o.number, "text": o.shown} for o in open_options(state)],
        "points": poll.points,
        "at_most": poll.at_most,
        "places": poll.places,
        "other": poll.other,
        "voters": state.box.turnout,
    }


MACHINE = Machine(
    kind="poll",
    letters=(LETTER, OPTION),
    settings=Settings,
    blank=State,
    intents=(FillPoll, CastPoll, SuggestOption),
    events=(PollFilled, PollVoteCast, OptionSuggested),
    votes=(PollVoteCast,),
    decide=decide,
    evolve=evolve,
    card=card,
    report=report,
    ready=lambda state: state.poll is not None,
    box=attrgetter("box"),
    cast=CastPoll,
    side=side,
    values=values,
    candidates=candidates,
    proposals=proposals,
    collects=True,
)
