"""The form for the charter, in a staff room: one question at a time; set only when finished.

``stop`` keeps the answers as the agreements so far, from which the form goes on later.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import structs

from bot.desk import youth
from bot.desk.asked import ask, asked, done
from bot.desk.asker import Asker
from bot.desk.leading.preparing import begins, is_empty
from bot.desk.services import Services
from bot.desk.votes import read
from commands import charter as charter_words
from commands import forms
from commands.charter import CHOICES, FIELDS
from commands.explaining import EXPLAINED
from commands.wrong import Wrong
from dialogues import intents as it
from dialogues.announce_agreed import charter_values
from dialogues.charter import CHOSEN, KEYS, Charter, changed, missing
from dialogues.core import Notice, Refused, Value
from dialogues.dialogue import Dialogue, Status
from storage.forms import Form

#: The kind of the open question's form.
KIND = "charter"


def begin(services: Services, asker: Asker, dialogue: Dialogue) -> list[Notice]:
    """Ask the first question that has no answer yet: none in an open form, nor in a draft."""
    open_one = services.store.forms.about(KIND, dialogue.id, asker.milliseconds)
    if open_one is not None:
        state = forms.state_from(open_one[1].data)
        services.store.forms.over(KIND, dialogue.id)
    else:
        state = read(forms.begin(_draft(services, asker, dialogue), asker.at, services.town.zone))
    return [_ask(services, asker, dialogue, state)]


def _draft(services: Services, asker: Asker, dialogue: Dialogue) -> dict[str, str]:
    """What was agreed so far, and can still be."""
    return _possible(services, asker, charter_words.agreed(dialogue.charter))


def _possible(services: Services, asker: Asker, typed: Mapping[str, str]) -> dict[str, str]:
    """The values that can be agreed now; left out is a day that has gone by."""
    now, zone = asker.at, services.town.zone
    return {
        key: value
        for key, value in typed.items()
        if not isinstance(charter_words.read_value(key, value, now, zone), Wrong)
    }


def _ask(services: Services, asker: Asker, dialogue: Dialogue, state: forms.FormState) -> Notice:
    ask(services, asker, KIND, dialogue.id, state.as_data())
    language = state.answers.get(KEYS["language"]) or asker.subject.language
    asker.subject = structs.replace(asker.subject, language=language)
    question = forms.ask(state)
    data: dict[str, Value] = {
        "key": question.key,
        "options": list(question.options),
        "place": question.place,
        "total": question.total,
        "given": _readable(question.key, state.answers.get(question.key, "")),
        "rows": rows(question.answers),
        "title": dialogue.title,
    }
    return Notice(question.code, data)


def is_answer(services: Services, asker: Asker, text: str) -> bool:
    """Whether a text names a key of the charter, while the form waits for this person here."""
    return forms.names_a_key(text) and asked(services, asker, KIND) is not None


def answer(services: Services, asker: Asker, form: Form, text: str) -> list[Notice]:
    """Handle an answer: ask the next or the previous question, end the form, or set the charter."""
    dialogue = asker.about(services.ledger.states[form.dialogue])
    if dialogue.status is not Status.PREPARING:
        done(services, asker, KIND)
        raise Refused("dialogue_already_open", title=dialogue.title)
    state = forms.state_from(form.data)
    return _led_to(
        services, asker, dialogue, state, forms.answer(state, text, asker.at, services.town.zone)
    )


def given(
    services: Services, asker: Asker, dialogue: Dialogue, typed: Mapping[str, str]
) -> list[Notice] | None:
    """Take values typed with ``gesprek afspraken`` as answers to the form that is open for this
    dialogue, wherever it is; None where there is none."""
    found = services.store.forms.about(KIND, dialogue.id, asker.milliseconds)
    if found is None or dialogue.status is not Status.PREPARING:
        return None
    state = forms.state_from(found[1].data)
    outcome = forms.given(state, typed, asker.at, services.town.zone)
    if isinstance(outcome, forms.FormState) and outcome.step == forms.MORE:
        outcome = forms.Done(outcome.answers)
    return _led_to(services, asker, dialogue, state, outcome)


def _led_to(
    services: Services,
    asker: Asker,
    dialogue: Dialogue,
    before: forms.FormState,
    outcome: forms.Outcome,
) -> list[Notice]:
    """What follows from an outcome of the form; raises ``Refused``, and then nothing changes."""
    if isinstance(outcome, Wrong):
        raise Refused(outcome.code, **outcome.data)
    if isinstance(outcome, forms.Puzzled):
        again = _ask(services, asker, dialogue, before)
        return [*explained(forms.ask(before).key, choices=False), again]
    if isinstance(outcome, forms.Stopped):
        outcome = forms.Stopped(_possible(services, asker, outcome.values))
    typed = outcome.answers if isinstance(outcome, forms.FormState) else outcome.values
    values = read(charter_words.read_values(typed, asker.at, services.town.zone))
    services.ledger.kinds.check_level(changed(Charter(), values), dialogue.format)
    values = youth.protected(services, dialogue.room, values)
    services.store.forms.over(KIND, dialogue.id)
    if isinstance(outcome, forms.FormState):
        return [_ask(services, asker, dialogue, outcome)]
    if any(getattr(dialogue.charter, name) != value for name, value in values.items()):
        services.act(asker, dialogue, it.SetCharter(values))
    asker.about(dialogue)
    if isinstance(outcome, forms.Stopped):
        return [Notice("form_stopped", {"title": dialogue.title, "kept": bool(outcome.values)})]
    return [prepared(dialogue)]


def rows(typed: Mapping[str, str]) -> list[dict[str, Value]]:
    """The charter by Dutch key for a template: values as typed, dates as ``date``."""
    return [
        {
            "key": key,
            "value": _readable(key, value),
            "chosen": charter_words.FIELDS[key] in CHOSEN,
        }
        for key, value in typed.items()
    ]


def _readable(key: str, typed: str) -> Value:
    """A value of the charter for a template: as typed, a date as ``date``."""
    return date.fromisoformat(typed) if typed and key == KEYS["answer_by"] else typed


def prepared(dialogue: Dialogue) -> Notice:
    """The notice with what is agreed, and what is still missing before the start."""
    data = charter_values(dialogue)
    data["missing"] = list(missing(dialogue.charter))
    data["rows"] = rows(charter_words.as_typed(dialogue.charter))
    data["rounds"] = [frame.plan.title for frame in dialogue.frames]
    empty = [frame for frame in dialogue.frames if is_empty(dialogue, frame)]
    data["notes"] = [
        {"what": f"work_{frame.machine.kind}_empty", "title": frame.plan.title} for frame in empty
    ]
    data["ready"] = begins(dialogue)
    return Notice("prepared", data)


def explained(key: str, *, choices: bool = True) -> list[Notice]:
    """What an agreement is, by its Dutch key, with the meaning of each of its ``choices``; nothing
    without a key."""
    if not key:
        return []
    options = list(CHOICES[FIELDS[key]]) if choices and FIELDS[key] in EXPLAINED else []
    return [Notice("explain_agreement", {"key": key, "options": options})]
