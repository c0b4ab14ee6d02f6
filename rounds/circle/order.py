"""The order of turns in a circle, and how evenly the time was shared.

Those who asked before the first turn are in a drawn order: by the lots of the round's seed. Those
who ask later come behind them, in the order of asking. Nobody speaks again before all who asked had
a turn.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from dialogues.lots import lot
from rounds.circle.state import State

#: The least number of speakers for which ``gini`` gives a figure.
ENOUGH = 5


def queue(state: State) -> list[str]:
    """The participants who wait, the next one first."""
    return sorted(state.waiting, key=lambda participant: _place(state, participant))


def _place(state: State, participant: str) -> tuple[int, bool, str, int]:
    drawn = participant in state.drawn or not state.begun
    drew = lot(state.seed, participant) if drawn else ""
    return state.turns.get(participant, 0), not drawn, drew, state.waiting[participant]


def gini(seconds: Iterable[int]) -> float | None:
    """The Gini coefficient of the speaking times, from 0 (all spoke as long) to nearly 1 (one had
    all the time), rounded to three decimals; None under five speakers."""
    ordered = sorted(seconds)
    if len(ordered) < ENOUGH:
        return None
    total, number = sum(ordered), len(ordered)
    if not total:
        return 0.0
    weighted = sum(place * time for place, time in enumerate(ordered, 1))
    return float(round(Fraction(2 * weighted, number * total) - Fraction(number + 1, number), 3))
