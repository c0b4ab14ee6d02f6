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
def renderer() -> Renderer:
    """The program's renderer."""
    names = {"town": "Haarlem", "address": ADDRESS}
    zone = ZoneInfo("Europe/Amsterdam")
    return Renderer(CATALOGUES, DEFAULT, zone, names, {}.get, vocabulary())


@cache
def documents(language: str, code: str, contact: str = "") -> tuple[Document, ...]:
    """Everything that a text can say, in a room and elsewhere."""
    texts = CATALOGUES[language].texts
    return tuple(
        renderer().render(code, data, language, prefix, contact)
        for data in samples(code, texts)
        for prefix in ("!", "")
    )
