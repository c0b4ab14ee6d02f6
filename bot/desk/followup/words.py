"""What each word about what becomes of an advice does."""

from __future__ import annotations

from collections.abc import Callable

from bot.desk.followup import following
from commands.followup import said as words
from dialogues.core import Notice

#: Called with the dialogue that was named, "" for none.
FOLLOWUP: dict[type, Callable[..., list[Notice]]] = {
    words.NoteProgress: following.progress,
    words.Postpone: following.postpone,
    words.Received: following.received,
    words.Response: following.respond,
}
