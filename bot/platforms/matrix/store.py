"""The files that the Matrix platform stores between two starts, readable for the bot alone.

``login.json`` is the account's device; ``rooms.json`` is which room is what, and who invited;
``pending.json`` holds messages whose keys have not come. The client library keeps its keys in a
database beside them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from bot.platforms.live import Ended
from bot.platforms.matrix.settings import Alarm
from bot.platforms.matrix.wire import Unavailable, patiently

_T = TypeVar("_T")

_UNUSABLE = (
    "The store {folder} cannot be used ({why}). Make it a folder that the bot may read and write, "
    "on a disk with room."
)


def unusable(folder: Path, error: Exception) -> Ended:
    """The error for a store that cannot be used, as a sentence for the keeper."""
    why = error.strerror if isinstance(error, OSError) else None
    return Ended(_UNUSABLE.format(folder=folder, why=why or type(error).__name__))


@dataclass(slots=True)
class Login:
    """``pickle`` locks the library's keys; ``signing`` are the locked keys that sign devices."""

    user: str = ""
    device: str = ""
    token: str = ""
    pickle: str = ""
    signing: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A room to join; ``since`` is when the invitation was first seen (ms), ``via`` servers that
    know the room.

    Nothing said in it is older than ``after`` (ms): everything before that had been received.
    """

    by: str
    direct: bool
    since: int
    via: tuple[str, ...] = ()
    after: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """A room of the config: as the keeper wrote it, and its id now."""

    configured: str
    room: str


@dataclass(slots=True)
class Known:
    """Which room is which. ``direct`` gives each personal conversation its resident, the newest
    last; ``moves`` gives a closed room's successor its name. ``others`` are rooms in no setting to
    which a trusted account invited the bot, and their successors: each with the id that stays its
    name, the newest last."""

    named: dict[str, Named] = field(default_factory=dict)
    direct: dict[str, str] = field(default_factory=dict)
    invited: dict[str, Invitation] = field(default_factory=dict)
    moves: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pending:
    """A message that cannot be decrypted yet, as it came; ``since`` is when it came, ``at`` the
    time that will count for it (ms)."""

    room: str
    since: int
    source: dict[str, Any]
    at: int


def load(folder: Path, name: str, kind: type[_T]) -> _T | None:
    """The content of a file; None when it does not exist or is damaged. Raises ``Ended`` when the
    store cannot be used."""
    try:
        return msgspec.json.decode((folder / name).read_bytes(), type=kind)
    except (FileNotFoundError, UnicodeDecodeError, msgspec.MsgspecError):
        return None
    except OSError as error:
        raise unusable(folder, error) from error


def save(folder: Path, name: str, value: object) -> None:
    """Write a file whole or not at all."""
    prepare(folder)
    part = folder / f"{name}.part"
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(handle, "wb") as file:
        file.write(msgspec.json.encode(value))
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / name)


async def keep(folder: Path, name: str, value: object, alarm: Alarm) -> None:
    """Write a file; while the disk is full, try again."""

    async def write() -> None:
        try:
            save(folder, name, value)
        except OSError as error:
            raise Unavailable from error

    await patiently(write, alarm)


def prepare(folder: Path) -> None:
    """Make the folder, and make it and its files readable for their owner alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    for file in folder.iterdir():
        if file.is_file():
            file.chmod(0o600)
