"""What the clerk says about what is destroyed by itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HoldDestruction:
    """Nothing of a dialogue, by its id, is destroyed until that is lifted."""

    dialogue: str
    reason: str


@dataclass(frozen=True, slots=True)
class ResumeDestruction:
    dialogue: str
    reason: str
