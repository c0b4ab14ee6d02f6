"""Whether what was decided changes how it stands with what a closed dialogue asked: its card."""

from __future__ import annotations

from dialogues.dialogue import Dialogue
from dialogues.followup.standing import Standing, standing


class Stood:
    """How it stood with each dialogue before what was last decided on it."""

    def __init__(self) -> None:
        self._before: dict[str, Standing | None] = {}

    def decides(self, state: Dialogue) -> None:
        """Note how it stands before a decision."""
        self._before[state.id] = standing(state)

    def otherwise(self, state: Dialogue) -> bool:
        """Whether it stands otherwise than before the decision, or when last asked."""
        before, now = self._before.get(state.id), standing(state)
        self._before[state.id] = now
        return now is not None and now != before
