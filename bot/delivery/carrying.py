"""One delivery on a platform: a row of the outbox or an answer is sent, and its result noted.

What may stand already is looked for first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Any, TypeVar

from bot.delivery.answering import Answering, Asked
from bot.delivery.conversations import AGAIN, Conversations, InThread
from bot.delivery.outcomes import Outcomes
from bot.delivery.queue import Composed, Pace, Waiting
from bot.delivery.rows import Taken
from bot.platforms.facts import Mark
from bot.platforms.live import (
    Crowded,
    Doubtful,
    Ended,
    Impossible,
    LivePlatform,
    NotYet,
    Platform,
    Unreachable,
)
from bot.platforms.messages import Message
from bot.platforms.places import Place
from storage.database import NotNow
from storage.rows import Work

_T = TypeVar("_T")

#: How long a refused row waits before it is tried again, in seconds.
_PAUSE = 5.0


def carried_at_once(platform: Platform, taken: Taken) -> str:
    """Send a row's messages on a platform that answers at once; returns the id of the last one.
    Pins, marks and removals do nothing there."""
    name = taken.row.target
    for message in taken.messages:
        name = platform.send(message)
    return name


async def carried(platform: LivePlatform, taken: Taken) -> str:
    """Carry out a row on a live platform; returns the id of the message sent or worked on. A pin or
    a mark that the platform does not have is skipped.

    Raises what the platform raises: then it was not done, or (``Doubtful``) nobody knows.
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
    elif row.work is Work.INVITE and can.tap:
        await platform.mark(place, row.target, Mark.JOIN, row.token)
    elif row.work is Work.UNINVITE and can.tap:
        await platform.unmark(place, row.target, Mark.JOIN)
    return row.target


async def _said(platform: LivePlatform, taken: Taken) -> str:
    """Send a row's messages, each after its files, and return the id of the last one. Where an
    earlier attempt may have arrived, what the platform already has is not sent again."""
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


async def _files_before(platform: LivePlatform, message: Message) -> None:
    """Send the files of an answer before it, where they do not go along with it."""
    for number, file in enumerate(message.files):
        if platform.capabilities.upload and not platform.capabilities.private_replies:
            token = f"{message.token}.file{number}"
            await platform.upload(message.place, file.name, file.data, file.mime, token)


async def _found(platform: LivePlatform, place: Place, token: str) -> str:
    """The platform's id of an earlier message with this token, or "" when it did not arrive."""
    with suppress(Impossible):
        return await platform.find(place, token)
    return ""


async def all_of(works: Iterable[Awaitable[_T]]) -> list[_T]:
    """Do all of it side by side: what one of them raises is raised once all are over."""
    told = await asyncio.gather(*works, return_exceptions=True)
    for raised in told:
        if isinstance(raised, BaseException):
            raise raised
    return [one for one in told if not isinstance(one, BaseException)]


class Sender:
    """Hands one row or answer to a live platform, and records the result. For ``waits`` see
    ``Conversations``."""

    def __init__(
        self,
        platform: LivePlatform,
        outcomes: Outcomes,
        answering: Answering,
        in_thread: InThread,
        pace: Pace,
        waits: Callable[[str], bool],
    ) -> None:
        self._platform = platform
        self._outcomes = outcomes
        self._answering = answering
        self._in_thread = in_thread
        self._pace = pace
        self.conversations = Conversations(platform, outcomes, in_thread, waits, pace.now)

    async def reply(self, place: Place, waiting: Waiting) -> bool:
        """Send the next message of the answers for a place; True when it was the last. Raises
        ``NotYet`` where the platform takes nothing now, of whatever place."""
        composed = waiting.composed or await self._compose(waiting)
        try:
            if composed.messages:
                message = composed.messages[0]
                await _files_before(self._platform, message)
                name = await self._platform.send(message)
                if message.slot:
                    await self._surely(lambda: self._answering.shown(message, name))
        except Impossible:  # a lost answer is given again when it is asked again
            await self._surely(lambda: self._answering.refused(place, composed))
        except Unreachable as shut:
            waiting.give_back()
            self._pace.shut_for(str(place), shut.seconds, answers=True)
            if await self.conversations.opened(place, composed):
                self._pace.shut_for(str(place), _PAUSE, answers=True)
            return False
        except Crowded as full:
            waiting.give_back()
            self._pace.shut_for(str(place), full.seconds, answers=True)
            return False
        except NotYet as later:
            alone = False
            if isinstance(later, Doubtful):
                composed.kept = True
                alone = not self._pace.doubted(str(place), later.seconds, answers=True)
            waiting.give_back()
            if alone:
                return False
            raise
        except Ended:
            raise
        except Exception as error:  # noqa: BLE001 - it is the answer that is bad
            self._outcomes.alarm(type(error).__name__)
            composed.offered = ""  # unless its echo says that it stands
        self._pace.went(str(place))
        composed.kept = True
        del composed.messages[:1]
        if composed.messages:
            return False
        if composed.offered:
            await self._surely(lambda: self._answering.stood(place, composed.offered))
        if composed.taps:
            await self._surely(lambda: self._answering.take_away(place, composed.taps))
        if composed.leaves:
            self.conversations.leave()
        return True

    async def _compose(self, waiting: Waiting) -> Composed:
        """Turn the answers that wait for one place into messages, regardless of other places."""
        asked, limit = Asked(waiting.replies(), self._pace.patient(waiting)), self._platform.limit
        (composed,) = await self._in_thread(lambda: self._answering.composed([asked], limit))
        made: Composed = composed
        waiting.became(made)
        return made

    async def row(self, taken: Taken) -> None:
        """Send a row of the outbox, and record the result. Raises ``NotYet`` where the platform
        takes nothing now, of whatever place."""
        row, pace = taken.row, self._pace
        try:
            name = await carried(self._platform, taken)
        except Impossible:
            pace.later_by(row.id, _PAUSE)
            await self._surely(lambda: self._outcomes.refused(row))
            return
        except Unreachable as shut:
            pace.shut_for(row.place, shut.seconds)
            await self._surely(lambda: self._outcomes.returned(row, row.landed))
            return
        except Crowded as full:
            if row.new:  # later ones stand below it
                pace.shut_for(row.place, full.seconds)
            else:
                pace.later_by(row.id, full.seconds)
            await self._surely(lambda: self._outcomes.returned(row, row.landed))
            return
        except NotYet as later:
            doubtful = isinstance(later, Doubtful)
            landed = row.landed or doubtful
            alone = doubtful and not pace.doubted(row.place, later.seconds)
            await self._surely(lambda: self._outcomes.returned(row, landed))
            if alone:
                return
            raise
        except Ended:
            raise
        except Exception as error:  # noqa: BLE001 - it is the row that is bad
            self._outcomes.alarm(type(error).__name__)
            pace.later_by(row.id, _PAUSE)
            await self._surely(lambda: self._outcomes.refused(row))
            return
        pace.went(row.place)
        await self._surely(lambda: self._outcomes.stand({row.token: name}))
        if row.edits_card:
            pace.card_edited()

    async def _surely(self, work: Callable[[], Any]) -> None:
        """Do ``work`` in the engine's thread, and try again as long as the store raises
        ``NotNow``."""
        while True:
            try:
                await self._in_thread(work)
                return
            except NotNow:
                await asyncio.sleep(AGAIN)
