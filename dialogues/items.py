"""Items: everything in a dialogue that has a number, and the register of them.

A number is a letter and a count. The letters belong to the kinds of rounds, with what can be done
with such an item (``Letter``); only R, a reason, and O, an objection, belong to no kind. Numbers
run through the dialogue and are never used again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from dialogues.core import Refused, Text


@dataclass(frozen=True, slots=True)
class Letter:
    """The traits of the items with one letter.

    ``name`` is what such an item is called in the tables. ``contribution``: a resident gives it; it
    is reviewed, collected until collecting ends, and its author took part if it is shown.
    ``votable``: ballots choose on it. ``takes_reasons``: a vote on it can have a reason.
    ``can_hide``: a moderator may hide it. ``can_change``: its author may change its words.
    ``recommendation``: it goes to the council and mirrors an item of another round. ``told`` is the
    middle of the names of the texts that tell its author about it (``your_item_hidden``).
    """

    letter: str
    name: str
    contribution: bool = False
    votable: bool = False
    takes_reasons: bool = False
    can_hide: bool = True
    can_change: bool = True
    recommendation: bool = False
    told: str = "item"


#: A reason for a vote, in any kind of round.
REASON = Letter("R", "reason")

#: What somebody says is wrong with a recommendation, in the draft of a document.
OBJECTION = Letter("O", "objection", told="objection")


class ItemState(StrEnum):
    SHOWN = "shown"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"
    PENDING = "pending"
    UNREVIEWED = "unreviewed"


_SHOWN = ItemState.SHOWN  # looked up once: every vote needs it


@dataclass(slots=True)
class Item:
    """``author`` is a participant id, for reasons a ballot id; ``about`` the item that a reason or
    a recommendation belongs to. ``reason`` is why it is hidden; ``revised``: its author changed it
    since; ``seen``: others could see it once; ``supported``, ``answered``: others support it, or an
    answer was given or promised, so its words can change no more; ``earlier`` are the references of
    its words before each change. ``label`` holds the town's own words (a question, with an option
    of it): people read label, colon, text, or the one of them that there is."""

    number: str
    round: int
    author: str
    text: Text
    state: ItemState
    staff: bool = False
    about: str = ""
    reason: str = ""
    revised: bool = False
    supported: bool = False
    answered: bool = False
    seen: bool = False
    earlier: list[str] = field(default_factory=list)
    label: str = ""


@dataclass(slots=True)
class Items:
    """The register: items by number, in the order in which they were given."""

    by_number: dict[str, Item] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)

    def next_number(self, letter: str, ahead: int = 0) -> str:
        """The number of the next item of this letter, ``ahead`` numbers further."""
        return f"{letter}{self.last.get(letter, 0) + 1 + ahead}"

    def add(self, item: Item) -> None:
        item.seen = item.state is ItemState.SHOWN
        self.by_number[item.number] = item
        self.keep(item.number)

    def keep(self, number: str) -> None:
        """Never give this number again: people have seen it, though it has no item (yet)."""
        letter, count = number[0], int(number[1:])
        self.last[letter] = max(self.last.get(letter, 0), count)

    def get(self, number: str) -> Item | None:
        return self.by_number.get(number)

    def shown(self, number: str) -> bool:
        item = self.by_number.get(number)
        return item is not None and item.state is _SHOWN


def check_length(text: Text, most: int) -> None:
    """Raise ``Refused`` for words that are empty or longer than ``most`` characters."""
    if not text.words.strip():
        raise Refused("empty_text")
    if len(text.words) > most:
        raise Refused("text_too_long", length=len(text.words), most=most)
