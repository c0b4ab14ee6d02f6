"""The form for the charter, in a staff room: one question at a time; set only when finished."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.desk import youth
from bot.desk.asker import Asker
from bot.desk.services import Services
from bot.desk.votes import read
from commands import charter as charter_words
from commands import forms
from dialogues import intents as it
from dialogues.announce import charter_values
from dialogues.charter import KEYS, missing
from dialogues.core import Notice, Refused, Value
from dialogues.dialogue import Dialogue, Status
from storage.forms import Form


def begin(services: Services, asker: Asker, dialogue: Dialogue) -> list[Notice]:
    """Ask the first question that has no answer yet."""
    typed = charter_words.as_typed(dialogue.charter) if missing(dialogue.charter) == () else {}
    state = read(forms.begin(typed, asker.at, services.town.zone))
    return [_ask(services, asker, dialogue, state)]


def _ask(services: Services, asker: Asker, dialogue: Dialogue, state: forms.FormState) -> Notice:
    data_so_far = {**state.as_data(), "person": asker.person}
    form = Form("charter", dialogue.id, data_so_far, asker.milliseconds)
    services.store.forms.ask(asker.here, form)
    question = forms.ask(state)
    data: dict[str, Value] = {
        "key": question.key,
        "options": list(question.options),
        "place": question.place,
        "total": question.total,
        "rows": rows(question.answers),
        "title": dialogue.title,
    }
    return Notice(question.code, data)


def answer(services: Services, asker: Asker, form: Form, text: str) -> list[Notice]:
    """Handle an answer: ask the next or the previous question, end the form, or set the charter."""
    dialogue = asker.about(services.ledger.states[form.dialogue])
    if dialogue.status is not Status.PREPARING:
        services.store.forms.answered(asker.here)
        raise Refused("dialogue_already_open", title=dialogue.title)
    outcome = read(forms.answer(forms.state_from(form.data), text, asker.at, services.town.zone))
    if isinstance(outcome, forms.FormState):
        youth.check_answers(services, dialogue, outcome)
        return [_ask(services, asker, dialogue, outcome)]
    services.store.forms.answered(asker.here)
    if isinstance(outcome, forms.Stopped):
        return [Notice("form_stopped", {"title": dialogue.title})]
    values = read(charter_words.read_values(outcome.values, asker.at, services.town.zone))
    values = youth.protected(services, dialogue.room, values)
    services.act(asker, dialogue, it.SetCharter(values))
    return [prepared(dialogue)]


def rows(typed: Mapping[str, str]) -> list[dict[str, Value]]:
    """The charter by Dutch key for a template: values as typed, dates as ``date``."""
    day = KEYS["answer_by"]
    return [
        {"key": key, "value": date.fromisoformat(value) if key == day else value}
        for key, value in typed.items()
    ]


def prepared(dialogue: Dialogue) -> Notice:
    """The notice with what is agreed, and what is still missing before the start."""
    data = charter_values(dialogue)
    data["missing"] = list(missing(dialogue.charter))
    data["rows"] = rows(charter_words.as_typed(dialogue.charter))
    data["rounds"] = [frame.plan.title for frame in dialogue.frames]
    return Notice("prepared", data)
