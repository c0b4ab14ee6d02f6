"""How much the generated tests try, by the environment's ``STADSGESPREK_TESTS``.

Without it they reach the figures of docs/promises.md; ``few`` is a quarter of those, for ``make
test-quick``; ``long`` is more, where a test has a figure for it.
"""

from __future__ import annotations

import os

from hypothesis import settings

_ASKED = os.environ.get("STADSGESPREK_TESTS", "")

LONG = _ASKED == "long"
FEW = _ASKED == "few"

#: The part of a figure that is tried where few are asked for.
_QUARTER = 4

#: What Hypothesis tries of a test that has no figure of its own.
_USUAL = 100


def some(figure: int) -> int:
    """A figure, or a quarter of it where few are asked for."""
    return -(-figure // _QUARTER) if FEW else figure


def examples(usual: int = _USUAL, long: int = 0, steps: int = 30) -> settings:
    """So many examples of Hypothesis, ``long`` in a long run; ``steps`` of a state machine."""
    figure = long if LONG and long else some(usual)
    return settings(max_examples=figure, stateful_step_count=steps, deadline=None)


def settle() -> None:
    """Let this hold for tests that do not say how many examples they have."""
    settings.register_profile("generated", examples())
    settings.load_profile("generated")
