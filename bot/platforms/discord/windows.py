"""What an interaction opens by itself: a form, and of a long form the next page.

These answers come before anything is told to the engine. What was filled in on the earlier pages of
a form is kept here, and lost with the program: then the form is to be opened again.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, TypeAlias

import discord

from bot.platforms.discord.asking import FIELDS, Forms, modal, say, values_of
from bot.platforms.discord.components import ROW, WORDS, Json, Shown, button
from bot.platforms.discord.seals import Sealed, Seals, Sort
from bot.platforms.discord.settings import Settings
from bot.platforms.discord.wire import MESSAGE, MODAL, body
from bot.platforms.messages import Form, Style

#: Whose form about what is filled in.
_Key: TypeAlias = tuple[str, Sealed]

#: How many half-filled forms are kept.
_MOST = 1_000


class Windows:
    """Opens forms. ``forms`` are those that choices may open."""

    def __init__(self, settings: Settings, seals: Seals, forms: Forms) -> None:
        self._words = settings.words
        self._seals = seals
        self._forms = forms
        self._drafts: OrderedDict[_Key, dict[str, str]] = OrderedDict()

    def opens(self, given: Any, sealed: Sealed | None, language: str) -> tuple[int, Json] | None:
        """The answer that an interaction gets by itself, its kind and its data; None where it is to
        be told to the engine."""
        if sealed is None:
            return None
        form = self._forms.get(sealed.form)
        if given.type is discord.InteractionType.modal_submit:
            if form is None or sealed.sort is not Sort.FORM or not _follows(form, sealed):
                return None
            self._keep(given, sealed)
            return MESSAGE, self._go_on(form, sealed, language)
        if sealed.sort is Sort.SAY:
            return MODAL, say(self._seals, self._words("say", language))
        if form is None or sealed.sort not in (Sort.CHOICE, Sort.FORM):
            return None
        page = sealed.number if sealed.sort is Sort.FORM else 0
        return MODAL, modal(form, sealed.means, self._seals, page)

    def filled(self, given: Any, sealed: Sealed) -> dict[str, str] | None:
        """Everything filled in, with the last page; None where what came before it is lost."""
        before = self._drafts.pop(_key(given, sealed), None)
        if before is None and sealed.number:
            return None
        return {**(before or {}), **values_of(given.data)}

    def _keep(self, given: Any, sealed: Sealed) -> None:
        key = _key(given, sealed)
        self._drafts[key] = {**self._drafts.get(key, {}), **values_of(given.data)}
        while len(self._drafts) > _MOST:
            self._drafts.popitem(last=False)

    def _go_on(self, form: Form, sealed: Sealed, language: str) -> Json:
        """A message with a button for the next page."""
        page, pages = sealed.number + 1, -(-len(form.fields) // FIELDS)
        further = Sealed(Sort.FORM, sealed.means, sealed.form, number=page)
        label = self._words("go_on", language)
        pressed = button(label, self._seals.write(further), Style.MAIN)
        row: Json = {"type": ROW, "components": [pressed]}
        text: Json = {"type": WORDS, "content": f"{form.title} ({page}/{pages})"}
        return body(Shown([text], [row]), only=True)


def _follows(form: Form, sealed: Sealed) -> bool:
    """Whether another page comes after this one."""
    return len(form.fields) > (sealed.number + 1) * FIELDS


def _key(given: Any, sealed: Sealed) -> _Key:
    return str(given.user.id), Sealed(Sort.FORM, sealed.means, sealed.form)
