"""Transcripts: a recorded chat as JSON lines, read strictly before anything is played.

A line is an event of the chat, a moment of the clock, or an expectation of what the bot said. The
whole file is checked first, so that a bad line changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from dialogues.core import Role

#: The years in which a transcript can be: before them, and near the end of what a date can hold,
#: there is no room for the deadlines around a moment.
_FIRST_YEAR, _LAST_YEAR = 1970, 9000


class Doing(StrEnum):
    """What a person does in a line."""

    TEXT = "text"
    REACT = "react"
    UNREACT = "unreact"
    EDIT = "edit"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Event:
    """A person's line. ``target`` is the id of the message edited, removed or taken back, or the
    item reacted on; ``roles`` is None where the line sets none."""

    line: int
    id: str
    at: datetime
    user: str
    where: str | None
    roles: frozenset[str] | None
    doing: Doing
    text: str
    target: str


@dataclass(frozen=True, slots=True)
class ClockLine:
    line: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the bot must have said ``where`` since the last expectation; ``…`` is anything."""

    line: int
    where: str
    text: str


Line = Event | ClockLine | Expectation


class BadLine(Exception):  # noqa: N818 - says what it is
    """A line that cannot be played: its number, and what is wrong with it."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")
        self.line = line


_KEYS = {"id", "at", "user", "roles", "in", "text", "react", "on", "unreact", "edit", "remove"}
_ROLES = {role.value for role in Role}


def read(lines: Iterable[bytes]) -> list[Line]:
    """Every line of a transcript; raises ``BadLine`` for the first that is not right."""
    found: list[Line] = []
    known: dict[str, Mapping[str, Any]] = {}
    last: datetime | None = None
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        data = _decoded(raw, number)
        if "expect" in data:
            found.append(_expectation(data, number))
            continue
        if set(data) == {"at"}:
            last = _later(_moment(data, number), last, number)
            found.append(ClockLine(number, last))
            continue
        event = _event(data, number, known)
        if event.id in known:
            if known[event.id] != data:
                raise BadLine(number, f"id {event.id!r} was used for another line")
        else:
            last = _later(event.at, last, number)
            known[event.id] = data
        found.append(event)
    return found


def _decoded(raw: bytes, number: int) -> dict[str, Any]:
    try:
        data = json.loads(raw.decode("utf-8-sig" if number == 1 else "utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadLine(number, "this is no JSON") from error
    if not isinstance(data, dict):
        raise BadLine(number, "this is no JSON object")
    return data


def _expectation(data: dict[str, Any], number: int) -> Expectation:
    unknown = sorted(set(data) - {"expect", "text"})
    if unknown:
        raise BadLine(number, f"unknown key {unknown[0]!r} (an expect line has expect and text)")
    return Expectation(
        number, _string(data, "expect", number), _string(data, "text", number, empty=True)
    )


def _string(data: dict[str, Any], key: str, number: int, *, empty: bool = False) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not (value or empty):
        raise BadLine(number, f"{key!r} is missing or not a text")
    return value


def _moment(data: dict[str, Any], number: int) -> datetime:
    text = _string(data, "at", number)
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadLine(number, "'at' is no moment like 2026-12-01T19:30:00+01:00") from error
    if at.tzinfo is None:
        raise BadLine(number, "'at' has no offset (write 2026-12-01T19:30:00+01:00)")
    if not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        raise BadLine(number, "'at' is out of range")
    return at.astimezone(UTC)


def _later(at: datetime, last: datetime | None, number: int) -> datetime:
    if last is not None and at < last:
        raise BadLine(number, "'at' goes back in time")
    return at


def _event(data: dict[str, Any], number: int, known: Mapping[str, Any]) -> Event:
    unknown = sorted(set(data) - _KEYS)
    if unknown:
        raise BadLine(number, f"unknown key {unknown[0]!r}")
    where = _string(data, "in", number) if "in" in data else None
    doing, text, target = _doing(data, number, known)
    return Event(
        number,
        _string(data, "id", number),
        _moment(data, number),
        _string(data, "user", number),
        where,
        _roles(data, number),
        doing,
        text,
        target,
    )


def _roles(data: dict[str, Any], number: int) -> frozenset[str] | None:
    if "roles" not in data:
        return None
    roles = data["roles"]
    if not isinstance(roles, list) or not all(isinstance(role, str) for role in roles):
        raise BadLine(number, "'roles' is no list of roles")
    for role in roles:
        if role not in _ROLES:
            raise BadLine(number, f"unknown role {role!r} (known: {', '.join(sorted(_ROLES))})")
    return frozenset(roles)


def _doing(data: dict[str, Any], number: int, known: Mapping[str, Any]) -> tuple[Doing, str, str]:
    """What a line does: exactly one of the five."""
    keys = frozenset(data) & {"text", "react", "on", "unreact", "edit", "remove"}
    shape = _SHAPES.get(keys)
    if shape is None:
        raise BadLine(
            number,
            "a line has exactly one of: text, react with on, unreact, edit with text, remove",
        )
    doing, text_key, target_key = shape
    text = _string(data, text_key, number, empty=doing is not Doing.REACT) if text_key else ""
    target = _string(data, target_key, number) if target_key else ""
    if doing in (Doing.UNREACT, Doing.EDIT, Doing.REMOVE) and target not in known:
        raise BadLine(number, f"{doing.value} of an unknown id {target!r}")
    return doing, text, target


_SHAPES: dict[frozenset[str], tuple[Doing, str, str]] = {
    frozenset({"text"}): (Doing.TEXT, "text", ""),
    frozenset({"react", "on"}): (Doing.REACT, "react", "on"),
    frozenset({"unreact"}): (Doing.UNREACT, "", "unreact"),
    frozenset({"edit", "text"}): (Doing.EDIT, "text", "edit"),
    frozenset({"remove"}): (Doing.REMOVE, "", "remove"),
}


def rooms(lines: Iterable[Line], staff: str, named: Callable[[str], str | None]) -> tuple[str, ...]:
    """The rooms in the order of first mention; ``named`` finds ``in=`` in a text."""
    found: dict[str, None] = {}
    for line in lines:
        if not isinstance(line, Event):
            continue
        if line.where is not None and line.where != staff:
            found[line.where] = None
        elif line.doing is Doing.TEXT:
            name = named(line.text)
            if name:
                found[name] = None
    return tuple(found)


def chat_bytes(lines: list[dict[str, object]]) -> bytes:
    """One JSON line a message; a lone surrogate is written as its escape."""
    return b"".join(json.dumps(line, ensure_ascii=True).encode() + b"\n" for line in lines)
