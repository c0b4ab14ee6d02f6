"""The slash words of the console: how each is declared and read (``moves.py`` carries them out)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from commands.nearest import nearest
from dialogues.core import Role


@dataclass(frozen=True, slots=True)
class Slash:
    """One slash word; ``usage`` and ``help`` are pairs in Dutch and English."""

    dutch: str
    english: str
    usage: tuple[str, str]
    help: tuple[str, str]


SLASHES: tuple[Slash, ...] = (
    Slash(
        "hulp", "help",
        ("/hulp", "/help"),
        ("deze lijst", "this list"),
    ),
    Slash(
        "klok", "clock",
        ("/klok [+10m|+2u|+1d]", "/clock [+10m|+2h|+1d]"),
        ("hoe laat het is; de klok vooruit zetten", "what time it is; move the clock ahead"),
    ),
    Slash(
        "plek", "place",
        ("/plek zomerstraat|staf|prive", "/place zomerstraat|staf|private"),
        (
            "naar een groep, de kamer van de staf, of het gesprek met de bot",
            "go to a room, the staff room, or the conversation with the bot",
        ),
    ),
    Slash(
        "reageer", "react",
        ("/reageer 👍 S3", "/react 👍 S3"),
        ("een duim of ander teken zetten", "put a thumb or another sign"),
    ),
    Slash("uit", "quit", ("/uit", "/quit"), ("stoppen", "end")),
    Slash(
        "verwijder", "remove",
        ("/verwijder m3", "/remove m3"),
        ("een bericht van u weghalen", "remove a message of yours"),
    ),
    Slash(
        "weg", "unreact",
        ("/weg m3", "/unreact m3"),
        ("een teken weer weghalen", "take a sign away again"),
    ),
    Slash(
        "wie", "who",
        ("/wie anna [moderator|bewoner|…]", "/who anna [moderator|resident|…]"),
        ("iemand anders worden, met een rol", "become somebody else, with a role"),
    ),
    Slash(
        "wijzig", "edit",
        ("/wijzig m3 TEKST", "/edit m3 TEXT"),
        ("een bericht van u veranderen", "edit a message of yours"),
    ),
)  # fmt: skip

_BY_WORD = {word: slash for slash in SLASHES for word in (slash.dutch, slash.english)}

#: What can be typed for a role; "" is a resident.
ROLES: dict[str, str] = {
    **{role.value: role.value for role in Role},
    "ambtenaar": Role.OFFICIAL.value,
    "bewoner": "",
    "griffie": Role.CLERK.value,
    "jongerenwerker": Role.YOUTH_WORKER.value,
    "raadslid": Role.COUNCILLOR.value,
    "resident": "",
    "wethouder": Role.OFFICIAL.value,
}

#: The Dutch word for a role that has one of its own, the first of them.
IN_DUTCH = {role: word for word, role in reversed(ROLES.items()) if role and word != role}

_NAME = re.compile(r"[^\W_][\w.-]{0,39}")
_ROOM = re.compile(r"[\w-]{1,40}")
_ID = re.compile(r"m([1-9][0-9]{0,8})")
_AHEAD = re.compile(r"\+((?:[0-9]{1,5}[smuhdw])+)")
_PART = re.compile(r"([0-9]+)([smuhdw])")
_SECONDS = {"s": 1, "m": 60, "u": 3600, "h": 3600, "d": 86_400, "w": 604_800}

#: The clock moves at most so far in one go.
FARTHEST = timedelta(days=366)


def read(line: str) -> tuple[Slash | None, str, str]:
    """A slash line as (its entry or None, the word typed, what follows it)."""
    word, _, rest = line.strip()[1:].partition(" ")
    return _BY_WORD.get(word.casefold()), word, rest.strip()


def meant(word: str) -> str:
    """The slash word nearest to an unknown one, or ""."""
    return nearest(word.casefold(), _BY_WORD)


def name(text: str) -> str | None:
    """A typed name of a person, or None when it cannot be one."""
    return text if _NAME.fullmatch(text) else None


def room(text: str) -> str | None:
    """A typed name of a room in small letters, or None when it cannot be one."""
    return text.casefold() if _ROOM.fullmatch(text) else None


def message_number(text: str) -> int | None:
    """The number in a message's name: 3 for "m3"."""
    match = _ID.fullmatch(text.casefold())
    return int(match[1]) if match else None


def ahead(text: str) -> timedelta | None:
    """ "+10m", "+2u", "+1d2u" as a length of time; None for anything else."""
    match = _AHEAD.fullmatch("".join(text.split()).casefold())
    if match is None:
        return None
    seconds = sum(int(n) * _SECONDS[unit] for n, unit in _PART.findall(match[1]))
    length = timedelta(seconds=seconds)
    return length if length <= FARTHEST else None
