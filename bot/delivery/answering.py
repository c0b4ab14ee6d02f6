"""Answers become messages, within what a platform takes at once.

All of it touches the store, and so it is done by the thread that the engine belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from bot.delivery.merging import joined
from bot.delivery.queue import Composed, in_messages, is_offer, without_repeats
from bot.delivery.speaking import Speaker
from bot.desk import offers, polling, posts, tapping
from bot.desk.asker import Reply, Tap
from bot.desk.services import Services
from bot.desk.standing import key_of
from bot.platforms.messages import Attachment, Limit, Message
from bot.platforms.places import Place
from bot.town.town import milliseconds
from dialogues.core import Notice
from storage.database import NotNow
from storage.posts import Post

#: The templates that answer a request to take part, also in a meeting.
_OPENING = frozenset({"begin", "between_rounds", "meeting_signed_up", "meeting_waits"})


#: Gives the files of an answer, from its place, its notices, the time and its language.
Enclosed: TypeAlias = Callable[[Place, Sequence[Notice], datetime, str], tuple[Attachment, ...]]


def nothing(_place: Place, _said: Sequence[Notice], _now: datetime, _language: str) -> tuple[()]:
    """The default for ``enclosed``: no file goes along with an answer."""
    return ()


@dataclass(frozen=True, slots=True)
class Asked:
    """The answers for one place; ``patient``: the person waited long and gets a longer offer."""

    replies: tuple[Reply, ...]
    patient: bool = False


class Answering:
    """Turns answers into messages. ``alarm`` is called with an error's type; ``enclosed`` gives the
    files that go along with an answer."""

    def __init__(
        self,
        services: Services,
        speaker: Speaker,
        clock: Callable[[], datetime],
        alarm: Callable[[str], None],
        enclosed: Enclosed = nothing,
    ) -> None:
        self._services = services
        self._enclosed = enclosed
        self._store = services.store
        self._speaker = speaker
        self._clock = clock
        self._alarm = alarm

    def messages(self, reply: Reply) -> list[Message]:
        """One answer as one message; an empty list when it cannot be rendered."""
        return self._made(reply)[1]

    def passes(self) -> None:
        """Take a token for an answer that is not rendered because nobody looks, so that the
        sequence of random values does not depend on who looks."""
        self._services.ledger.token()

    def _made(
        self, reply: Reply, limit: Limit | None = None, patient: bool = False
    ) -> tuple[tuple[Notice, ...], list[Message]]:
        """The notices of an answer (offers made longer where ``patient``) and their messages; both
        empty when rendering fails: one bad answer must not stop the others."""
        notices = reply.notices
        try:
            if patient:
                notices = tuple(self._widened(reply, notice) for notice in notices)
            token = self._services.ledger.token()
            made = self._speaker.answers(
                reply.place, notices, token, reply.title, reply.language, limit
            )
            files = self._enclosed(reply.place, notices, self._clock(), reply.language)
            made[-1] = replace(made[-1], files=files) if files else made[-1]
        except NotNow:
            raise
        except Exception as error:  # noqa: BLE001 - it is the answer that is bad
            self._alarm(type(error).__name__)
            return (), []
        return notices, made

    def composed(
        self, asked: Sequence[Asked], limit: Limit, later: Collection[int] = ()
    ) -> list[Composed]:
        """The answers for several places, each as the messages that are sent there together. An
        answer that comes after a row that still waits is not among them; no answer waits for the
        rows in ``later``."""
        return [self._composed(self._in_turn(one, later), limit) for one in asked]

    def _in_turn(self, asked: Asked, later: Collection[int]) -> Asked:
        """The answers before the first row that waits for their place; at least the first."""
        if len(asked.replies) < 2:
            return asked
        first = self._store.queue.first(str(asked.replies[0].place), later)
        if first is None:
            return asked
        behind = (n for n, r in enumerate(asked.replies) if n and r.after and r.after >= first)
        return replace(asked, replies=asked.replies[: next(behind, None)])

    def _composed(self, asked: Asked, limit: Limit) -> Composed:
        kept = without_repeats(asked.replies)
        whole: list[Message] = []
        offered, opens = "", False
        for together_said in in_messages(kept):
            messages: list[Message] = []
            for reply in together_said:
                notices, made = self._made(reply, limit, asked.patient)
                messages += made
                offered = next((key_of(n) for n in notices if is_offer(n)), offered)
                opens = opens or any(n.template in _OPENING and not n.data.get("youth")
                                     for n in notices)  # fmt: skip
            whole += joined(messages, limit)
        handle = next((r.handle for r in reversed(asked.replies) if r.handle is not None), None)
        if handle is not None:
            whole = [replace(message, handle=handle) for message in whole]
        over = tuple(r.handle for r in asked.replies if r.over and r.handle is not None)
        if over and whole:
            whole[-1] = replace(whole[-1], over=over)
        if self._services.capabilities[asked.replies[0].place.platform].keeps_offers:
            offered = ""  # it stands already
        if offered:
            with self._store.transaction():
                self._store.offers.sending(str(whole[-1].place), offered, whole[-1].token)
        taps = tuple(reply.tap for reply in asked.replies if reply.tap is not None)
        leaves = any(n.template == "forgotten" for reply in kept for n in reply.notices)
        return Composed(asked.replies, whole, offered, opens, leaves, taps)

    def _widened(self, reply: Reply, notice: Notice) -> Notice:
        if not is_offer(notice):
            return notice
        with self._store.transaction():
            return offers.widened(self._services, reply.place, notice)

    def shown(self, message: Message, name: str) -> None:
        """An answer stands that is to stay true: it takes the place of the one before it."""
        post = Post(message.dialogue, message.slot, str(message.place), name)
        with self._store.transaction():
            posts.replaced(self._services.ledger, post, message.token, self._clock())

    def refused(self, place: Place, composed: Composed) -> None:
        """A platform refused a message of these answers for ever: the offer in them was never
        seen, so no answer may count on it."""
        with self._store.transaction():
            self._store.offers.refused(str(place), composed.messages[-1].token)
        composed.offered = ""

    def stood(self, place: Place, offered: str) -> None:
        """Record that the offers up to the one of these items are posted in a place from now on."""
        with self._store.transaction():
            self._store.offers.stand(str(place), milliseconds(self._clock()), offered)
            polling.ask_next(self._services, str(place), self._clock())

    def take_away(self, place: Place, taps: Sequence[Tap]) -> None:
        """The answers to these signs are posted in a place: have the signs taken away."""
        with self._store.transaction():
            for tap in taps:
                token = self._services.ledger.token()
                tapping.taken_away(self._store, place, tap, token, self._clock())
