"""``bewaar vast`` and ``bewaar los``: the clerk holds what would be destroyed by itself."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.desk.asker import Asker
from bot.desk.services import Services
from commands import said_keeping as words
from dialogues.core import Notice
from dialogues.destroying import HoldDestruction, ResumeDestruction
from dialogues.dialogue import Dialogue


def hold(
    services: Services, asker: Asker, dialogue: Dialogue, said: words.HoldDestruction
) -> list[Notice]:
    services.act(asker, dialogue, HoldDestruction(said.reason))
    return [Notice("destruction_held", {"title": dialogue.title, "reason": said.reason})]


def resume(
    services: Services, asker: Asker, dialogue: Dialogue, said: words.ResumeDestruction
) -> list[Notice]:
    """Lift a hold; what was due meanwhile is destroyed at once."""
    services.act(asker, dialogue, ResumeDestruction(said.reason))
    closed = dialogue.closed_at
    day = None
    if closed is not None:
        due = max(closed + timedelta(days=dialogue.objection_days), asker.at)
        day = due.astimezone(ZoneInfo(dialogue.zone)).date()
    return [Notice("destruction_resumed", {"title": dialogue.title, "day": day})]
