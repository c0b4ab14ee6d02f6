"""What one person sees of a homeserver, and waiting until something is there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from tests.matrix.asking import JSON
from tests.matrix.events import Event, event
from tests.matrix.patience import deadline

if TYPE_CHECKING:
    from tests.matrix.client import Resident


class NotSeenError(AssertionError):
    """What was waited for did not come; the message lists what did."""


class Feed:
    """What one person sees from now on: it syncs, keeps order and closes gaps. Call it from one
    thread."""

    def __init__(self, resident: Resident) -> None:
        self.resident = resident
        self.seen: list[Event] = []
        self.invites: dict[str, JSON] = {}  # room to the content and sender of the invitation
        self.receipts: dict[str, dict[str, str]] = {}  # room to person to event last read
        self._ids: set[str] = set()
        self._since = ""
        self.pull()

    def pull(self, seconds: float = 0) -> list[Event]:
        """Sync once; returns what is new in order."""
        answer = self.resident.sync(self._since, seconds=seconds)
        rooms = answer.get("rooms", {})
        for room, data in rooms.get("invite", {}).items():
            self._invited(room, data["invite_state"]["events"])
        new: list[Event] = []
        for room, data in rooms.get("join", {}).items():
            self.invites.pop(room, None)
            self._read(room, data["ephemeral"]["events"])
            new += self._timeline(room, data["timeline"])
        self._since = answer["next_batch"]
        self.seen += new
        return new

    def wait(
        self, wanted: Callable[[Event], bool], *, seconds: float = 30, what: str = ""
    ) -> Event:
        """Wait for an event that fits; one seen earlier counts too."""
        for found in self._as_they_come(seconds):
            if found is not None and wanted(found):
                return found
        raise NotSeenError(f"{what or 'what was waited for'} did not come in {seconds} s; {self}")

    def wait_text(self, part: str, *, room: str = "", by: str = "", seconds: float = 30) -> Event:
        """Wait for a message with these words; one seen earlier counts too."""

        def wanted(one: Event) -> bool:
            fits = (not room or one.room == room) and (not by or one.sender == by)
            return fits and one.kind == "m.room.message" and part in one.text

        return self.wait(wanted, seconds=seconds, what=repr(part))

    def wait_until(self, true: Callable[[], bool], *, seconds: float = 30) -> None:
        """Sync until a condition on this feed (receipts, invites) holds."""
        for _ in self._as_they_come(seconds):
            if true():
                return
        raise NotSeenError(f"it did not come true in {seconds} s; {self}")

    def has_read(self, room: str, user: str, at: str) -> bool:
        """Whether a person's receipt stands on this event or on a later one seen."""
        receipt = self.receipts.get(room, {}).get(user, "")
        order = [one.id for one in self.seen if one.room == room]
        if receipt == at:
            return True
        return receipt in order and at in order and order.index(receipt) > order.index(at)

    def __str__(self) -> str:
        last = [f"{one.kind} by {one.sender}: {one.text[:80]!r}" for one in self.seen[-5:]]
        return f"{self.resident.user} saw last: " + ("; ".join(last) or "nothing")

    def _as_they_come(self, seconds: float) -> Iterator[Event | None]:
        """The events seen so far, then new ones; None after every sync. What is not expected to
        come is waited for less than a second."""
        end = deadline(seconds) if seconds >= 1 else time.monotonic() + seconds
        place = 0
        while True:
            while place < len(self.seen):
                yield self.seen[place]
                place += 1
            yield None
            left = end - time.monotonic()
            if left <= 0:
                return
            self.pull(min(left, 5))

    def _timeline(self, room: str, timeline: JSON) -> list[Event]:
        new = [event(one, room) for one in timeline["events"]]
        if timeline["limited"] and self._since:
            new = self._gap(room, timeline["prev_batch"]) + new
        fresh = [one for one in new if one.id not in self._ids]
        self._ids.update(one.id for one in fresh)
        return fresh

    def _gap(self, room: str, start: str) -> list[Event]:
        """The events that a limited sync left out, back to a known one."""
        found: list[Event] = []
        while start:
            page, start = self.resident.messages(room, start=start)
            found += page
            if any(one.id in self._ids for one in page):
                break
        return found[::-1]

    def _invited(self, room: str, events: list[JSON]) -> None:
        for one in events:
            if one["type"] == "m.room.member" and one["state_key"] == self.resident.user:
                self.invites[room] = one["content"] | {"sender": one["sender"]}

    def _read(self, room: str, events: list[JSON]) -> None:
        for one in events:
            if one["type"] == "m.receipt":
                for at, kinds in one["content"].items():
                    for user in kinds.get("m.read", {}):
                        self.receipts.setdefault(room, {})[user] = at
