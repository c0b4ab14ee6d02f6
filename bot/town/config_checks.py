"""What must hold in config.toml besides the types of its values.

Each check raises ``ConfigError`` with the key and what to do.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from bot.town.config_file import ConfigError, File, RoleNames, Room, StaffRoom
from commands.cleaning import visible


def check(path: Path, file: File) -> None:
    """Check a whole config file."""
    _check_blank(path, file)
    _check_accounts(path, file)
    _check_homeserver(path, file)
    _check_rooms(path, file)
    _check_store(path, file)
    _check_site(path, file)


def _check_site(path: Path, file: File) -> None:
    """Refuse what is no address of a folder on the web: links in the feed would lead nowhere."""
    address = file.site.address
    if not address:
        return
    try:
        parts = urlsplit(address)
        named = parts.hostname and parts.port != 0
    except ValueError:
        parts, named = urlsplit(""), None
    more = parts.username or parts.password or "?" in address or "#" in address
    if parts.scheme not in ("https", "http") or not named or more or not _PLAIN.fullmatch(address):
        why = f"{address!r} is no address of a site; write one like https://gesprekken.haarlem.nl/"
        raise ConfigError(path, "site.address", why)


#: The signs of an address in which nothing has to be written otherwise.
_PLAIN = re.compile(r"[A-Za-z0-9\-._~:/%@!$&'()*+,;=\[\]]+")


def _check_blank(path: Path, file: File) -> None:
    """Refuse names in which nothing can be read."""
    given = {"town.name": file.town.name, "storage.file": file.storage.file}
    if file.matrix is not None:
        given |= {"matrix.homeserver": file.matrix.homeserver, "matrix.user": file.matrix.user}
    town = file.town
    left_out = {
        "town.address": town.address,
        "town.responsible": town.responsible,
        "town.complaints": town.complaints,
        "archive.body": file.archive.body,
    }
    given |= {key: value for key, value in left_out.items() if value}
    for key, value in given.items():
        if not visible(value).strip():
            raise ConfigError(path, key, "this is blank; write a name")


#: An account on Matrix.
_ACCOUNT = re.compile(r"@[^\s:@]+:[^\s@]+")


def _check_accounts(path: Path, file: File) -> None:
    """Refuse what is no account with its server: nobody would have that role."""
    for key, account in _accounts(file):
        if not _ACCOUNT.fullmatch(account):
            why = f"{account!r} is no account; write it with its server, like @vera:haarlem.example"
            raise ConfigError(path, key, why)


def _accounts(file: File) -> Iterator[tuple[str, str]]:
    if file.matrix is not None:
        yield "matrix.user", file.matrix.user
        yield from (("matrix.trusted", account) for account in file.matrix.trusted)
    for role in RoleNames.__struct_fields__:
        for account in getattr(file.roles.matrix, role):
            yield f"roles.matrix.{role}", account


#: What is not repeated, because it may be a password.
_NAMED = (
    "an address with a name or password in it is not taken; write the address alone, and the "
    "password into a file"
)


def _check_homeserver(path: Path, file: File) -> None:
    """Refuse an address that is none, or over which passwords and words would go in the open."""
    if file.matrix is None:
        return
    if "@" in file.matrix.homeserver:
        raise ConfigError(path, "matrix.homeserver", _NAMED)
    try:
        address = urlsplit(file.matrix.homeserver.strip())
        host = address.hostname or ""
        _ = address.port
    except ValueError:
        host = ""
    if not host or address.scheme not in ("http", "https") or address.query or address.fragment:
        why = f"{file.matrix.homeserver!r} is no address; write one like https://matrix.haarlem.example"
        raise ConfigError(path, "matrix.homeserver", why)
    if address.scheme == "http" and not _at_home(host):
        why = "with http the password and all that is said go over the internet in the open"
        raise ConfigError(path, "matrix.homeserver", f"{why}; use https")


def _at_home(host: str) -> bool:
    """Whether a host is this machine or in its own network, by its address or as a name alone."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host.endswith(".localhost") or "." not in host


def _check_store(path: Path, file: File) -> None:
    """Refuse a store that holds the config or the database: it is made readable for its owner
    alone, and what is in it belongs to the client library."""
    if file.matrix is None:
        return
    here = path.parent.resolve()
    store = (here / file.matrix.store).resolve()
    database = (here / file.storage.file).resolve()
    if any(held == store or store in held.parents for held in (here, database)):
        why = f"{file.matrix.store!r} is no folder of its own; write one like 'matrix-store'"
        raise ConfigError(path, "matrix.store", why)


def _check_apart(path: Path, file: File) -> None:
    """Refuse two rooms that are one on a platform: what is said there would be in one alone."""
    seen: dict[tuple[str, str | int], str] = {}
    every: list[Room | StaffRoom] = [*file.rooms, *file.staff_rooms]
    for room in every:
        where: list[tuple[str, str | int]] = [("matrix", room.matrix), ("discord", room.discord)]
        where.append(("discord", getattr(room, "forum", 0)))
        for platform, name in where:
            if not name:
                continue
            other = seen.setdefault((platform, name), room.name)
            if other != room.name:
                why = f"{other!r} and {room.name!r} are both {name!r}; give each its own"
                raise ConfigError(path, f"rooms.{platform}", why)


def _check_rooms(path: Path, file: File) -> None:
    _check_apart(path, file)
    staff = [room.name for room in file.staff_rooms]
    names = [room.name for room in file.rooms]
    for name in {n for n in names + staff if (names + staff).count(n) > 1}:
        raise ConfigError(path, "rooms", f"the name {name!r} is used twice; give each its own")
    for room in file.rooms:
        if staff and room.staff not in staff:
            why = f"room {room.name!r} names the staff room {room.staff!r}, which is not listed"
            raise ConfigError(path, "rooms.staff", f"{why}; add it under [[staff_rooms]]")
        if room.alarm_words and not room.youth:
            why = f"room {room.name!r} has alarm words and is no room of young people"
            raise ConfigError(path, "rooms.alarm_words", f"{why}; set youth = true or remove them")
