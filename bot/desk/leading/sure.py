"""A moderator's step that loses something is asked about first; ``ja`` does it.

The question is for the moderator who typed the word. It lapses after ten minutes, and is over where
the dialogue has gone on meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.desk import asked
from bot.desk.asker import Asker
from bot.desk.services import Services
from commands.choices import agrees
from commands.said import CloseRound, Discard, NextRound
from dialogues.core import Notice, Refused, Role, Value
from dialogues.dialogue import Dialogue
from dialogues.losing import Loss
from storage.forms import Form

#: The kind of the open question's form.
KIND = "sure"

#: How long the question stands, in milliseconds.
LAPSES = 10 * 60 * 1000

#: Does a word of a moderator about a dialogue, as it was typed.
Do = Callable[[Services, Asker, Dialogue, Any], list[Notice]]


def ask(
    services: Services, asker: Asker, dialogue: Dialogue, word: str, loss: Loss, until: str = ""
) -> list[Notice]:
    """Keep the question, and say what would be lost. ``until`` was typed with the word."""
    form: dict[str, object] = {"word": word, "until": until, "stands": _stands(dialogue)}
    asked.ask(services, asker, KIND, dialogue.id, form)
    data: dict[str, Value] = {
        "title": dialogue.title,
        "dialogue": dialogue.id,
        "typed": word,
        "rounds": list(loss.rounds),
        "items": list(loss.items),
        "hour": loss.hour,
    }
    return [Notice("sure", data)]


def _stands(dialogue: Dialogue) -> str:
    """How far a dialogue is: the question is about this, and over when it goes on."""
    return f"{dialogue.status.value} {dialogue.current} {dialogue.open_frame is not None}"


def answer(
    services: Services, asker: Asker, form: Form, text: str, do: Mapping[str, Do]
) -> list[Notice] | None:
    """Handle ``ja`` or ``nee`` to the question; None for other words, and where it has lapsed.
    ``do`` has what each word does."""
    said = agrees(text)
    if said not in ("yes", "no") or asker.milliseconds - form.since > LAPSES:
        return None
    asked.done(services, asker, KIND)
    dialogue = services.ledger.states.get(form.dialogue)
    if dialogue is None:
        return None
    asker.about(dialogue)
    if said == "no":
        return [Notice("sure_not", {"title": dialogue.title})]
    if form.data["stands"] != _stands(dialogue) or Role.MODERATOR not in asker.roles:
        raise Refused("sure_over", title=dialogue.title)
    word, until = str(form.data["word"]), str(form.data["until"])
    return do[word](services, asker, dialogue, _SAID[word](until))


_SAID: dict[str, Callable[[str], object]] = {
    "gesprek weg": lambda _until: Discard(""),
    "sluit": lambda _until: CloseRound(sure=True),
    "volgende": lambda until: NextRound(until, sure=True),
}
