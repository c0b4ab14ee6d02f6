"""The platforms of a config, and the town with their rooms."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.platforms.live import LivePlatform
from bot.platforms.places import Place, PlaceKind
from bot.runtime.surface import Surface
from bot.town import keys
from bot.town.config import Config
from bot.town.config_file import ConfigError, RoleNames, Room, StaffRoom
from bot.town.reading import ordinary
from bot.town.town import Rooms, Town
from rounds import registry

if TYPE_CHECKING:
    from bot.platforms.discord import Discord
    from bot.platforms.matrix import Matrix

#: Environment variables that go before the files named in the config.
PASSWORD, TOKEN = "STADSGESPREK_MATRIX_PASSWORD", "STADSGESPREK_MATRIX_TOKEN"
DISCORD_TOKEN = "STADSGESPREK_DISCORD_TOKEN"

#: What is longer is no name of a file.
_LONGEST = 200

#: What is said of a file that cannot be read, by whether it is there. One that is not may be the
#: secret itself, written where its file belongs.
_UNREAD = {
    True: "{key}: {file} cannot be read; mend it",
    False: "{key}: the file that it names is not there and cannot be read; name the file with the "
    "secret, and never write the secret itself into the config",
}

#: How people recognise the bot where the config does not say.
_BOT = "Stadsgesprek"

#: Called with the code of what happened.
Alarm = Callable[[str], None]


class NoSecret(Exception):  # noqa: N818 - says what is missing
    """A password or token that cannot be read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Built:
    """A town and its platforms; ``discord`` is the one that asks what fits behind a word."""

    town: Town
    platforms: tuple[LivePlatform, ...]
    discord: Discord | None = None


def built(config: Config, key: bytes, alarm: Alarm) -> Built:
    """The platforms that the config names. Raises ``ConfigError`` and ``NoSecret``."""
    town = _town(config, key)
    platforms: list[LivePlatform] = (
        [matrix(config, alarm)] if config.file.matrix is not None else []
    )
    if config.file.discord is None:
        return Built(town, tuple(platforms))
    chat = discord(config, town, alarm)
    return Built(town, (*platforms, chat), chat)


def named(config: Config, alarm: Alarm) -> Iterator[Matrix | Discord]:
    """The platforms that the config names, one after the other, to be looked at."""
    if config.file.matrix is not None:
        yield matrix(config, alarm)
    if config.file.discord is not None:
        yield discord(config, _town(config, bytes(keys.LENGTH)), alarm)


def _secret(variable: str, folder: Path, file: str, key: str) -> Callable[[], str]:
    """A function that reads a secret from the environment, else from its file, when it is
    needed."""

    def read() -> str:
        if os.environ.get(variable):
            return os.environ[variable].strip()
        if not file:
            return ""
        try:
            ordinary(folder / file)
            return (folder / file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            there = os.path.lexists(folder / file) if len(file) < _LONGEST else False
            raise NoSecret(_UNREAD[there].format(key=key, file=folder / file)) from error

    return read


def matrix(config: Config, alarm: Alarm) -> Matrix:
    from bot.platforms.matrix import Matrix, Settings

    given, folder = config.file.matrix, config.path.parent
    assert given is not None
    password = _secret(PASSWORD, folder, given.password_file, "matrix.password_file")
    token = _secret(TOKEN, folder, given.token_file, "matrix.token_file")
    if not password() and not token():
        why = f"there is no password; write one into a file and name it, or set {PASSWORD}"
        raise ConfigError(config.path, "matrix.password_file", why)
    return Matrix(
        Settings(
            homeserver=given.homeserver,
            user=given.user,
            store=folder / given.store,
            password=password,
            token=token,
            trusted=frozenset(given.trusted),
            threads=given.threads,
            lifted=given.limits_lifted,
            polls=given.polls,
            rooms={room.name: room.matrix for room in config.file.rooms if room.matrix},
            staff_rooms={r.name: r.matrix for r in config.file.staff_rooms if r.matrix},
            roles=_roles(config.file.roles.matrix),
        ),
        alarm,
    )


def _roles(named: RoleNames) -> Mapping[str, frozenset[str]]:
    """Who has each role on a platform."""
    return {name: frozenset(getattr(named, name)) for name in RoleNames.__struct_fields__}


def discord(config: Config, town: Town, alarm: Alarm) -> Discord:
    """The Discord platform of a config that has one."""
    from bot.platforms.discord import Discord, Settings

    given = config.file.discord
    assert given is not None
    token = _secret(DISCORD_TOKEN, config.path.parent, given.token_file, "discord.token_file")
    if not token():
        why = f"there is no token; write one into a file and name it, or set {DISCORD_TOKEN}"
        raise ConfigError(config.path, "discord.token_file", why)
    if not given.guild:
        raise ConfigError(config.path, "discord.guild", "this is missing; write the server's id")
    surface = Surface(town, registry.vocabulary())
    return Discord(
        Settings(
            token=token,
            guild=given.guild,
            key=town.key,
            rooms={room.name: room.discord for room in config.file.rooms if room.discord},
            threads=frozenset(room.name for room in config.file.rooms if room.thread),
            forums={r.name: r.forum for r in config.file.rooms if r.discord and r.forum},
            staff_rooms={r.name: r.discord for r in config.file.staff_rooms if r.discord},
            roles=_roles(config.file.roles.discord),
            words=surface.words,
            menu=surface.menu(),
            of_message=surface.of_message(registry.talks().giving),
        ),
        alarm,
    )


#: A password in the address of a database server.
_PASSWORD_IN = re.compile(r"://[^/@]*:[^/@]+@|password *=")


def exposed(config: Config) -> list[Path]:
    """The files with a password or a token that others than their owner can read."""
    matrix, discord = config.file.matrix, config.file.discord
    named = (matrix.password_file, matrix.token_file) if matrix is not None else ()
    if discord is not None:
        named = (*named, discord.token_file)
    files = [config.path.parent / name for name in named if name]
    if _PASSWORD_IN.search(config.file.storage.database):
        files.append(config.path)
    return [file for file in files if file.is_file() and keys.readable_by_others(file)]


def _town(config: Config, key: bytes) -> Town:
    given = config.file
    rooms = {room.name: tuple(_places(config, PlaceKind.ROOM, room)) for room in given.rooms}
    staff = {r.name: tuple(_places(config, PlaceKind.STAFF, r)) for r in given.staff_rooms}
    account = given.matrix.user if given.matrix is not None else ""
    return Town(
        given.town.name,
        config.zone,
        given.town.language,
        key,
        Rooms(
            {name: places for name, places in rooms.items() if places},
            {name: places for name, places in staff.items() if places},
            {room.name: room.staff for room in given.rooms},
            config.youth,
            frozenset(room.name for room in given.rooms if room.pictures),
        ),
        config.formats,
        address=given.town.address or account or _BOT,
        limits=config.limits,
        agenda=config.agenda,
        category=config.file.archive.category,
        responsible=config.file.town.responsible,
        complaints=config.file.town.complaints,
        links=config.links,
    )


def _places(config: Config, kind: PlaceKind, room: Room | StaffRoom) -> Iterator[Place]:
    """The places of a room, on the platforms that are there."""
    if config.file.matrix is not None and room.matrix:
        yield Place("matrix", kind, room.name)
    if config.file.discord is not None and room.discord:
        yield Place("discord", kind, room.name)
