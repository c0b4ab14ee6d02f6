"""What is destroyed of a dialogue by itself once its term is over, and how the clerk holds that.

Each destruction leaves a line that says what was destroyed, how many, after which term, and under
which category of the town's selection list: so that a town can account for it later, without a word
of what it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dialogues.core import Context, Refused
from dialogues.destroying_events import DestructionHeld, DestructionResumed
from dialogues.followup.days import asks

if TYPE_CHECKING:
    from dialogues.dialogue import Dialogue


@dataclass(frozen=True, slots=True)
class HoldDestruction:
    reason: str


@dataclass(frozen=True, slots=True)
class ResumeDestruction:
    reason: str


def hold(dialogue: Dialogue, intent: HoldDestruction, _context: Context) -> list[object]:
    """Hold it, or give another reason for a hold that is there already."""
    follows = asks(dialogue) and not dialogue.follow_up.authors_forgotten
    if dialogue.links_destroyed and not follows:
        raise Refused("nothing_to_hold", title=dialogue.title)
    return [DestructionHeld(intent.reason)] if intent.reason != dialogue.held else []


def resume(dialogue: Dialogue, intent: ResumeDestruction, _context: Context) -> list[object]:
    if not dialogue.held:
        raise Refused("not_held", title=dialogue.title)
    return [DestructionResumed(intent.reason)]


def held(dialogue: Dialogue, event: DestructionHeld, _at: datetime, _by: str) -> None:
    dialogue.held = event.reason


def resumed(dialogue: Dialogue, _event: DestructionResumed, _at: datetime, _by: str) -> None:
    dialogue.held = ""


#: How the events change a dialogue, and what decides on the intents.
HANDLERS: dict[type, Any] = {DestructionHeld: held, DestructionResumed: resumed}
DECIDES: dict[type, Any] = {HoldDestruction: hold, ResumeDestruction: resume}
