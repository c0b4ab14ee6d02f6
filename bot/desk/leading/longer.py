"""A round open for longer: "verleng met 10 minuten" is asked about, with the hour it becomes."""

from __future__ import annotations

import msgspec

from bot.desk import completing
from bot.desk.asked import ask
from bot.desk.asker import Asker
from bot.desk.questions import Option, Question
from bot.desk.services import Services
from bot.desk.which import perhaps
from commands.everyday import opened
from commands.times.lengths import length
from dialogues.core import Notice, Value
from dialogues.schedule import check_next

#: The word that sets a round's closing hour.
UNTIL = "tot"


def longer(services: Services, asker: Asker, said: str, text: str) -> list[Notice] | None:
    """Ask whether the open round may close so much later, for words said instead of ``tot``; None
    where no length of time follows them, or no round is open."""
    target, body, _ = opened(text.strip(), asker.can.prefix)
    more = length(body[len(said) :])
    dialogue = perhaps(services, asker, target) if more is not None else None
    frame = dialogue.open_frame if dialogue is not None else None
    if more is None or dialogue is None or frame is None or frame.closes_at is None:
        return None
    at = frame.closes_at + more
    check_next(dialogue, frame.index, at)
    question = Question(UNTIL, (Option(f"@{dialogue.id} {UNTIL} {at.isoformat()}"),))
    ask(services, asker, completing.KIND, dialogue.id, msgspec.to_builtins(question))
    data: dict[str, Value] = {"round": frame.index + 1, "closes_at": frame.closes_at, "at": at}
    return [Notice("longer_asked", data)]
