"""The events of a room, as a client receives them."""

from __future__ import annotations

from dataclasses import dataclass

from tests.matrix.asking import JSON


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a room, as a client receives it."""

    id: str
    kind: str
    sender: str
    room: str
    content: JSON
    at: int = 0  # the server's clock, in milliseconds
    key: str | None = None  # of a state event

    @property
    def text(self) -> str:
        """The plain words; of an edit the new ones."""
        return str(self.content.get("m.new_content", self.content).get("body", ""))

    @property
    def html(self) -> str:
        return str(self.content.get("m.new_content", self.content).get("formatted_body", ""))

    @property
    def edits(self) -> str:
        """The event this one replaces, or nothing."""
        return self._related("m.replace")

    @property
    def reacts_to(self) -> str:
        return self._related("m.annotation")

    def _related(self, kind: str) -> str:
        related = self.content.get("m.relates_to") or {}
        return str(related.get("event_id", "")) if related.get("rel_type") == kind else ""


def event(data: JSON, room: str) -> Event:
    return Event(
        data["event_id"],
        data["type"],
        data["sender"],
        room,
        data.get("content", {}),
        data.get("origin_server_ts", 0),
        data.get("state_key"),
    )
