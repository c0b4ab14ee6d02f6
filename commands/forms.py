"""The charter as a form, one question at a time: pure functions from state and answer to outcome.

A state is small and JSON; ``ask`` says what to ask, ``answer`` what an answer leads to. Only a
finished form becomes an intent. "terug" goes one step back, "stop" ends the form, both at every
step; the answers are kept in the words that can be typed for them, days as ISO.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from commands.charter import (
    CHOICES,
    FIELDS,
    TEXT_LIMIT,
    TYPED_KEYS,
    read_value,
    read_values,
    typed_value,
)
from commands.cleaning import plain_word
from commands.keyvalues import pairs, unquoted
from commands.said import Wrong, wrong
from dialogues.charter import KEYS, REQUIRED, Level

MORE = "more"
PREVIEW = "preview"

_BACK = frozenset({"terug", "back"})
_STOP = frozenset({"stop"})
_READY = frozenset({"klaar", "done", "nee", "no"})
_YES = frozenset({"ja", "yes"})
_NO = frozenset({"nee", "no"})


@dataclass(frozen=True, slots=True)
class FormState:
    """``step`` is a Dutch key, ``more`` or ``preview``; ``answers`` are by Dutch key, as typed."""

    step: str
    answers: Mapping[str, str] = field(default_factory=dict)

    def as_data(self) -> dict[str, object]:
        """The state as JSON values."""
        return {"step": self.step, "answers": dict(self.answers)}


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """A question to ask: ``code`` names its text, ``options`` may be answered by number or word.

    It is number ``place`` of ``total``; ``answers`` are the answers so far (for the preview).
    """

    code: str
    key: str
    options: tuple[str, ...]
    place: int
    total: int
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Done:
    """The form was confirmed: the values by Dutch key, as typed."""

    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Stopped:
    """The form was ended; its answers are dropped."""


Outcome: TypeAlias = FormState | Done | Stopped | Wrong


def state_from(data: Mapping[str, object]) -> FormState:
    """The state from the data of ``as_data``."""
    answers = data["answers"]
    assert isinstance(answers, Mapping)
    return FormState(str(data["step"]), {str(key): str(value) for key, value in answers.items()})


def begin(values: Mapping[str, str], now: datetime, zone: ZoneInfo) -> FormState | Wrong:
    """The form for what these values (by Dutch key, as typed) do not answer."""
    answers = _kept(values, now, zone)
    return answers if isinstance(answers, Wrong) else FormState(_next_open(answers), answers)


def ask(state: FormState) -> FormQuestion:
    """The question of this step."""
    steps = _steps(state.answers)
    place = steps.index(state.step) + 1
    if state.step == MORE:
        options = tuple(key for key in _optional(state.answers) if key not in state.answers)
        return FormQuestion("form_more", "", options, place, len(steps), state.answers)
    if state.step == PREVIEW:
        return FormQuestion("form_preview", "", ("ja", "nee"), place, len(steps), state.answers)
    name = FIELDS[state.step]
    options = tuple(CHOICES.get(name, ()))
    return FormQuestion(f"form_{name}", state.step, options, place, len(steps), state.answers)


def answer(state: FormState, text: str, now: datetime, zone: ZoneInfo) -> Outcome:
    """The outcome of an answer; after a ``Wrong`` the form stays at its step."""
    typed = unquoted(text)
    word = plain_word(typed[:40]).strip(" .!")
    if word in _STOP:
        return Stopped()
    if word in _BACK:
        steps = _steps(state.answers)
        place = steps.index(state.step)
        return replace(state, step=steps[place - 1]) if place else wrong("form_first")
    if state.step == PREVIEW:
        return _confirmed(state, typed, word)
    if state.step == MORE:
        return _more(state, text, word, now, zone)
    return _answered(state, typed, now, zone)


def _steps(answers: Mapping[str, str]) -> tuple[str, ...]:
    """All steps in order; ``besluit`` only where residents decide."""
    keys = [KEYS[name] for name in REQUIRED]
    if answers.get(KEYS["level"]) == Level.DECIDE.value:
        keys.append(KEYS["decision"])
    return (*keys, MORE, PREVIEW)


def _optional(answers: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(key for key in KEYS.values() if key not in _steps(answers))


def _next_open(answers: Mapping[str, str]) -> str:
    return next(step for step in _steps(answers) if step not in answers)


def _following(step: str, answers: Mapping[str, str]) -> str:
    """The first step after this one that has no answer yet."""
    steps = _steps(answers)
    return next(s for s in steps[steps.index(step) + 1 :] if s not in answers)


def _kept(values: Mapping[str, str], now: datetime, zone: ZoneInfo) -> dict[str, str] | Wrong:
    """Values as the form stores them."""
    read = read_values(values, now, zone)
    if isinstance(read, Wrong):
        return read
    return {KEYS[name]: typed_value(name, read[name]) for name in KEYS if name in read}


def _answered(state: FormState, typed: str, now: datetime, zone: ZoneInfo) -> Outcome:
    key = state.step
    options = tuple(CHOICES.get(FIELDS[key], ()))
    if options and typed.isascii() and typed.isdigit():
        place = int(typed[:6])
        if not 1 <= place <= len(options):
            return wrong("form_choose", key=key, value=typed[:40], options=options)
        typed = options[place - 1]
    value = read_value(key, typed, now, zone)
    if isinstance(value, Wrong):
        if value.code == "value_unknown":
            return wrong("form_choose", key=key, value=typed[:40], options=options)
        return value
    answers = {**state.answers, key: typed_value(FIELDS[key], value)}
    return FormState(_following(key, answers), answers)


def _more(state: FormState, text: str, word: str, now: datetime, zone: ZoneInfo) -> Outcome:
    if word in _READY:
        missing = _next_open({**state.answers, MORE: ""})
        return replace(state, step=missing)
    if "=" not in text[: TEXT_LIMIT + 40]:
        return wrong("form_more", value=text[:40].strip())
    found = pairs(text, TYPED_KEYS)
    if isinstance(found, Wrong):
        return found
    added = _kept(found, now, zone)
    if isinstance(added, Wrong):
        return added
    return FormState(MORE, {**state.answers, **added})


def _confirmed(state: FormState, typed: str, word: str) -> Outcome:
    if word in _YES:
        return Done(state.answers)
    if word in _NO:
        return replace(state, step=MORE)
    return wrong("form_preview", value=typed[:40])
