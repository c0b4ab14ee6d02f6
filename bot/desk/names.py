"""Ids of dialogues, made from their titles."""

from __future__ import annotations

import re
import unicodedata


def slug(title: str) -> str:
    """A title as a short id of letters, digits and hyphens; ``gesprek`` where none is left."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "gesprek"
