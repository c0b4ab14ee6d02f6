"""The server's list of events, in which meetings stand beside their cards.

An event of ours is known by the last line of its description, so what stands there is read before
anything is made: nothing is made twice, and nothing has to be remembered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.platforms.discord.components import Json
from bot.platforms.discord.errors import Shut, expected
from bot.platforms.discord.settings import Alarm, Settings
from bot.platforms.discord.wire import Wire
from bot.platforms.messages import Happening

#: What an event's id begins with, so that it is taken for no message.
EVENT = "event/"

#: Discord's numbers: an event elsewhere than in a channel; seen in this server alone; called off.
_ELSEWHERE, _HERE_ONLY, _CANCELED = 3, 2, 4

#: The most characters of a name or a place, and of a description.
_SHORT, _LONG = 100, 1000

_LIST = "/guilds/{guild_id}/scheduled-events"
_ONE = "/guilds/{guild_id}/scheduled-events/{event_id}"


@dataclass(slots=True)
class Events:
    """Makes, moves and calls off. Without the right to do so nothing is done, and the log says so
    once."""

    settings: Settings
    wire: Wire
    alarm: Alarm
    told: bool = False

    async def put(self, one: Happening) -> str:
        """Have the list show this as it is now; returns an id of our own. Raises what the seam
        knows."""
        try:
            await self._put(one)
            self.told = False
        except Shut:
            if not self.told:
                self.alarm("discord_events_not_allowed")
            self.told = True
        return f"{EVENT}{one.mark}"

    async def _put(self, one: Happening) -> None:
        known = await self._known(one.mark)
        over = one.begins_at <= self.settings.clock()
        if known is None:
            if not one.cancelled and not over:
                await self._call("POST", _LIST, _made(one))
        elif one.cancelled:
            await self._call("PATCH", _ONE, {"status": _CANCELED}, known["id"])
        elif not over:
            await self._call("PATCH", _ONE, _made(one), known["id"])

    async def _known(self, mark: str) -> Json | None:
        """Our event with this mark among those that are not over."""
        user = self.wire.here.user
        me = str(user.id) if user is not None else ""
        found: list[Json] = expected(list, await self._call("GET", _LIST))
        for event in found:
            lines = str(event.get("description") or "").splitlines()
            if str(event.get("creator_id")) == me and lines[-1:] == [mark] and event["status"] < 3:
                return event
        return None

    async def _call(self, method: str, path: str, made: Json | None = None, event: str = "") -> Any:
        names: dict[str, Any] = {"guild_id": self.settings.guild}
        if event:
            names["event_id"] = event
        return await self.wire.call(method, path, made, **names)


def _made(one: Happening) -> Json:
    about = _cut(one.about, _LONG - len(one.mark) - 1)
    return {
        "name": _cut(one.title, _SHORT),
        "description": f"{about}\n{one.mark}".lstrip("\n"),
        "scheduled_start_time": one.begins_at.isoformat(),
        "scheduled_end_time": one.ends_at.isoformat(),
        "privacy_level": _HERE_ONLY,
        "entity_type": _ELSEWHERE,
        "entity_metadata": {"location": _cut(one.where, _SHORT)},
    }


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
