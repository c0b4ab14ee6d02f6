"""The requests to Discord's REST interface, with errors as the seam knows them.

All of them go through ``Wire.call``, so that one place says what may be sent: no message pings
anybody, and a message is made of components.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

import discord
from discord.http import Route

from bot.platforms.discord.components import ALT, NO_MENTIONS, ONLY, V2, Json, Shown
from bot.platforms.discord.counts import ours
from bot.platforms.discord.errors import expected, translated
from bot.platforms.discord.refusals import Refusals
from bot.platforms.live import NotYet

#: How long to wait where there is no connection yet, in seconds.
_SOON = 5.0

#: The kinds of answers to an interaction.
MESSAGE, LATER, LATER_HERE, HERE, SUGGESTIONS, MODAL = 4, 5, 6, 7, 8, 9

#: The library counts requests by ``webhook_id`` and ``webhook_token``, one at a time, and looks
#: through all of its counts for each new one, from 256 on: with a count of its own for every
#: interaction a press took longer the more there were in the last five minutes. So the ids stand
#: in the path under other names, and each kind of request has so many counts.
_LANES = 64

#: Where what follows the first answer to an interaction is sent, and where that answer is.
_HOOK = "/webhooks/{application}/{key}"
_ORIGINAL = f"{_HOOK}/messages/@original"

#: The most characters of a nonce.
_NONCE = 25


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes with a request."""

    name: str
    data: bytes = field(repr=False)
    mime: str = "text/plain; charset=utf-8"
    alt: str = field(default="", repr=False)


def body(shown: Shown, *, only: bool = False, token: str = "") -> Json:
    """A message's body. ``only``: one person sees it; with a ``token`` the same message sent twice
    within some minutes is one."""
    made: Json = {
        "flags": V2 | (ONLY if only else 0),
        "components": shown.components,
        "allowed_mentions": NO_MENTIONS,
    }
    if token:
        made |= {"nonce": token[-_NONCE:], "enforce_nonce": True}
    return made


def files(shown: Shown) -> tuple[File, ...]:
    """The file with the whole text of a message whose text was cut, its picture, and what is
    attached to it."""
    whole = (File("tekst.txt", shown.whole.encode()),) if shown.whole else ()
    more = (*shown.attached,) if shown.picture is None else (shown.picture, *shown.attached)
    return (*whole, *(File(one.name, one.data, one.mime, one.alt[:ALT]) for one in more))


class Wire:
    """Sends requests with the client of the connection there is now."""

    def __init__(self) -> None:
        self.client: discord.Client | None = None
        self.refusals = Refusals()

    @property
    def here(self) -> discord.Client:
        """The client; raises ``NotYet`` where there is no connection yet."""
        if self.client is None or self.client.application_id is None:
            raise NotYet(_SOON)
        return self.client

    async def call(
        self,
        method: str,
        path: str,
        made: Json | list[Json] | None = None,
        sent: Sequence[File] = (),
        params: Json | None = None,
        **names: Any,
    ) -> Any:
        """A request; raises what the seam knows. ``names`` fill the path."""
        client, route = self.here, Route(method, path, **names)
        self.refusals.held()
        more: dict[str, Any] = {"params": params} if params else {}
        if sent:
            assert isinstance(made, dict)
            more["form"], more["files"] = _multipart(made, sent)
        elif made is not None:
            more["json"] = made
        with translated(), ours():
            return await client.http.request(route, **more)

    # -- messages of channels -------------------------------------------------------------------

    async def post(self, channel: int, made: Json, sent: Sequence[File] = ()) -> str:
        path = "/channels/{channel_id}/messages"
        return _id(await self.call("POST", path, made, sent, channel_id=channel))

    async def direct(self, user: str) -> int:
        """The channel of direct messages with somebody, opened where there is none."""
        answer = await self.call("POST", "/users/@me/channels", {"recipient_id": user})
        return int(_id(answer))

    async def edit(self, channel: int, message: str, made: Json, sent: Sequence[File] = ()) -> None:
        path = "/channels/{channel_id}/messages/{message_id}"
        await self.call("PATCH", path, made, sent, channel_id=channel, message_id=message)

    async def history(self, channel: int, before: str = "") -> list[Json]:
        """The newest hundred messages, or those before one."""
        params, names = {"limit": 100}, {"channel_id": channel}  # type: Json, Json
        if before:
            params["before"] = before
        path = "/channels/{channel_id}/messages"
        found: list[Json] = expected(list, await self.call("GET", path, None, (), params, **names))
        return found

    # -- interactions ---------------------------------------------------------------------------

    async def respond(
        self,
        interaction: int,
        token: str,
        kind: int,
        data: Json | None = None,
        sent: Sequence[File] = (),
    ) -> str:
        """The first answer to an interaction; returns the id of its message, where there is one."""
        made: Json = {"type": kind} if data is None else {"type": kind, "data": data}
        path = "/interactions/{interaction}/{key}/callback"
        names = {"interaction": interaction, "key": token, "webhook_id": _lane(interaction)}
        answer = await self.call("POST", path, made, sent, {"with_response": "true"}, **names)
        told = expected(dict, answer).get("interaction") or {}
        return str(told.get("response_message_id") or "")

    async def original(self, token: str, made: Json, sent: Sequence[File] = ()) -> str:
        """Edit the message of the first answer."""
        return _id(await self.call("PATCH", _ORIGINAL, made, sent, **self._hook(token)))

    async def unsay(self, token: str) -> None:
        """Take away the message of the first answer."""
        await self.call("DELETE", _ORIGINAL, **self._hook(token))

    async def follow(self, token: str, made: Json, sent: Sequence[File] = ()) -> str:
        """One more message after the first answer."""
        return _id(await self.call("POST", _HOOK, made, sent, **self._hook(token)))

    async def mend(self, token: str, message: str, made: Json) -> None:
        """Edit a message that was sent for this interaction."""
        path = f"{_HOOK}/messages/{{message_id}}"
        await self.call("PATCH", path, made, message_id=message, **self._hook(token))

    def _hook(self, token: str) -> Json:
        lane = crc32(token.encode()) % _LANES
        return {"application": self.here.application_id, "key": token, "webhook_id": lane}


def _lane(interaction: int) -> int:
    """The lane of an interaction: what comes in one second is in many."""
    return (interaction >> 22) % _LANES  # its moment in milliseconds


def _id(message: Any) -> str:
    return str(expected(dict, message).get("id", ""))


def _multipart(made: Json, sent: Sequence[File]) -> tuple[list[Json], list[discord.File]]:
    """A body and its files as the parts of a form."""
    attachments = [
        {"id": str(n), "filename": one.name, **({"description": one.alt} if one.alt else {})}
        for n, one in enumerate(sent)
    ]
    payload = _with_attachments(made, attachments)
    form: list[Json] = [{"name": "payload_json", "value": json.dumps(payload)}]
    kept = [discord.File(io.BytesIO(one.data), one.name) for one in sent]
    for number, (one, file) in enumerate(zip(sent, kept, strict=True)):
        part = {"name": f"files[{number}]", "value": file.fp}
        form.append({**part, "filename": one.name, "content_type": one.mime})
    return form, kept


def _with_attachments(made: Json, attachments: list[Json]) -> Json:
    if "data" in made:
        return {**made, "data": {**made["data"], "attachments": attachments}}
    return {**made, "attachments": attachments}
