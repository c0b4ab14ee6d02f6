"""The figures of a measurement, and how two ways are compared on a busy machine.

Two ways are run in turns, so that what else happens on the machine meets both of them alike; of
each the median counts, and the ratio is the median of the ratios of the pairs.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import ParamSpec

P = ParamSpec("P")

#: How many pairs are run of everything that is compared.
PAIRS = 7


@dataclass(frozen=True, slots=True)
class Goal:
    """``most``: the ratio (or the figure, where there is no ratio) must be below it."""

    value: float
    most: bool = True

    def reached(self, found: float) -> bool:
        return found <= self.value if self.most else found >= self.value

    def __str__(self) -> str:
        return f"{'<=' if self.most else '>='} {self.value:g}"


@dataclass(frozen=True, slots=True)
class Spread:
    """The lowest and the highest of so many runs, or of the ratios of so many pairs."""

    low: float
    high: float
    runs: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; ``ratio`` is to ``against``; the goal is for the ratio where there is
    one, and so is the ``spread``, None where it was measured once."""

    name: str
    value: float
    unit: str
    ratio: float | None = None
    against: str = ""
    goal: Goal | None = None
    spread: Spread | None = None

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        if self.goal is None:
            return None
        return self.goal.reached(self.value if self.ratio is None else self.ratio)


@dataclass(frozen=True, slots=True)
class Pairs:
    """The medians of two ways in seconds, and of the ratio of the first to the second, with the
    ratios of all pairs."""

    first: float
    second: float
    ratio: float
    ratios: tuple[float, ...]

    @property
    def spread(self) -> Spread:
        return spread(self.ratios)

    @property
    def inverse(self) -> Spread:
        """The spread of the second to the first."""
        return spread([1 / ratio for ratio in self.ratios])


def spread(found: list[float] | tuple[float, ...]) -> Spread:
    return Spread(min(found), max(found), len(found))


def seconds(run: Callable[P, object], *given: P.args, **named: P.kwargs) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    run(*given, **named)
    return time.perf_counter() - began


def pairs(first: Callable[[], float], second: Callable[[], float], count: int = PAIRS) -> Pairs:
    """Run two ways in turns, each returning its seconds; which one goes first alternates."""
    found = []
    for number in range(count):
        if number % 2:
            two, one = second(), first()
        else:
            one, two = first(), second()
        found.append((one, two))
    ratios = tuple(one / two for one, two in found)
    return Pairs(
        median(one for one, _ in found), median(two for _, two in found), median(ratios), ratios
    )
