"""What a platform is asked to show: a message, and the files that go with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.platforms.places import Place


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message."""

    name: str
    data: bytes = field(repr=False)
    mime: str


@dataclass(frozen=True, slots=True)
class Message:
    """What a platform is asked to show: the same words plain and as HTML.

    ``token`` names the message in its own echo; ``edits`` is the platform's id of the message it
    replaces; ``choices`` are what can be pressed, as (label, what is typed instead); ``files``
    go before it, where a platform can; ``opens`` says that somebody asked for a personal
    conversation, which may be opened for it. ``thread`` is the platform's id of the card that the
    message belongs to, for a platform that puts it there.
    """

    place: Place
    token: str
    plain: str
    html: str
    edits: str = ""
    slot: str = ""
    choices: tuple[tuple[str, str], ...] = field(default=())
    dialogue: str = ""
    opens: bool = False
    files: tuple[Attachment, ...] = field(default=())
    thread: str = ""
