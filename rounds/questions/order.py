"""The order in which questions are shown, offered for support, and taken."""

from __future__ import annotations

from collections.abc import Iterable

from rounds.questions.state import State

#: One in this many places of the queue is for an author who had no answer yet.
FAIR_PLACE = 3


def result(state: State, number: str) -> str:
    """``answered``, ``promised`` (also when the promise was not kept), or ``open``."""
    if number in state.answers:
        return "answered"
    return "promised" if number in state.promises else "open"


def now(state: State) -> str:
    """The question being answered, unless it is not shown any more."""
    return state.now if state.scope.items.shown(state.now) else ""


def shown(state: State) -> list[str]:
    """The questions that are shown: by support, then by number."""
    return _by_support(state, (n for n in state.numbers if state.scope.items.shown(n)))


def _by_support(state: State, numbers: Iterable[str]) -> list[str]:
    return sorted(numbers, key=lambda n: (-len(state.support[n]), int(n[1:])))


def offer(state: State, participant: str, most: int) -> list[str]:
    """The next questions that this participant can support: of others, and without an answer."""
    items = state.scope.items.by_number
    return [
        n
        for n in shown(state)
        if items[n].author != participant
        and participant not in state.support[n]
        and n not in state.answers
    ][:most]


def queue(state: State) -> list[str]:
    """The open questions in the order in which they are to be taken, without the one being
    answered.

    By support; but every third place, counted from the first question of the round that was
    answered or promised, goes to the best supported question of an author who had no answer and no
    earlier place in the queue.
    """
    items = state.scope.items.by_number
    waiting = [n for n in shown(state) if result(state, n) == "open" and n != state.now]
    done = state.answers.keys() | state.promises.keys() | ({now(state)} - {""})
    helped = {items[n].author for n in (*state.answers, now(state)) if n}
    order: list[str] = []
    while waiting:
        fair = (len(done) + len(order) + 1) % FAIR_PLACE == 0
        new = (n for n in waiting if items[n].author not in helped)
        chosen = next(new, waiting[0]) if fair else waiting[0]
        waiting.remove(chosen)
        helped.add(items[chosen].author)
        order.append(chosen)
    return order
