"""Ids of dialogues, made from their titles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from dialogues.record import TOWN


def slug(title: str) -> str:
    """A title as a short id of letters, digits and hyphens; ``gesprek`` where none is left."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "gesprek"


def free_id(title: str, taken: Container[str]) -> str:
    """The id of a new dialogue: the slug of its title, with ``-2`` and so on where that is taken,
    by the town's own chain too."""
    base = slug(title)
    if base not in taken and base != TOWN:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"
