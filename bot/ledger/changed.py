"""What changed in a transaction and is shown in messages that are edited: cards, and lists of work.

However often something changed, it is told once.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dialogues.aggregates import State
from dialogues.core import Notice


@dataclass(slots=True)
class Changed:
    """The cards that changed, by dialogue and round; the messages of other aggregates that did, by
    id and slot; and the aggregates whose work for staff may have changed."""

    cards: dict[tuple[str, int], State] = field(default_factory=dict)
    messages: dict[tuple[str, str], tuple[State, Notice]] = field(default_factory=dict)
    work: dict[str, State] = field(default_factory=dict)

    def card(self, state: State, index: int) -> None:
        """Note that a card changed."""
        self.cards[state.id, index] = state

    def message(self, state: State, notice: Notice) -> None:
        """Note that a message changed; ``notice`` has its slot, and its text is made when it is
        sent."""
        self.messages[state.id, notice.slot] = state, notice

    def for_staff(self, state: State) -> None:
        """Note that the work of staff may have changed."""
        self.work[state.id] = state

    def copy(self) -> Changed:
        """The present content."""
        return Changed(dict(self.cards), dict(self.messages), dict(self.work))

    def clear(self) -> None:
        self.cards.clear()
        self.messages.clear()
        self.work.clear()

    def __bool__(self) -> bool:
        return bool(self.cards or self.messages or self.work)
