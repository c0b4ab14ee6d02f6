"""What an interaction opens by itself: a form, and of a long form the next page.

These answers come before anything is told to the engine, which is asked what the form asks: so a
form opens after a restart too. What was filled in on the earlier pages of a form is kept here, and
lost with the program: then the person reads so, and begins again at the first page. What was filled
in last is kept until it is taken, so that who was refused need not write it anew.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

import discord

from bot.platforms.discord.asking import FIELDS, modal, values_of
from bot.platforms.discord.components import ROW, WORDS, Json, Shown, button
from bot.platforms.discord.seals import Sealed, Seals, Sort
from bot.platforms.discord.settings import Settings
from bot.platforms.discord.wire import HERE, MESSAGE, MODAL, body
from bot.platforms.facts import Origin
from bot.platforms.menu import Opened, Queries
from bot.platforms.messages import Form, Style

#: Whose form about what is filled in.
_Key: TypeAlias = tuple[str, Sealed]

_K = TypeVar("_K")
_V = TypeVar("_V")

#: How many filled forms are kept.
_MOST = 1_000

#: How long the engine is waited for: a form has to be opened within Discord's three seconds.
_SOON = 2.0


class Windows:
    """Opens forms. ``queries`` are those that the engine answers now."""

    def __init__(self, settings: Settings, seals: Seals, queries: Callable[[], Queries]) -> None:
        self._words = settings.words
        self._seals = seals
        self._queries = queries
        self._drafts: OrderedDict[_Key, dict[str, str]] = OrderedDict()
        self._last: OrderedDict[str, tuple[Sealed, dict[str, str]]] = OrderedDict()

    async def opens(
        self, given: Any, sealed: Sealed | None, origin: Origin
    ) -> tuple[int, Json] | None:
        """The answer that an interaction gets by itself, its kind and its data; None where it is to
        be told to the engine."""
        if sealed is None:
            return None
        form = await self._form(sealed, origin) if sealed.form else None
        if given.type is discord.InteractionType.modal_submit:
            if form is None or sealed.sort is not Sort.FORM:
                return None
            if sealed.number and _key(given, sealed) not in self._drafts:
                return _in_turn(sealed, self._from_the_start(sealed, origin.language))
            if not _follows(form, sealed):
                return None
            self._keep(given, sealed)
            return _in_turn(sealed, self._go_on(form, sealed, origin.language))
        if form is None or sealed.sort not in (Sort.CHOICE, Sort.FORM, Sort.AGAIN):
            return None
        page = sealed.number if sealed.sort is Sort.FORM else 0
        if sealed.sort is Sort.AGAIN:
            self._take_up(given, sealed)
        anew = page == 0 and sealed.sort is not Sort.AGAIN
        before = {} if anew else self._drafts.get(_key(given, sealed), {})
        return MODAL, modal(form, sealed.means, self._seals, page, before)

    async def _form(self, sealed: Sealed, origin: Origin) -> Form | None:
        """The form as the engine makes it now; None where there is none, or not soon enough."""
        asked = Opened(
            origin.account,
            origin.roles,
            origin.place,
            sealed.form,
            sealed.means,
            origin.language,
        )
        try:
            async with asyncio.timeout(_SOON):
                return await self._queries().form(asked)
        except TimeoutError:
            return None

    def filled(self, given: Any, sealed: Sealed) -> dict[str, str] | None:
        """Everything filled in, with the last page; None where what came before it is lost."""
        account, about = _key(given, sealed)
        before = self._drafts.pop((account, about), None)
        if before is None and sealed.number:
            return None
        filled = {**(before or {}), **values_of(given.data)}
        _put(self._last, account, (about, filled))
        return filled

    def forget(self, account: str) -> None:
        """Somebody's form was taken: what they filled in is kept no longer."""
        self._last.pop(account, None)

    def _take_up(self, given: Any, sealed: Sealed) -> None:
        """Begin with what this person filled in last, where that was this form about the same."""
        account, about = _key(given, sealed)
        last, filled = self._last.get(account, (None, {}))
        if last == about:
            _put(self._drafts, (account, about), filled)

    def paged(self, given: Any, sealed: Sealed | None) -> bool:
        """Whether a page after the first was filled in, which a message of its own led to."""
        submitted = given.type is discord.InteractionType.modal_submit
        return submitted and sealed is not None and sealed.number > 0

    def _keep(self, given: Any, sealed: Sealed) -> None:
        key = _key(given, sealed)
        _put(self._drafts, key, {**self._drafts.get(key, {}), **values_of(given.data)})

    def _go_on(self, form: Form, sealed: Sealed, language: str) -> Shown:
        """A message with a button for the next page."""
        page, pages = sealed.number + 1, -(-len(form.fields) // FIELDS)
        return self._page(sealed, page, f"{form.title} ({page}/{pages})", "go_on", language)

    def _from_the_start(self, sealed: Sealed, language: str) -> Shown:
        """The earlier pages are lost, since nothing is stored that was not sent: a message that
        says so, with a button for the first page."""
        return self._page(sealed, 0, self._words("form_lost", language), "form_again", language)

    def _page(self, sealed: Sealed, page: int, said: str, label: str, language: str) -> Shown:
        """A message with a button for a page."""
        opens = Sealed(Sort.FORM, sealed.means, sealed.form, number=page)
        pressed = button(self._words(label, language), self._seals.write(opens), Style.MAIN)
        row: Json = {"type": ROW, "components": [pressed]}
        text: Json = {"type": WORDS, "content": said}
        return Shown([text], [row])


def _in_turn(sealed: Sealed, shown: Shown) -> tuple[int, Json]:
    """The message that leads to another page: a new one after the first page, and the same one
    changed after those that follow."""
    return (HERE, body(shown)) if sealed.number else (MESSAGE, body(shown, only=True))


def _follows(form: Form, sealed: Sealed) -> bool:
    """Whether another page comes after this one."""
    return len(form.fields) > (sealed.number + 1) * FIELDS


def _key(given: Any, sealed: Sealed) -> _Key:
    return str(given.user.id), Sealed(Sort.FORM, sealed.means, sealed.form)


def _put(kept: OrderedDict[_K, _V], key: _K, value: _V) -> None:
    """Keep something, and forget the oldest."""
    kept[key] = value
    while len(kept) > _MOST:
        kept.popitem(last=False)
