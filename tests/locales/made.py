"""The program's catalogues with each kind's texts, and documents rendered from them."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo

from bot.platforms.document import Document
from bot.platforms.writing import plain
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
def documents(
    language: str,
    code: str,
    contact: str = "",
    tap: str = "",
    prefixes: tuple[str, ...] = ("!", ""),
) -> tuple[Document, ...]:
    """The documents of a text with all sample values, in a room and elsewhere, each once. A
    prefix that does not show makes no difference."""
    texts, made = CATALOGUES[language].texts, dict[Document, None]()
    for data in samples(code, texts):
        for prefix in prefixes:
            document = renderer().render(code, data, language, prefix, contact, tap)
            made[document] = None
            if prefix not in plain(document):
                break
    return tuple(made)
