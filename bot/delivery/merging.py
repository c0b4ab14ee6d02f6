"""Messages for one place become one, as far as they fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.platforms.document import Document
from bot.platforms.messages import Limit, Message


def joined(messages: Sequence[Message], limit: Limit | None) -> list[Message]:
    """Messages for one place merged as far as they fit; each keeps the token of its last part."""
    out: list[Message] = []
    for message in messages:
        if out and (limit is None or limit.takes(out[-1].document, message.document)):
            out[-1] = _both(out[-1], message)
        else:
            out.append(message)
    return out


def _both(first: Message, then: Message) -> Message:
    return replace(
        then,
        opens=first.opens or then.opens,
        document=Document.of((first.document, then.document)),
        choices=first.choices + then.choices,
        files=first.files + then.files,
        slot="",
    )
