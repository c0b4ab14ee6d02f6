"""The messages of the bot in each place: shows new ones, and of an edit the lines that changed."""

from __future__ import annotations

from collections.abc import Callable

from bot.console.terminal.paper import Look, Paper
from bot.platforms.messages import Message
from bot.platforms.places import Place

_CARD = "card-"


class Panes:
    """``own`` gives the places of the person being played. With ``edits`` False an edited card is
    not shown again, because the bar shows it."""

    def __init__(self, paper: Paper, own: Callable[[], tuple[Place, ...]], edits: bool) -> None:
        self.cards: dict[str, str] = {}
        self._paper = paper
        self._own = own
        self._edits = edits
        self._standing: dict[tuple[str, str], str] = {}

    def stands(self, message: Message) -> str | None:
        """Remember a message by its place and slot; returns the text it replaces, None if there was
        none."""
        if not message.slot:
            return None
        key = (str(message.place), message.slot)
        before = self._standing.get(key)
        self._standing[key] = message.plain
        if message.slot.startswith(_CARD):
            self.cards[message.place.name] = message.plain
        return before

    def heard(self, message: Message, _name: str) -> None:
        """Show a message of the bot; of an edit only the lines that changed."""
        before = self.stands(message)
        place = message.place
        if not message.edits:
            look = Look.OWN if place in self._own() else Look.OTHER
            self._paper.message(place, message.plain, look)
        elif self._edits or not message.slot.startswith(_CARD):
            changed = _changed(before, message.plain)
            if changed:
                self._paper.message(place, changed, Look.EDIT)


def _changed(before: str | None, text: str) -> str:
    """The lines of a message that were not in it before."""
    lines = [line for line in text.split("\n") if line.strip()]
    if before is None:
        return "\n".join(lines)
    known = set(before.split("\n"))
    return " ".join(line.strip() for line in lines if line not in known)
