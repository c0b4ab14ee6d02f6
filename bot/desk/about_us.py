"""Answers to questions about the bot itself, whatever it waits for; what it asked stays open."""

from __future__ import annotations

from bot.desk import views
from bot.desk.asker import Asker
from bot.desk.everything import everything
from bot.desk.meetings.near import coming
from bot.desk.offers import join
from bot.desk.services import Services
from bot.desk.which import perhaps
from commands import said as words
from commands.asking import About, asks
from dialogues.core import Notice


def answer(services: Services, asker: Asker, text: str) -> list[Notice] | None:
    """The answer to a question about the bot; None where the words are none."""
    about = asks(text)
    if about is None:
        return None
    if about is About.PRIVACY:
        return views.privacy(services, asker, words.Privacy())
    if about is About.ENGLISH:
        return views.language(services, asker, words.Language("en"))
    if about is About.EVERYTHING:
        return everything(services, asker, words.Everything())
    if about is About.BRING:
        return _bring(services, asker)
    dialogue = perhaps(services, asker)
    frame = dialogue.open_frame if dialogue is not None else None
    if asker.staff or dialogue is None or frame is None:
        return views.help_for(services, asker, dialogue)
    if about is About.STOP:
        return [Notice("stopped", {})]
    if not services.store.places.begun(asker.conversation, dialogue.id):
        return join(services, asker, dialogue)
    if about is About.CHANGE and frame.machine.cast is not None:
        return [Notice("may_change", {"closes_at": frame.closes_at})]
    return views.help_for(services, asker, dialogue)


def _bring(services: Services, asker: Asker) -> list[Notice] | None:
    """How somebody else comes along; None where there is no meeting to come to."""
    found = coming(services, asker)
    if not found:
        return None
    meeting = found[0].name if len(found) == 1 else ""
    return [Notice("bring_somebody", {"meeting": meeting, "staff": asker.staff})]
