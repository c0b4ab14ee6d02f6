"""Notices to and from bytes, for the outbox; words of people are kept as references."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec.structs import astuple

from dialogues.core import Audience, Choice, Notice, Text

#: Types that JSON writes by itself; most values of a card.
_AS_IT_IS = frozenset({str, int, float, bool, type(None)})


def encode(notice: Notice) -> bytes:
    """A notice as bytes; raises ``TypeError`` for words that were not stored before."""
    return msgspec.json.encode(
        {
            "template": notice.template,
            "data": {key: _plain(value) for key, value in notice.data.items()},
            "choices": [[_plain(part) for part in astuple(choice)] for choice in notice.choices],
            "slot": notice.slot,
        }
    )


def together(messages: Sequence[bytes]) -> bytes:
    """Several notices as one; ``decode_all`` returns them in order."""
    return msgspec.json.encode([msgspec.Raw(one) for data in messages for one in apart(data)])


def decode_all(data: bytes) -> tuple[Notice, ...]:
    """The notices in a row of the outbox: one, or several that are sent together."""
    return tuple(decode(one) for one in apart(data))


def apart(data: bytes) -> Sequence[bytes]:
    """The notices in a row of the outbox as they are kept, each by itself."""
    if not data.startswith(b"["):
        return (data,)
    return [bytes(one) for one in msgspec.json.decode(data, type=list[msgspec.Raw])]


def decode(data: bytes) -> Notice:
    raw = msgspec.json.decode(data)
    return Notice(
        raw["template"],
        {key: _value(value) for key, value in raw["data"].items()},
        Audience.ROOM,
        slot=raw["slot"],
        choices=tuple(Choice(*map(_value, choice)) for choice in raw["choices"]),
    )


def _plain(value: Any) -> Any:
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, Text):
        if value.words:
            raise TypeError("a message may hold references to words only")
        return {"$text": [value.ref, value.seal]}
    if isinstance(value, datetime):
        return {"$at": value.isoformat()}
    if isinstance(value, date):
        return {"$day": value.isoformat()}
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return [_value(inner) for inner in value]
    if isinstance(value, dict):
        if "$text" in value:
            return Text("", *value["$text"])
        if "$at" in value:
            return datetime.fromisoformat(value["$at"])
        if "$day" in value:
            return date.fromisoformat(value["$day"])
        return {key: _value(inner) for key, inner in value.items()}
    return value
