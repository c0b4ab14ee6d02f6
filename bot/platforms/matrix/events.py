"""Turns the events of a room into facts.

``Seen`` is what every event has, checked; whatever else stands in an event is taken only when it
has the shape it must have. Nothing here waits or asks.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.platforms.facts import (
    Edited,
    Fact,
    Marked,
    Origin,
    Passed,
    Posted,
    Reacted,
    Removed,
    Said,
    Unreacted,
)
from bot.platforms.matrix.settings import KEY, NAME, mark_of
from bot.platforms.places import Place

Json = dict[str, Any]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_MS = 253_402_300_799_000

#: How a quote begins, of a message and of an emote.
_QUOTED = re.compile(r"> ?(?:\* ?)?<")

#: How many messages and reactions are remembered, with their senders.
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Seen:
    """One event whose required fields were checked. ``hidden``: it came out of an encrypted event;
    ``late``: the key for it came after the event."""

    id: str
    sender: str
    ms: int
    type: str
    content: Json
    state_key: str | None
    source: Json
    hidden: bool = False
    late: bool = False

    @property
    def at(self) -> datetime:
        return _EPOCH + timedelta(milliseconds=min(max(self.ms, 0), _LAST_MS))

    @property
    def relation(self) -> Json:
        return table(self.content.get("m.relates_to"))

    @property
    def before(self) -> Json:
        """The content that this state event replaced."""
        return table(table(self.source.get("unsigned")).get("prev_content"))


def table(value: object) -> Json:
    """A value when it is a table, else an empty one."""
    return value if isinstance(value, dict) else {}


def several(value: object) -> list[Any]:
    """A value when it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def words(value: object) -> str:
    """The value when it is text, else ""."""
    return value if isinstance(value, str) else ""


def seen(source: object, hidden: bool = False) -> Seen | None:
    """An event with its required fields; None when one of them is missing or wrong."""
    event = table(source)
    ms = event.get("origin_server_ts")
    state_key = event.get("state_key")
    known = Seen(
        words(event.get("event_id")),
        words(event.get("sender")),
        ms if isinstance(ms, int) and not isinstance(ms, bool) else -1,
        words(event.get("type")),
        table(event.get("content")),
        state_key if isinstance(state_key, str) else None,
        event,
        hidden,
    )
    return known if known.id and known.sender and known.type and known.ms >= 0 else None


@dataclass(slots=True)
class Memory:
    """The senders and places of the last messages, and which of the last events were reactions."""

    authors: OrderedDict[str, str] = field(default_factory=OrderedDict)
    reactions: OrderedDict[str, str] = field(default_factory=OrderedDict)
    places: OrderedDict[str, Place] = field(default_factory=OrderedDict)

    def note(self, event: Seen, place: Place) -> None:
        kept = self.reactions if event.type == "m.reaction" else self.authors
        kept[event.id], self.places[event.id] = event.sender, place
        for full in (kept, self.places):
            if len(full) > _REMEMBERED:
                full.popitem(last=False)

    def elsewhere(self, message: str, place: Place) -> bool:
        """Whether a message is in another place than the event that refers to it; such an event is
        forged."""
        return self.places.get(message, place) != place


def fact(event: Seen, place: Place, me: str, roles: frozenset[str], memory: Memory) -> Fact | None:
    """The fact of an event that people sent, or None. For events about the bot itself see
    ``rights.py``."""
    if event.sender == me:
        memory.note(event, place)
        return _echo(event)
    origin = Origin(event.id, event.at, place, event.sender, roles, event.id, event.late)
    if event.type == "m.room.message" and event.state_key is None:
        return _message(event, origin, memory)
    if event.type == "m.reaction" and not event.hidden:
        return _reaction(event, origin, memory)
    if event.type == "m.room.redaction" and not event.hidden:
        return _redaction(event, origin, memory)
    return None


def joins(event: Seen, me: str) -> bool:
    """Whether the bot joined by this event; a changed display name is no join."""
    return (
        event.type == "m.room.member"
        and event.state_key == me
        and event.content.get("membership") == "join"
        and event.before.get("membership") != "join"
    )


def _echo(event: Seen) -> Posted | None:
    """The bot's own message came back; for an edit with the id of the message it edits."""
    token = words(table(event.content.get(KEY)).get("token"))
    if not token:
        return None
    edits = event.relation.get("rel_type") == "m.replace"
    message = words(event.relation.get("event_id")) if edits else event.id
    return Posted(token, message, event.at)


def _message(event: Seen, origin: Origin, memory: Memory) -> Fact | None:
    memory.note(event, origin.place)
    if event.relation.get("rel_type") == "m.replace":
        return _edit(event, origin, memory)
    own = own_words(event.content)
    if not own.strip():
        return Passed(origin) if event.content else None
    return Said(origin, own, reply_of(event))


def reply_of(event: Seen) -> str:
    """The id of the message that this one replies to; in a thread, only where its author chose
    one."""
    if event.relation.get("is_falling_back"):
        return ""
    return words(table(event.relation.get("m.in_reply_to")).get("event_id"))


def _edit(event: Seen, origin: Origin, memory: Memory) -> Fact | None:
    """An edit by the message's own author; of older messages the engine knows the author."""
    target = words(event.relation.get("event_id"))
    new = table(event.content.get("m.new_content"))
    if memory.authors.get(target, event.sender) != event.sender or not target:
        return None
    if memory.elsewhere(target, origin.place):
        return None
    if new.get("msgtype") != "m.text" or not isinstance(new.get("body"), str):
        return None
    return Edited(origin, target, own_words(new))


def own_words(content: Json) -> str:
    """The words of a message without the quote that older clients put before a reply, with the name
    of the quoted account in it, also when the reply is edited; "" where it is no message with
    words."""
    body = words(content.get("body")) if content.get("msgtype") == "m.text" else ""
    lines = body.split("\n")
    if not _QUOTED.match(lines[0]):
        return body
    while lines and lines[0].startswith(">"):
        lines.pop(0)
    if lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def _reaction(event: Seen, origin: Origin, memory: Memory) -> Fact | None:
    memory.note(event, origin.place)
    target, key = words(event.relation.get("event_id")), words(event.relation.get("key"))
    if event.relation.get("rel_type") != "m.annotation" or not target or not key:
        return None
    if memory.elsewhere(target, origin.place):
        return None
    mark = mark_of(key)
    return Reacted(origin, key, target) if mark is None else Marked(origin, mark, target)


def _redaction(event: Seen, origin: Origin, memory: Memory) -> Fact | None:
    """A removal; newer rooms name the removed event in the content, older ones beside it."""
    target = words(event.content.get("redacts")) or words(event.source.get("redacts"))
    if not target or memory.elsewhere(target, origin.place):
        return None
    return Unreacted(origin, target) if target in memory.reactions else Removed(origin, target)


def place(kind: Any, name: str) -> Place:
    return Place(NAME, kind, name)
