"""``Capabilities``: what a platform can do, so that no code asks for a platform's name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ReadBack(StrEnum):
    """How a platform receives what was said: AT_ONCE: all of it, always; LATER: also what was
    missed, up to a moment that it reports; NEVER: what was missed is lost."""

    AT_ONCE = "at_once"
    LATER = "later"
    NEVER = "never"


def _unknown(_account: str) -> None:
    """The ids of most platforms do not say when an account was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What the bot can do and receive on a platform, given the rights it needs.

    ``stands_at_once``: a message is posted the moment it is sent. ``edit``, ``pin`` and ``remove``
    are about its own messages, ``remove_others`` about those of others; ``mark``: it can put marks
    on messages. ``react``: people's reactions and marks are received. ``press``: choices under a
    message can be pressed; ``forms``: forms can be filled in; without these both are written out as
    text. ``menu``: words are chosen in a menu, under its names.
    ``private_replies``: an answer can be shown to its asker alone, where it was asked.
    ``threads``: messages about a round are shown under its card. ``upload``: files can be sent.
    ``pictures``: a message can show a picture with its words for who cannot see it.
    ``polls``: a question with its choices can be asked as a poll, which is answered by a tap.
    ``events``: it has a list of events, in which meetings stand.
    ``one_at_a_time``: a list is asked item by item, each with its choices in the message that the
    last answer was given in. ``unasked``: the bot may write to many people at once who asked for
    nothing.
    ``talk``: what people say to each other in a room is received, and what they change or take
    away of it; without it only words meant for the bot are.

    ``prefix`` is what people type in a room before words that are meant for the bot, and without
    ``talk`` anywhere; ``contact`` the address of a link that opens a conversation with it, "" where
    there is none. ``tap`` is the sign that the bot puts under a card: who taps it too asks to take
    part; "" where there is none. ``made_at`` tells of an account's id when the account was made,
    None where it does not say so.
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
    menu: bool = False
    private_replies: bool = False
    threads: bool = False
    upload: bool = False
    pictures: bool = False
    polls: bool = False
    events: bool = False
    one_at_a_time: bool = False
    unasked: bool = False
    talk: bool = True
    prefix: str = "!"
    contact: str = ""
    tap: str = ""
    made_at: Callable[[str], datetime | None] = _unknown

    @property
    def keeps_offers(self) -> bool:
        """Whether an offer counts from the moment it is made: nothing comes between that and its
        message, or each choice under it says itself which words it was shown with."""
        return self.stands_at_once or self.one_at_a_time

    @property
    def waits(self) -> bool:
        """Whether something said before may still come in."""
        return self.read_back is ReadBack.LATER
