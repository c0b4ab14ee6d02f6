"""``Stage``: what the shared tests need of a platform: how people act there, and what they see.

Each platform has one of these. Its people do what they would do in their own programs; nothing of
them is made of our own classes.
"""

from __future__ import annotations

from typing import Protocol

from bot.platforms.capabilities import Capabilities
from bot.platforms.facts import Fact, Mark
from bot.platforms.messages import Message
from bot.platforms.places import Place


class Stage(Protocol):
    """A room with anna and bram in it, and their personal conversations with the bot.

    Messages are named by the platform's id of them, which facts name too.
    """

    room: Place

    @property
    def capabilities(self) -> Capabilities: ...

    def personal(self, who: str) -> Place: ...

    def account(self, who: str) -> str: ...

    # -- what people do -----------------------------------------------------------------------

    def write(self, who: str, text: str, place: Place) -> str:
        """Write a message; returns its id."""
        ...

    def edit(self, who: str, message: str, text: str, place: Place) -> None: ...

    def take_away(self, who: str, message: str, place: Place) -> None: ...

    def react(self, who: str, sign: str, message: str) -> str:
        """React in the room; returns the reaction's id."""
        ...

    def unreact(self, who: str, reaction: str) -> None: ...

    def press(self, who: str, message: str, number: int) -> None:
        """Press the choice with this number (from 0) under a message, be it there or not."""

    def fill(self, who: str, message: str, number: int, values: dict[str, str]) -> None:
        """Press a choice that opens a form, and fill that in."""

    # -- what the bot does --------------------------------------------------------------------

    def facts(self) -> list[Fact]:
        """All facts since the stage was set."""
        ...

    def restart(self) -> None:
        """End the program, and start it again from where its reading was."""

    def send(self, message: Message) -> str: ...

    def find(self, place: Place, token: str) -> str: ...

    def mark(self, message: str, mark: Mark) -> None: ...

    def pin(self, message: str, pinned: bool) -> None: ...

    def remove(self, message: str) -> None: ...

    def upload(self, place: Place, name: str, data: bytes) -> None: ...

    # -- what people see ----------------------------------------------------------------------

    def shown(self, place: Place, who: str = "") -> dict[str, str]:
        """The messages of a place by id, with their words, as this person sees them."""
        ...

    def stands(self, place: Place, message: str) -> bool:
        """Whether a message of anybody is there."""
        ...

    def pinned(self) -> list[str]: ...

    def marks(self, message: str) -> list[Mark]: ...

    def files(self, place: Place) -> dict[str, bytes]: ...
