"""Who is played at a console, and with which roles."""

from __future__ import annotations

from collections.abc import Callable

from bot.console.terminal.memory import Memory
from bot.platforms.console import NAME
from storage.people import People as Stored


class People:
    """``names`` are those played since the console began; ``keep`` stores the console's memory,
    where roles last until they are set again."""

    def __init__(self, stored: Stored, memory: Memory, keep: Callable[[], None]) -> None:
        self.names: set[str] = set()
        self._stored = stored
        self._memory = memory
        self._keep = keep

    def roles(self, who: str) -> list[str]:
        """The roles of a person, which last until they are set again."""
        kept = self._memory.kept.roles.get(who)
        if kept is not None:
            return kept
        known = self._stored.met(NAME, who)
        found = known.roles if known is not None else ""
        return found.split(",") if found else []

    def set_roles(self, who: str, roles: list[str]) -> None:
        """Set a person's roles. The name of somebody without a role is not stored here."""
        self._memory.kept.roles.pop(who, None)
        if roles or self.roles(who):
            self._memory.kept.roles[who] = roles
        self._keep()

    def all(self) -> tuple[str, ...]:
        return tuple(sorted(self.names | set(self._memory.kept.roles)))

    def is_person(self, name: str) -> bool:
        return name in self.names or self.known(name) is not None

    def known(self, who: str) -> str | None:
        """The bot's own id of a person it has met and not forgotten."""
        return self._stored.known(NAME, who)

    def forget(self, who: str) -> None:
        self._memory.kept.roles.pop(who, None)
        self.names.discard(who)
        self._keep()
