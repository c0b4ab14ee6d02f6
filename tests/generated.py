"""How much the generated tests try, by the environment's ``STADSGESPREK_TESTS``.

Without it they reach the figures of docs/promises.md; ``few`` is a quarter of those, for ``make
test-quick``, and a quarter of the rows of tables (``tests/quarter.py``); ``long`` is more, where a
test has a figure for it.

A soak runs the same tests again and again, each time with another ``STADSGESPREK_SEED``, and reads
what they tell by ``figure``.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Sequence
from typing import TypeVar

from hypothesis import settings

_T = TypeVar("_T")

_ASKED = os.environ.get("STADSGESPREK_TESTS", "")

LONG = _ASKED == "long"
FEW = _ASKED == "few"

#: The part of a figure that is tried where few are asked for.
_QUARTER = 4

#: What Hypothesis tries of a test that has no figure of its own.
_USUAL = 100


#: Which of the runs of a soak this is; 0: of none.
_SEED = int(os.environ.get("STADSGESPREK_SEED", "0"))

#: Whether this is ``make test-quick``, and no soak that begins with few of everything.
QUICK = FEW and not _SEED

#: The file to which figures are written, a JSON array a line; "" for none.
_FIGURES = os.environ.get("STADSGESPREK_FIGURES", "")


def some(figure: int, long: int = 0) -> int:
    """A figure, or a quarter of it where few are asked for; ``long`` in a long run."""
    if LONG and long:
        return long
    return -(-figure // _QUARTER) if FEW else figure


def part_of(found: Sequence[_T]) -> Sequence[_T]:
    """All that was found, or every fourth where few are asked for."""
    return found[::_QUARTER] if FEW else found


def drawing(own: int) -> random.Random:
    """What a test draws: the same each time, and something else in each run of a soak."""
    return random.Random(f"{own}/{_SEED}" if _SEED else own)


def figure(name: str, value: float) -> None:
    """Tell a figure: how many there were of something, or how long something took, in seconds. A
    test itself never judges a time: another program may have the machine."""
    if _FIGURES:
        with open(_FIGURES, "a", encoding="utf-8") as file:
            file.write(json.dumps([name, value]) + "\n")


def examples(usual: int = _USUAL, long: int = 0, steps: int = 30) -> settings:
    """So many examples of Hypothesis, ``long`` in a long run; ``steps`` of a state machine."""
    figure = long if LONG and long else some(usual)
    return settings(max_examples=figure, stateful_step_count=steps, deadline=None)


def settle() -> None:
    """Let this hold for tests that do not say how many examples they have."""
    settings.register_profile("generated", examples())
    settings.load_profile("generated")
