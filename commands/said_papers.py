"""What somebody said of the papers beside the advice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evaluate:
    """Be asked what one thinks of a dialogue that is over."""


@dataclass(frozen=True, slots=True)
class Newsletter:
    """Show the draft of a month's newsletter; "" is the last month that is over."""

    month: str
