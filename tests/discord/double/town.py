"""What the double of Discord knows: one server with its channels, people and messages.

Everything is plain JSON, as Discord sends it.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]

GUILD = 900_000_000_000_000_001
ROOM, STAFF = 900_000_000_000_000_011, 900_000_000_000_000_012
BOT, EVERYBODY, MODERATOR = 900_000_000_000_000_021, GUILD, 900_000_000_000_000_031
OFFICIAL = MODERATOR + 1
NAMES = {ROOM: "zomerstraat", STAFF: "staf"}

#: The first moment of Discord's ids, in milliseconds, and how far their moment is shifted.
_EPOCH, _SHIFT = 1_420_070_400_000, 22

#: The right to do everything, which the bot has here.
_ALL = str((1 << 52) - 1)

#: The flag of a message that one person sees.
ONLY = 1 << 6


@dataclass
class Time:
    """What time it is on the double, in seconds since 1970, and how many ids were made."""

    clock: Callable[[], float] = time.time
    made: int = 0

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.clock(), UTC)

    def counted(self) -> Callable[[], float]:
        """A clock on which a millisecond passes with each id that is made, and nothing else: with
        it nothing comes late, however busy the machine is."""
        start, first = time.time(), self.made
        return lambda: start + (self.made - first) / 1000


#: The time of all doubles in this process.
TIME = Time()


def snowflake(ago: float = 0.0) -> int:
    """A new id, of now or of some seconds ago."""
    TIME.made += 1
    moment = int((TIME.clock() - ago) * 1000) - _EPOCH
    return (moment << _SHIFT) | (TIME.made & 0xFFF)


def age(id: int) -> float:
    """How long ago an id was made, in seconds."""
    return TIME.clock() - ((id >> _SHIFT) + _EPOCH) / 1000


def now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(TIME.clock()))


def user(id: int, name: str, *, bot: bool = False) -> Json:
    return {
        "id": str(id),
        "username": name,
        "discriminator": "0",
        "global_name": None,
        "avatar": None,
        "bot": bot,
    }


def _role(id: int, name: str, permissions: str = "1024") -> Json:
    return {"id": str(id), "name": name, "permissions": permissions, "position": 1}


def _channel(id: int, name: str) -> Json:
    return {
        "id": str(id),
        "type": 0,
        "guild_id": str(GUILD),
        "name": name,
        "position": 0,
        "permission_overwrites": [],
    }


@dataclass
class Person:
    """Somebody in the server; ``id`` is their account."""

    id: int
    name: str
    roles: tuple[int, ...] = ()
    locale: str = "nl"

    @property
    def member(self) -> Json:
        return {
            "user": user(self.id, self.name),
            "roles": [str(role) for role in self.roles],
            "joined_at": "2026-01-01T00:00:00+00:00",
            "deaf": False,
            "mute": False,
            "flags": 0,
            "permissions": "1024",
        }


@dataclass
class Town:
    """The server. ``members`` is how many it says to have, ``more`` how many more channels, roles
    and members the gateway tells of."""

    members: int = 30
    more: int = 0
    people: dict[str, Person] = field(default_factory=dict)
    messages: dict[str, Json] = field(default_factory=dict)
    commands: list[Json] = field(default_factory=list)

    def person(self, name: str, *roles: int) -> Person:
        if name not in self.people:
            account = 900_000_000_000_000_100 + len(self.people)
            self.people[name] = Person(account, name, roles)
        return self.people[name]

    def channel(self, id: int) -> Json:
        return _channel(id, NAMES.get(id, "kanaal"))

    @property
    def bot(self) -> Json:
        """The bot as a member of the server."""
        return {**Person(BOT, "Stadsgesprek").member, "user": user(BOT, "Stadsgesprek", bot=True)}

    def large(self) -> None:
        """As large as a server gets in what the gateway tells of it: channels, roles, members."""
        self.more = 250

    def guild(self) -> Json:
        """What the gateway tells of the server, without its members but the bot."""
        roles = [_role(EVERYBODY, "@everyone", _ALL), _role(MODERATOR, "Moderator")]
        roles.append(_role(OFFICIAL, "Wethouder"))
        roles += [_role(GUILD + 1_000 + n, f"Rol {n}") for n in range(self.more)]
        others = [Person(GUILD + 5_000 + n, f"lid-{n}").member for n in range(self.more)]
        channels = [*NAMES, *(GUILD + 3_000 + n for n in range(2 * self.more))]
        return {
            "id": str(GUILD),
            "name": "Haarlem",
            "owner_id": "1",
            "roles": roles,
            "channels": [self.channel(each) for each in channels],
            "members": [self.bot, *others],
            "member_count": self.members,
            "large": self.members > 250,
            "preferred_locale": "nl",
            "joined_at": "2026-01-01T00:00:00+00:00",
            "unavailable": False,
            **dict.fromkeys(("verification_level", "mfa_level", "premium_tier"), 0),
            **dict.fromkeys(("default_message_notifications", "explicit_content_filter"), 0),
            **dict.fromkeys(("afk_timeout", "system_channel_flags", "nsfw_level"), 0),
            **{key: [] for key in ("threads", "emojis", "stickers", "features", "presences")},
            **{key: [] for key in ("voice_states", "stage_instances", "guild_scheduled_events")},
        }

    # -- messages -----------------------------------------------------------------------------

    def post(self, channel: int, made: Json, by: Json, to: int = 0) -> Json:
        """A new message; ``to`` is the account of who alone sees it."""
        name = str(snowflake())
        message = {
            "id": name,
            "channel_id": str(channel),
            "author": by,
            "content": "",
            "timestamp": now(),
            "edited_timestamp": None,
            "type": 0,
            "pinned": False,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "flags": 0,
            "components": [],
        }
        message |= shown(made)
        message["to"] = to
        self.messages[name] = message
        return message

    def edit(self, id: str, made: Json) -> Json | None:
        message = self.messages.get(id)
        if message is not None:
            flags = message["flags"]
            message |= shown(made)
            message["flags"] |= flags
        return message

    def seen(self, channel: int, who: str = "") -> list[Json]:
        """The messages of a channel that somebody sees, the oldest first; "" sees what all see."""
        account = self.people[who].id if who else 0
        every = [m for m in self.messages.values() if m["channel_id"] == str(channel)]
        return [m for m in every if m["to"] in (0, account)]


def shown(made: Json) -> Json:
    """Of a body what a message keeps; each component gets an id, as on Discord."""
    kept = {key: made[key] for key in ("content", "flags", "components", "nonce") if key in made}
    if "components" in kept:
        kept["components"] = _numbered(kept["components"], itertools.count(1))
    if made.get("attachments"):
        kept["attachments"] = [
            {**one, "id": str(snowflake()), "size": 1, "url": "https://cdn/x", "proxy_url": ""}
            for one in made["attachments"]
        ]
    return kept


def _numbered(components: Iterable[Json], numbers: Any) -> list[Json]:
    found = []
    for one in components:
        kept = {**one, "id": one.get("id") or next(numbers)}
        if "components" in kept:
            kept["components"] = _numbered(kept["components"], numbers)
        found.append(kept)
    return found


def walked(components: Iterable[Json]) -> Iterable[Json]:
    """All components, those in others included."""
    for one in components:
        yield one
        yield from walked(one.get("components") or ())


def text_of(message: Json) -> str:
    """The words of a message."""
    return "\n".join(one["content"] for one in walked(message["components"]) if one["type"] == 10)


def custom_ids(message: Json) -> list[str]:
    """What its buttons and menus carry, those in a menu included."""
    found = []
    for one in walked(message["components"]):
        if one.get("custom_id"):
            found.append(one["custom_id"])
        found += [option["value"] for option in one.get("options") or ()]
    return found
