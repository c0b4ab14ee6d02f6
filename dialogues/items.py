"""Everything that has a number: the register of one dialogue's items.

S statement, V question, P poll, R reason, A recommendation, and X for a resident's own option or
answer that has no number for people. Numbers run through the dialogue and are never used again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from dialogues.core import Text


class ItemState(StrEnum):
    SHOWN = "shown"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"
    PENDING = "pending"
    UNREVIEWED = "unreviewed"


_SHOWN = ItemState.SHOWN  # looked up once: it is asked for at every vote


@dataclass(slots=True)
class Item:
    """``author`` is a participant id, for reasons a ballot id; ``about`` the item a reason or a
    recommendation belongs to. ``reason`` is why it is hidden, ``before`` what its state was then,
    ``revised`` whether its author changed it since;
    ``supported`` whether somebody stands behind a question, ``earlier`` the references of its
    words before each change. ``label`` holds the town's own words (a poll's question, with its
    option where a recommendation comes from one): people read label, colon, text, or the one of
    them that is there."""

    number: str
    round: int
    author: str
    text: Text
    state: ItemState
    staff: bool = False
    about: str = ""
    reason: str = ""
    reviewed: bool = False
    before: ItemState | None = None
    revised: bool = False
    supported: bool = False
    earlier: list[str] = field(default_factory=list)
    label: str = ""


@dataclass(slots=True)
class Items:
    """The register: items by number, in the order in which they were given."""

    by_number: dict[str, Item] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)

    def next_number(self, letter: str, ahead: int = 0) -> str:
        """The number the next item of this letter gets (``ahead``: after so many others)."""
        return f"{letter}{self.last.get(letter, 0) + 1 + ahead}"

    def add(self, item: Item) -> None:
        self.by_number[item.number] = item
        letter, count = item.number[0], int(item.number[1:])
        self.last[letter] = max(self.last.get(letter, 0), count)

    def get(self, number: str) -> Item | None:
        return self.by_number.get(number)

    def shown(self, number: str) -> bool:
        item = self.by_number.get(number)
        return item is not None and item.state is _SHOWN
