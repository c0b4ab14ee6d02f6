"""The built-in formats, and the catalogues of every language.

With ``session.py`` and ``app.py`` this is where the kinds of rounds come in; they are handed on
from here, and nothing below looks one up.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import commitments
import meetings
from bot.text.informal import DUTCH, YOUNG, informal
from bot.town import formats as files
from dialogues.format import Format
from locales import Catalogue, load
from rounds import registry


def formats(folder: Path | None = None) -> dict[str, Format]:
    """The formats there are: the built-in ones, and those of a town's own folder."""
    return files.load(registry.kinds(), folder) if folder is not None else dict(_built_in())


#: The folders with the texts about commitments and meetings.
COMMITMENTS = Path(commitments.__file__).parent
MEETINGS = Path(meetings.__file__).parent


@cache
def _built_in() -> dict[str, Format]:
    return files.load(registry.kinds(), None)


@cache
def catalogues() -> dict[str, Catalogue]:
    """Every text the bot says: those of no kind of round, of every kind, of commitments and of
    meetings; in Dutch also as they are said to young people."""
    found = load((*registry.texts(), COMMITMENTS, MEETINGS))
    young = Catalogue(YOUNG, informal(found[DUTCH].texts))
    return {**found, YOUNG: young}
