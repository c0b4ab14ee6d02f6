"""The addresses of links that lead to the rooms of a config."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from bot.town.config_file import File, Room

_MATRIX, _DISCORD = "https://matrix.to/#/", "https://discord.com/channels"


def room_links(file: File) -> dict[str, str]:
    """A link to each room that has one, by the name of the room. One that is on two platforms has
    that of Matrix, which needs no account of a company."""
    found = {room.name: next(_links(file, room), "") for room in file.rooms}
    return {name: link for name, link in found.items() if link}


def _links(file: File, room: Room) -> Iterator[str]:
    if file.matrix is not None and room.matrix:
        yield _MATRIX + quote(room.matrix, safe="!#:@") + _via(room.matrix)
    guild = file.discord.guild if file.discord is not None else 0
    channel = room.forum or room.discord
    if guild and channel:
        yield f"{_DISCORD}/{guild}/{channel}"


def _via(room: str) -> str:
    """A room that is named by its id alone is found through its server."""
    server = room.partition(":")[2]
    return f"?via={quote(server, safe=':')}" if room.startswith("!") and server else ""
