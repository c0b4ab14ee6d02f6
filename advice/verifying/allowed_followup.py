"""Checks that the rules allow what a clerk's journal says of an advice after it was made: answers,
delays and progress are decided on again, and each step of the clock is one that was due then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from dialogues.core import Context, Refused, Role, Text
from dialogues.decide import decide
from dialogues.dialogue import Dialogue
from dialogues.followup import events as ev
from dialogues.followup import intents as it
from dialogues.followup.days import recommended, unanswered
from dialogues.followup.steps import due, steps
from dialogues.intents import Step
from dialogues.record import Line

#: Stands for the words of a text, of which a journal has the seal alone.
_WORDS = Text("x")

#: A journal has no roles: what the clerk alone may do is allowed.
_ROLES = frozenset({Role.CLERK, Role.OFFICIAL})

#: The intent that an event came of.
_INTENTS: dict[type, Callable[[Any], object]] = {
    ev.AdviceReceived: lambda e: it.ReceiveAdvice(e.case),
    ev.AnswerPostponed: lambda e: it.PostponeAnswer(date.fromisoformat(e.until), e.want, e.item),
    ev.ProgressNoted: lambda e: it.NoteProgress(e.item, e.state, e.text, e.source),
    ev.ResponseGiven: lambda e: it.GiveResponse(
        e.item,
        e.outcome,
        e.text,
        e.body,
        e.source,
        date.fromisoformat(e.due) if e.due else None,
        e.due_unknown,
    ),
}

#: The step of the clock that an event is.
_STEPS: dict[type, Step] = {
    ev.AnswerComing: Step.ANSWER_COMING,
    ev.AnswerMissing: Step.MISSING,
    ev.AuthorsForgotten: Step.AUTHORS,
    ev.DayAsked: Step.DAY,
    ev.ReceiptMissing: Step.RECEIPT,
}

#: The events that are checked here.
KINDS = frozenset({*_INTENTS, *_STEPS, ev.AnswersTold})


def broken(state: Dialogue, line: Line) -> bool:
    """Whether the rules would not give this line in this state, before it."""
    event: Any = line.event
    if isinstance(event, ev.AnswersTold):
        told = set(event.items)
        return not told or not told <= {*state.follow_up.untold}
    if type(event) in _STEPS:
        return not _was_due(state, event, line)
    if hasattr(event, "text"):
        event = replace(event, text=_WORDS)
    try:
        again = decide(state, _INTENTS[type(event)](event), Context(line.at, line.by, _ROLES))
    except (Refused, AttributeError, KeyError, TypeError, ValueError):
        return True
    return again[:1] != (event,)


def _was_due(state: Dialogue, event: Any, line: Line) -> bool:
    """Whether a step of this kind was due at this moment, about these items: after an outage some
    more, on which no answer was there either, and at a later one of its moments."""
    if state.closed_at is None or line.by != "clock":
        return False
    step = _STEPS[type(event)]
    found = next((one for one in steps(state) if one.step is step and one.at == line.at), None)
    if found is None:
        return False
    meant: Any = due(state, found)[0]
    named, least = set(getattr(event, "items", ())), set(getattr(meant, "items", ()))
    waiting = recommended(state) if step is Step.DAY else unanswered(state)
    later = getattr(event, "times", 0) >= getattr(meant, "times", 0)
    return least <= named <= set(waiting) and later
