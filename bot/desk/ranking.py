"""Putting in order by buttons: one press each, each behind what was chosen before.

What is chosen so far is the vote, so it counts at every step, and whoever stops has a shorter one.
A button says the whole order up to itself: pressed again it means the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.desk.talk import press
from dialogues.core import Choice, Text

#: The longest order that a button can say: as many options as a poll can have.
_LONGEST = 25


def following(chosen: Sequence[int], most: int) -> tuple[int, ...]:
    """What the next choice comes behind: all that was chosen, nothing where that is full."""
    return tuple(chosen) if len(chosen) < min(most, _LONGEST) else ()


def one_by_one(
    there: Mapping[int, Text | str | datetime], chosen: Sequence[int], most: int
) -> tuple[Choice, ...]:
    """What can be pressed: each of what is ``there``, by number, that was not chosen; and to begin
    again."""
    before = following(chosen, most)
    said = "".join(f"{number} " for number in before)
    left = [number for number in there if number not in before]
    again = (press("niets", label="choice_again"),) if before else ()
    return (*(press(f"{said}{n}", text=there[n], number=n, listed=True) for n in left), *again)
