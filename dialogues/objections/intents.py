"""The intents of a draft: to object, and to rule on an objection."""

from __future__ import annotations

from dataclasses import dataclass

from dialogues.core import Text
from dialogues.objections.events import Ruling


@dataclass(frozen=True, slots=True)
class Object:
    """Object to the recommendation ``item``; ``took_part``: this person took part in the
    dialogue."""

    item: str
    text: Text
    took_part: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """Rule on the objection ``item``; for ``text`` see the event."""

    item: str
    outcome: Ruling
    reason: Text
    text: Text
