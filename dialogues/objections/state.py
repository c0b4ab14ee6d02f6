"""The state of a draft. The objections themselves are items with a letter of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dialogues.core import Text
from dialogues.objections.events import Ruling

#: Of objections after the first, staff hears at most so often.
TOLD_EVERY = timedelta(minutes=10)

#: So long before the time for ruling ends staff hears what is undecided; half of that time, where
#: it is shorter.
BEFORE_THE_END = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ruled:
    """The ruling on an objection, and the moderator's participant id."""

    outcome: Ruling
    reason: Text
    text: Text
    at: datetime
    by: str


@dataclass(slots=True)
class Draft:
    """``rulings`` by the number of the objection. ``untold`` are the objections that staff has not
    heard of; ``told_at`` is when it heard of some last; ``warned``: it was told what is undecided
    before the end. ``over``: the document was asked for."""

    posted_at: datetime
    heard_until: datetime
    ruled_until: datetime
    rulings: dict[str, Ruled] = field(default_factory=dict)
    untold: list[str] = field(default_factory=list)
    told_at: datetime | None = None
    warned: bool = False
    over: bool = False

    def waits(self, number: str) -> None:
        """Staff has to hear of an objection."""
        if number not in self.untold:
            self.untold.append(number)

    @property
    def tells_at(self) -> datetime | None:
        """When staff hears of new objections; None where there are none."""
        if not self.untold:
            return None
        return self.posted_at if self.told_at is None else self.told_at + TOLD_EVERY

    @property
    def warns_at(self) -> datetime:
        """When staff hears what is undecided."""
        time = self.ruled_until - self.heard_until or self.ruled_until - self.posted_at
        return self.ruled_until - min(BEFORE_THE_END, time / 2)
