"""A row of the outbox, done on its platform. What may stand already is looked for first."""

from __future__ import annotations

from contextlib import suppress

from bot.delivery.prepare import Taken
from bot.platforms.facts import Mark
from bot.platforms.live import Impossible, LivePlatform
from bot.platforms.places import Place
from storage.rows import Work


async def carried(platform: LivePlatform, taken: Taken) -> str:
    """Do what the row is about; gives the id of the message that stands, or that it was done to.
    What a platform knows nothing like (a pin, a mark) is done as far as it can be: not at all.

    Raises what the platform raises: then it was not done, or nobody knows.
    """
    place, row, can = taken.place, taken.row, platform.capabilities
    if row.work is Work.SAY:
        return await _said(platform, taken)
    if row.work is Work.REMOVE:
        await platform.remove(place, row.target)
    elif row.work is Work.PIN and can.pin:
        await platform.pin(place, row.target)
    elif row.work is Work.UNPIN and can.pin:
        await platform.unpin(place, row.target)
    elif row.work is Work.TICK and can.mark:
        await platform.mark(place, row.target, Mark.TICK, row.token)
    return row.target


async def _said(platform: LivePlatform, taken: Taken) -> str:
    """A message with the files that go before it; gives its id."""
    place, landed = taken.place, taken.row.landed
    name = await _found(platform, place, taken.row.token) if landed else ""
    if name:
        return name
    for message in taken.messages:
        files = message.files if platform.capabilities.upload else ()
        for number, file in enumerate(files):
            token = f"{message.token}.{number}"
            if not (landed and await _found(platform, place, token)):
                await platform.upload(place, file.name, file.data, file.mime, token)
        last = message.token == taken.row.token
        if last or not (landed and await _found(platform, place, message.token)):
            name = await platform.send(message)
    return name


async def _found(platform: LivePlatform, place: Place, token: str) -> str:
    """The id of what went out before under a token, where it arrived."""
    with suppress(Impossible):
        return await platform.find(place, token)
    return ""
