"""What a console stores in its database beside the dialogues: its clock, rooms and roles."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec

from bot.runtime.clock import system
from dialogues.dialogue import Dialogue
from dialogues.machine import Stage
from storage.store import Store

#: The mark of a database whose clock was moved: so many seconds ahead.
VIRTUAL = "virtual"

_KEPT = "console"


class Kept(msgspec.Struct):
    """``said``: the number of the last line typed; ``rooms``: rooms made during play, each with its
    staff room; ``roles``: by name, of people who were made staff."""

    said: int = 0
    rooms: dict[str, str] = {}
    roles: dict[str, list[str]] = {}


@dataclass(slots=True)
class Memory:
    kept: Kept = field(default_factory=Kept)
    ahead: timedelta | None = None

    @classmethod
    def of(cls, store: Store) -> Memory:
        stored = store.settings.read((VIRTUAL, _KEPT))
        kept = msgspec.json.decode(stored[_KEPT], type=Kept) if _KEPT in stored else Kept()
        ahead = timedelta(seconds=int(stored[VIRTUAL])) if VIRTUAL in stored else None
        return cls(kept, ahead)

    def keep(self, store: Store) -> None:
        """Write it to the store; raises ``NotNow``."""
        with store.transaction():
            store.settings.write(_KEPT, msgspec.json.encode(self.kept).decode())
            if self.ahead is not None:
                store.settings.write(VIRTUAL, str(int(self.ahead.total_seconds())))


def behind(states: list[Dialogue]) -> timedelta | None:
    """How far the system's clock is behind the latest moment in these dialogues (a recorded
    dialogue may lie in the future); None when it is not behind."""
    latest = max((at for state in states for at in _happened(state)), default=None)
    if latest is None or latest <= system():
        return None
    return timedelta(seconds=int((latest - system()).total_seconds()) + 1)


def _happened(state: Dialogue) -> list[datetime]:
    found = [state.started_at, state.closed_at, state.advice.at if state.advice else None]
    for frame in state.frames:
        found.append(frame.opened_at)
        if frame.stage is Stage.CLOSED:
            found.append(frame.closed_at)
    return [at for at in found if at is not None]
