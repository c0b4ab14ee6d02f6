"""The types of what a person can say about commitments; see ``said.py``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Commit:
    """``who`` is an office or a group, ``by`` a day in words; ``about`` an item or a meeting that
    it belongs to, "" for none."""

    text: str
    who: str
    by: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """Show what was promised and agreed; with the number of one, that one."""

    commitment: int = 0
