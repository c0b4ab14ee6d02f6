"""Presses, commands, forms and searches as facts.

An interaction is acknowledged first, and told only where that succeeded: what cannot be
acknowledged any more counts nowhere, and what counts was acknowledged.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import discord
from msgspec import structs

from bot.platforms.discord.acknowledging import Asked, Under
from bot.platforms.discord.asking import listed
from bot.platforms.discord.components import Json
from bot.platforms.discord.house import House, open_to_all, personal
from bot.platforms.discord.replies import LIVES, Replies
from bot.platforms.discord.seals import Sealed, Seals, Sort
from bot.platforms.discord.settings import Settings
from bot.platforms.discord.slash import OF_MESSAGE, Slash, language_of
from bot.platforms.discord.talk import Talk
from bot.platforms.discord.threads import named
from bot.platforms.discord.windows import Windows
from bot.platforms.discord.wire import Wire
from bot.platforms.facts import (
    CALL,
    Chose,
    Fact,
    Mark,
    Marked,
    Origin,
    Said,
    Stale,
    Submitted,
    Void,
)
from bot.platforms.live import Impossible, NotYet
from bot.platforms.messages import ReplyHandle, together
from bot.platforms.places import PlaceKind

#: What reading raises of something that has not the form of Discord's description.
_ODD = (AttributeError, LookupError, OverflowError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Interactions:
    """Makes facts of interactions, and answers those that the engine is not asked about."""

    settings: Settings
    house: House
    wire: Wire
    replies: Replies
    seals: Seals
    windows: Windows
    slash: Slash
    talk: Talk

    async def heard(self, given: Any) -> Fact | None:
        """The fact that an interaction is; None where it is answered without the engine, or could
        not be acknowledged."""
        if not _known(given):
            return None
        if _in_direct(given):
            return await self._in_direct(given)
        if given.guild_id != self.settings.guild or given.guild.unavailable:
            return None  # of a server that is away nobody knows who has which role
        if given.type is discord.InteractionType.autocomplete:
            await self.slash.suggest(given, self.wire)
            return None
        origin = self._origin(given)
        asked = self._asked(given, origin)
        sealed = self._sealed(given)
        opened = await self.windows.opens(given, sealed, origin)
        if opened is not None:
            with suppress(NotYet, Impossible):  # too late: Discord says so itself
                await self.wire.respond(asked.id, asked.token, *opened)
            return None
        fact = self._fact(given, sealed, origin)
        if isinstance(fact, Stale) or (isinstance(fact, Chose) and fact.form):
            asked.public = False  # nothing that counts
        acknowledging = self.replies.acknowledging
        # the answer to what is stale acknowledges it
        if not isinstance(fact, Stale) and not await acknowledging.acknowledged(asked):
            return None
        if isinstance(fact, Submitted):
            asked.taken = partial(self.windows.forget, asked.account)
        question = isinstance(fact, Chose | Submitted) and bool(fact.means.question)
        asked.spent = question or self.windows.paged(given, sealed)
        if question and asked.here is None:
            asked.under = _under(given)
        self.replies.begin(asked)
        return fact

    async def _in_direct(self, given: Any) -> Fact | None:
        """A press in a direct message of the bot: there only the server knows somebody's roles."""
        origin = self._origin(given)
        asked = self._asked(given, origin)
        if not await self.replies.acknowledging.acknowledged(asked):
            return None
        self.replies.begin(asked)
        try:
            roles = await self.talk.roles(asked.account)
        except NotYet:  # nobody knows now: it is answered with words of our own
            return None
        return self._fact(given, self._sealed(given), structs.replace(origin, roles=roles))

    def _asked(self, given: Any, origin: Origin) -> Asked:
        here, message, handle = None, given.message, origin.handle
        if message is not None and message.flags.ephemeral:
            here = partial(_parts, message)
        assert handle is not None
        public, by, language = origin.place.kind is PlaceKind.STAFF, origin.account, origin.language
        asked = Asked(given.id, given.token, by, handle, here, public, language=language)
        return self.replies.by(handle) or asked  # told once more: it has its answer

    def _origin(self, given: Any) -> Origin:
        """An interaction is private: it is told as said in person, from the room it was near."""
        account, cause, at = str(given.user.id), str(given.id), given.created_at
        here = self.house.place(given.channel) if given.channel is not None else None
        staff = here is not None and here.kind is PlaceKind.STAFF
        return Origin(
            cause=cause,
            at=at,
            place=here if here is not None and staff else personal(account),
            account=account,
            roles=self.house.roles(given.user),
            order=f"{given.id:020}",
            open_to_all=staff and open_to_all(given.channel),
            handle=ReplyHandle(at + LIVES, cause),
            near=here if not staff else None,
            language=language_of(given.locale),
        )

    def _sealed(self, given: Any) -> Sealed | None:
        """What was pressed, or chosen in a menu; None where that is not of our making."""
        data = given.data if isinstance(given.data, dict) else {}
        sealed = self.seals.read(str(data.get("custom_id", "")))
        if sealed is not None and sealed.sort is Sort.MENU:
            chosen = [self.seals.read(str(value)) for value in listed(data, "values")]
            found = [one for one in chosen if one is not None]
            if not found or len(found) < len(chosen):
                return None
            sealed = replace(found[0], means=together([one.means for one in found]))
        return sealed

    def _fact(self, given: Any, sealed: Sealed | None, origin: Origin) -> Fact:
        """What has not the form of Discord's description is answered as what is over."""
        try:
            return self._read(given, sealed, origin)
        except _ODD:
            return Stale(origin)

    def _read(self, given: Any, sealed: Sealed | None, origin: Origin) -> Fact:
        if given.type is discord.InteractionType.application_command:
            if given.data.get("type") == OF_MESSAGE:
                return self._of_message(given, origin)
            text = self.slash.text(given)
            return Said(origin, text) if text else Stale(origin)
        if sealed is None:
            return Stale(origin)
        if given.type is discord.InteractionType.modal_submit:
            filled = self.windows.filled(given, sealed) if sealed.sort is Sort.FORM else None
            if filled is None:
                return Stale(origin)
            return Submitted(origin, sealed.form, filled, sealed.means)
        pressed = given.type is discord.InteractionType.component
        if not pressed or sealed.sort not in (Sort.WORD, Sort.CHOICE, Sort.AGAIN):
            return Stale(origin)
        if sealed.sort is Sort.WORD:
            return Said(origin, f"{CALL}{sealed.means.choice}")
        under = named(given.channel, given.message.id) if given.message is not None else ""
        return Chose(origin, sealed.means, under, sealed.form)

    def _of_message(self, given: Any, origin: Origin) -> Fact:
        """Something was chosen in the menu of a message, which comes with all of its words: asking
        its author for it, or giving one's own as if they had been typed."""
        entry, message = self.slash.entry(given), str(given.data["target_id"])
        told = given.data["resolved"]["messages"][message]
        text, author = str(told.get("content") or ""), told["author"]
        here = self.house.place(given.channel) if given.channel is not None else None
        if entry is None or here is None:
            return Stale(origin)
        if entry.typed and str(author["id"]) != origin.account:
            return Stale(origin, Void.NOT_YOURS)
        if not text.strip() or author.get("bot"):
            return Stale(origin, Void.NO_WORDS)
        if entry.typed:
            return Said(origin, f"{CALL}{entry.typed} {text}")
        edited = discord.utils.parse_time(told.get("edited_timestamp"))
        if origin.roles:  # nobody else's asking comes to anything
            self.talk.shown(message, given.channel.id, text, edited)
        return Marked(structs.replace(origin, place=here), Mark.TAKE_ALONG, message)


def _known(given: Any) -> bool:
    """Whether it is known who did it and when; else there is nobody to answer."""
    try:
        return bool(given.user) and given.created_at is not None
    except _ODD:
        return False


def _parts(message: Any) -> list[Json]:
    """The components of a message, as they came."""
    return [one.to_dict() for one in message.components]


def _under(given: Any) -> Under | None:
    """The message under which something was pressed, where it is in a channel."""
    if given.message is None or given.channel is None:
        return None
    return Under(given.channel.id, str(given.message.id), _parts(given.message))


def _in_direct(given: Any) -> bool:
    """Whether something is pressed under a direct message of the bot, or under an answer there."""
    pressed = given.guild_id is None and given.type is discord.InteractionType.component
    return pressed and given.message is not None
