"""The catalogues as the program has them, each kind's texts among them, and documents of them."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo

from bot.platforms.document import Document
from bot.runtime.builtin import catalogues
from bot.text.templates import Renderer
from rounds.registry import vocabulary
from tests.locales.samples import samples

CATALOGUES = catalogues()
DEFAULT = "nl"
ADDRESS = "@stadsgesprek:haarlem.example"


@cache
def renderer(account: str = "") -> Renderer:
    """The program's renderer; ``account`` is the bot's where it has one that can be linked to."""
    names = {"town": "Haarlem", "address": ADDRESS, "account": account, "prefix": "!"}
    zone = ZoneInfo("Europe/Amsterdam")
    return Renderer(CATALOGUES, DEFAULT, zone, names, {}.get, vocabulary())


@cache
def documents(language: str, code: str, account: str = "") -> tuple[Document, ...]:
    """Everything that a text can say, in a room and elsewhere."""
    texts = CATALOGUES[language].texts
    return tuple(
        renderer(account).render(code, data, language, prefix)
        for data in samples(code, texts)
        for prefix in ("!", "")
    )
