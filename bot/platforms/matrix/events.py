"""Events of a room as facts.

``Seen`` is what every event has, checked; whatever else stands in an event is taken only when it
has the shape it must have. Nothing here waits or asks.
"""

from __future__ import annotations

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
from bot.platforms.matrix.settings import KEY, MARKS, NAME
from bot.platforms.places import Place

Json = dict[str, Any]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_MS = 253_402_300_799_000

#: So many messages are remembered: by whom they are, and which are reactions.
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Seen:
    """One event. ``hidden`` is whether it came out of an encrypted one, ``late`` whether its key
    came after it."""

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


def words(value: object) -> str:
    """A value when it is text, else nothing."""
    return value if isinstance(value, str) else ""


def seen(source: object, hidden: bool = False) -> Seen | None:
    """An event that has what every event must have."""
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
    """Whose the last messages are, where they stand, and which of the last events were
    reactions."""

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
        """Whether a message stands in another place than what points to it: that is a copy."""
        return self.places.get(message, place) != place


def fact(event: Seen, place: Place, me: str, roles: frozenset[str], memory: Memory) -> Fact | None:
    """What people say by an event, or nothing (what concerns the bot itself: ``rights.py``)."""
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
    """Whether the bot came in by this event (a new display name is none)."""
    return (
        event.type == "m.room.member"
        and event.state_key == me
        and event.content.get("membership") == "join"
        and event.before.get("membership") != "join"
    )


def _echo(event: Seen) -> Posted | None:
    """One of our own messages stands; an edit keeps the id of what it edits."""
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
    body = words(event.content.get("body"))
    if event.content.get("msgtype") != "m.text" or not body.strip():
        return Passed(origin) if event.content else None
    reply = reply_of(event)
    return Said(origin, without_quote(body) if reply else body, reply)


def reply_of(event: Seen) -> str:
    """The message that this one answers; of a thread, only where its author chose one."""
    if event.relation.get("is_falling_back"):
        return ""
    return words(table(event.relation.get("m.in_reply_to")).get("event_id"))


def _edit(event: Seen, origin: Origin, memory: Memory) -> Fact | None:
    """Only the author's own edit is one; the engine knows whose older messages are."""
    target = words(event.relation.get("event_id"))
    new = table(event.content.get("m.new_content"))
    if memory.authors.get(target, event.sender) != event.sender or not target:
        return None
    if memory.elsewhere(target, origin.place):
        return None
    if new.get("msgtype") != "m.text" or not isinstance(new.get("body"), str):
        return None
    return Edited(origin, target, new["body"])


def without_quote(body: str) -> str:
    """Older clients quote what a reply answers before the reply itself."""
    lines = body.split("\n")
    if not lines[0].startswith("> <"):
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
    mark = MARKS.get(key.replace("\N{VARIATION SELECTOR-16}", ""))
    return Reacted(origin, key, target) if mark is None else Marked(origin, mark, target)


def _redaction(event: Seen, origin: Origin, memory: Memory) -> Fact | None:
    """Newer rooms name what is removed in the content, older ones beside it."""
    target = words(event.content.get("redacts")) or words(event.source.get("redacts"))
    if not target or memory.elsewhere(target, origin.place):
        return None
    return Unreacted(origin, target) if target in memory.reactions else Removed(origin, target)


def place(kind: Any, name: str) -> Place:
    return Place(NAME, kind, name)
