"""The charter in forms: some agreements a form, each set as soon as its form is filled in.

What stands is filled in beforehand, so a form can be opened again, and a half-filled charter is a
draft like any other.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.desk.leading.charter_form import prepared
from bot.desk.leading.preparing import begin_button, begins
from bot.desk.services import Services
from bot.desk.talk import Line, Sheet
from bot.platforms.places import Place
from commands import charter as charter_words
from commands.charter import TEXT_LIMIT
from dialogues.charter import KEYS, Charter
from dialogues.core import Choice, Notice
from dialogues.dialogue import Dialogue, Status

#: The forms, and which fields of the charter each has.
FORMS: Mapping[str, tuple[str, ...]] = {
    "charter_what": ("level", "decider", "answer_by", "fixed", "open"),
    "charter_how": ("phase", "decision", "minimum", "ballot", "review"),
    "charter_who": ("initiator", "audience", "addresses", "invitation", "agenda"),
    "charter_more": ("reveal", "quotes", "language", "concept"),
}

#: The fields that are filled in with more than a line.
_LONG = frozenset({"fixed", "open"})


def charter_sheet(dialogue: Dialogue, form: str) -> Sheet | None:
    """A form for some agreements; None once the dialogue has begun."""
    if dialogue.status is not Status.PREPARING:
        return None
    lines = tuple(_line(dialogue.charter, name) for name in FORMS[form])
    return Sheet(Notice("sheet_charter", {}), lines)


def _line(charter: Charter, name: str) -> Line:
    key = KEYS[name]
    options = tuple(
        (word, Notice("sheet_value", {"value": word}))
        for word in charter_words.CHOICES.get(name, ())
    )
    agreed = charter_words.as_typed(charter)
    label, about = Notice("sheet_agreement", {"key": key}), Notice(f"agreement_{key}", {})
    value = agreed.get(key, "")
    example = Notice("sheet_day_example", {}) if name == "answer_by" else None
    return Line(key, label, TEXT_LIMIT, 0, name in _LONG, value, example, options, about)


def filled_in(values: Mapping[str, str]) -> dict[str, str]:
    """What was filled in, by key; what was left empty stays as it is."""
    return {key: value.strip() for key, value in values.items() if value.strip()}


def with_forms(services: Services, place: str, dialogue: Dialogue) -> Notice:
    """What is agreed so far, with the forms where the platform has those, and to begin when all
    that is needed is there."""
    notice = prepared(dialogue)
    if not services.capabilities[Place.parse(place).platform].forms:
        return notice
    choices = [Choice(dialogue.id, 0, "", form, form=form) for form in FORMS]
    if begins(dialogue):
        choices.append(begin_button(dialogue))
    return Notice(notice.template, notice.data, choices=tuple(choices))
