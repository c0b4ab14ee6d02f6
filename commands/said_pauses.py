"""What a moderator says to pause a round, and to go on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pause:
    """``want``: why, "" where that is not said."""

    want: str


@dataclass(frozen=True, slots=True)
class Resume:
    pass
