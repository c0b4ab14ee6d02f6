"""What a platform can do, as values: whoever needs an ability asks for that, not for a name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ReadBack(StrEnum):
    """How a platform comes to know what was said: AT_ONCE everything, always; LATER also what it
    missed, up to a moment that it tells; NEVER what it missed."""

    AT_ONCE = "at_once"
    LATER = "later"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """Each is about what the bot can do or hear there, given the rights it needs.

    ``stands_at_once``: what is sent stands the moment it is sent. ``edit``, ``pin`` and ``remove``
    are about its own messages, ``remove_others`` about those of others; ``mark`` is that it can put
    marks on messages. ``react``: people's reactions and marks are heard. ``press``: choices under a
    message can be pressed, ``forms``: forms can be filled in; without them both are shown in words.
    ``private_replies``: an answer can be given where it was asked, seen by the asker alone.
    ``threads``: what belongs to a card stands under it. ``upload``: files can be sent.

    ``prefix`` is what people type in a room before words that are meant for the bot;
    ``contact`` the address of a link that opens a conversation with it, "" where there is none.
    """

    read_back: ReadBack
    stands_at_once: bool = False
    edit: bool = False
    pin: bool = False
    mark: bool = False
    remove: bool = False
    remove_others: bool = False
    react: bool = False
    press: bool = False
    forms: bool = False
    private_replies: bool = False
    threads: bool = False
    upload: bool = False
    prefix: str = "!"
    contact: str = ""

    @property
    def waits(self) -> bool:
        """Whether something said before may still come in."""
        return self.read_back is ReadBack.LATER
