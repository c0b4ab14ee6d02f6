"""Checks that the rules allow what stands in a clerk's journal, line by line.

The bot decides before it writes a line; whoever writes one by hand has not asked the rules. Votes,
the charter, the title, pauses, merged ballots, requests for a document and all that happens to an
item (hidden, shown, changed, withdrawn, approved, erased), drafts, objections and rulings on them
are decided on again, in the state before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

from advice.verifying import allowed_followup
from dialogues import events as ev
from dialogues import intents as it
from dialogues.core import Context, Refused, Text
from dialogues.decide import decide
from dialogues.dialogue import Dialogue
from dialogues.machine import Frame, is_open, runs
from dialogues.objections.intents import Object, Rule
from dialogues.record import Line


class Doubtful(Exception):  # noqa: N818 - says what the bundle is
    """Files of the bundle contradict each other, or the rules: what, and where."""


#: A step is decided on at the moment of the line, whenever it was due.
_NEVER = datetime.min.replace(tzinfo=UTC)

#: The intent that an event came of, for those that must be exactly what is decided on it.
_INTENTS: dict[type, Callable[[Any], object]] = {
    ev.DraftPosted: lambda _: it.Due(_NEVER, it.Step.DRAFT),
    ev.AdviceRequested: lambda e: it.RequestAdvice(e.contributed, e.voted, e.total, e.linked),
    ev.ItemApproved: lambda e: it.ApproveItem(e.item),
    ev.ItemChanged: lambda e: it.ChangeItem(e.item, e.text),
    ev.ItemHidden: lambda e: it.HideItem(e.item, it.HideReason(e.reason)),
    ev.ItemShown: lambda e: it.ShowItem(e.item),
    ev.ItemWithdrawn: lambda e: it.WithdrawItem(e.item),
    ev.TextErased: lambda e: it.EraseItem(e.item),
    ev.BallotsMerged: lambda e: it.MergeBallots(e.gone, e.kept),
    ev.CharterSet: lambda e: it.SetCharter({k: getattr(e.charter, k) for k in e.keys}, e.want),
    ev.ObjectionMade: lambda e: Object(e.about, e.text),
    ev.ObjectionRuled: lambda e: Rule(e.item, e.outcome, e.reason, e.text),
    ev.ParticipantsMerged: lambda e: it.MergeParticipants(e.gone, e.kept),
    ev.RoundPaused: lambda e: it.PauseRound(e.until, e.want),
    ev.RoundResumed: lambda _: it.ResumeRound(),
    ev.ScheduleSet: lambda e: _tie(e) if e.meeting else it.SetSchedule(_hours(e), e.want),
    ev.TitleChanged: lambda e: it.SetTitle(e.title, e.want),
}


def _hours(event: ev.ScheduleSet) -> dict[int, it.Hour]:
    every = event.openings if event.end is None else (*event.openings, event.end)
    return {one.round: it.Hour(one.at, one.wall) for one in every}


def _tie(event: ev.ScheduleSet) -> it.TieHours:
    """The hours that a dialogue has of a meeting."""
    hours = _hours(event)
    opens = hours[event.openings[0].round] if event.openings else None
    ends = hours[event.end.round] if event.end is not None else None
    return it.TieHours(event.meeting, opens, ends, event.want)


#: Stands for the words of a text, of which a journal has the seal alone.
_WORDS = Text("x")


def linked(lines: Iterable[Line]) -> bool:
    """Whether a journal says that accounts were linked: somebody may then act under two ids."""
    merged = (ev.BallotsMerged, ev.ParticipantsMerged)
    return any(isinstance(each.event, merged) or getattr(each.event, "linked", 0) for each in lines)


def check(state: Dialogue, line: Line, *, linked: bool = False) -> None:
    """Raise ``Doubtful`` for a line that the rules would not give in this state, before it. Where
    accounts were ``linked`` it cannot be told whether an author and who changed an item are one."""
    event: Any = line.event
    if not isinstance(event, ev.DialogueOpened) and not state.position:
        raise Doubtful("the journal does not begin with the opening of the dialogue")
    if type(event) in state.kinds.votes:
        _check_vote(state, event, line.at, line.by)
    elif isinstance(event, ev.ReasonGiven):
        about = state.items.get(event.about)
        _check_open(state.frames[about.round] if about else None, line.at, "a reason")
    elif hasattr(event, "number") and hasattr(event, "round"):
        _check_numbered(state, event, line.at)
    elif type(event) in _INTENTS:
        _check_again(state, event, line, linked=linked)
    elif type(event) in allowed_followup.KINDS:
        if allowed_followup.broken(state, line):
            raise Doubtful(f"line {line.seq}: {type(event).__name__} is not what the rules give")
    elif isinstance(event, ev.RoundClosed):
        hour = state.frames[event.round].closes_at
        if event.closed_at != hour:
            raise Doubtful(f"round {event.round + 1} did not close at its hour")


def _check_again(state: Dialogue, event: Any, line: Line, *, linked: bool) -> None:
    """The event is what the rules give for its intent."""
    texts = [f.name for f in fields(event) if isinstance(getattr(event, f.name), Text)]
    event = replace(event, **dict.fromkeys(texts, _WORDS))
    item = state.items.get(getattr(event, "item", ""))
    also = frozenset({item.author}) if linked and item is not None else frozenset[str]()
    again = _decided(state, _INTENTS[type(event)], event, Context(line.at, line.by, also=also))
    if isinstance(again, str) or again[:1] != (event,):
        raise Doubtful(f"line {line.seq}: {type(event).__name__} is not what the rules give")


def _check_numbered(state: Dialogue, event: Any, at: datetime) -> None:
    """A contribution is given while its round is open; what people voted on keeps its words."""
    frame = state.frames[event.round]
    if hasattr(event, "author"):
        _check_open(frame, at, event.number)
    box = state.boxes[event.round]
    book = box.books.get(event.number) if box is not None else None
    if book is not None and book.votes:
        raise Doubtful(f"{event.number} is put differently after votes on it")


def _check_vote(state: Dialogue, event: Any, at: datetime, by: str) -> None:
    frame = state.frames[event.round] if 0 <= event.round < len(state.frames) else None
    if event.choice is not None or frame is None or not runs(frame, at):
        _check_open(frame, at, "a vote")
    assert frame is not None
    cast = frame.machine.cast
    if cast is None or type(event) not in frame.machine.votes:
        raise Doubtful(f"{type(event).__name__} is about what is not in round {event.round + 1}")
    intent = cast(event.item, event.choice)
    if not state.confidential and hasattr(intent, "stands"):  # what was expressed may stand again
        intent = cast(event.item, event.choice, True)
    leaving = event.choice is None  # somebody may have been forgotten in a pause
    context = Context(at, by, order=event.order, settled=False, leaving=leaving)
    decided = _decided(state, lambda _event: intent, event, context)
    if isinstance(decided, str):
        raise Doubtful(f"round {event.round + 1} counts a vote that is none ({decided})")
    if decided != (event,):
        raise Doubtful(f"round {event.round + 1} counts a vote that a newer one replaced")


def _decided(
    state: Dialogue, intent: Callable[[Any], object], event: Any, context: Context
) -> tuple[Any, ...] | str:
    """What the rules decide on an event's intent; where they refuse it, or break on it, why."""
    try:
        return decide(state, intent(event), context)
    except Refused as refusal:
        return refusal.code
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        return type(error).__name__


def _check_open(frame: Frame | None, at: datetime, what: str) -> None:
    if frame is None or not is_open(frame, at):
        where = "no round" if frame is None else f"round {frame.index + 1}"
        raise Doubtful(f"{where} counts {what} given while it was not open, or after it closed")
