"""Where a message of the outbox stands, and where it leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.platforms.messages import Message
from bot.platforms.places import Place
from dialogues.core import Notice
from storage.rows import Row

#: What is told of a round and has to be found later: its opening and result, and what is asked
#: about somebody's message.
_STAY = frozenset(
    {"gather_asked_here", "hour_earlier", "opened_later", "round_result", "vote_opened"}
)

#: What only who asked to be written to is told, where nobody is written to else.
_DIRECT = frozenset(
    {
        "your_meeting_called_off",
        "your_meeting_moved",
        "your_meeting_place",
        "your_meeting_soon",
    }
)


@dataclass(frozen=True, slots=True)
class Hangs:
    """Where a message in a room hangs: the ids of the card of its round and of the first card of
    its dialogue, and what that is called. For one to a person ``about`` is the id of the card that
    it is about, and ``where`` the room of that."""

    card: str = ""
    opening: str = ""
    title: str = ""
    about: str = ""
    where: Place | None = None


NOWHERE = Hangs()


def no_card(_row: Row, _notice: Notice) -> Hangs:
    """The default for ``cards`` of the speaker: no message belongs to a thread."""
    return NOWHERE


def hung(made: Message, row: Row, notices: Sequence[Notice], hangs: Hangs) -> Message:
    """A message of a row, as it stands and leads."""
    return replace(
        made,
        edits=row.edits,
        slot=row.slot,
        dialogue=row.dialogue,
        thread=hangs.card,
        opening=hangs.opening,
        subject=hangs.title,
        stays=notices[0].template in _STAY,
        about=hangs.about or str(notices[0].data.get("leads_to", "")),
        where=hangs.where,
        direct=any(notice.template in _DIRECT for notice in notices),
    )
