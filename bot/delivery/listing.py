"""What stands in a platform's list of events, from the notice that the outbox holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.platforms.capabilities import Capabilities
from bot.platforms.document import Document
from bot.platforms.messages import Happening, Message
from bot.platforms.places import Place
from bot.platforms.writing import plain
from bot.text.templates import Renderer
from dialogues.core import Notice
from storage.rows import Row

#: The notice that becomes no message.
LISTED = "meeting_listed"


def listed(
    renderer: Renderer, can: Mapping[str, Capabilities], row: Row, notice: Notice, language: str
) -> Message:
    """A row of the outbox about a meeting in the list."""
    place, data, said = Place.parse(row.place), notice.data, language or None
    begins_at, ends_at, able = data["begins_at"], data["ends_at"], can[place.platform]
    assert isinstance(begins_at, datetime)
    assert isinstance(ends_at, datetime)
    values = {"meeting": data["meeting"]}
    title = renderer.render("meeting_listed_title", {"title": data["title"]}, said)
    about = renderer.render(LISTED, values, said, able.prefix, menu=able.menu)
    happening = Happening(
        str(data["meeting"]),
        plain(title),
        begins_at,
        ends_at,
        str(data["where"]),
        plain(about),
        bool(data["off"]),
    )
    return Message(place, row.token, Document(()), row.edits, row.slot, happening=happening)
