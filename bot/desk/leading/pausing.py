"""``pauze`` and ``hervat``: a moderator pauses the open round of a dialogue, and lets it go on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.desk.asker import Asker
from bot.desk.leading.moderators import course
from bot.desk.services import Services
from commands import said_pauses as words
from dialogues.core import Notice
from dialogues.dialogue import Dialogue
from dialogues.intents import PauseRound, ResumeRound


def pause(services: Services, asker: Asker, dialogue: Dialogue, said: words.Pause) -> list[Notice]:
    until = asker.at + timedelta(hours=services.town.limits.pause_hours)
    services.act(asker, dialogue, PauseRound(until, said.want))
    return [Notice("paused", {"title": dialogue.title, "until": until})]


def resume(services: Services, asker: Asker, dialogue: Dialogue, _said: Any) -> list[Notice]:
    services.act(asker, dialogue, ResumeRound())
    return [course(services, asker, dialogue)]
