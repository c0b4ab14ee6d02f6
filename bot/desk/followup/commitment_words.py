"""What each word about commitments does that needs no dialogue."""

from __future__ import annotations

from collections.abc import Callable

from bot.desk.followup import commitments
from commands.followup import said_commitments as words
from dialogues.core import Notice

COMMITMENTS: dict[type, Callable[..., list[Notice]]] = {
    words.Register: commitments.register,
}
