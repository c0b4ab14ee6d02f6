"""The charter as a form, one question at a time: pure functions from state and answer to outcome.

A state is small and JSON; ``ask`` says what to ask, ``answer`` what an answer leads to. At every
step "terug" goes one step back, "stop" ends the form with the answers so far, "?" asks what is
meant, and ``key=value`` answers the questions of those keys. The answers are kept in the words that
can be typed for them, days as ISO.
"""

from __future__ import annotations

import re
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
from commands.choices import agrees
from commands.cleaning import plain_word
from commands.keyvalues import opens_a_quote, pairs, unquoted
from commands.nearest import nearest
from commands.wrong import Wrong, wrong
from dialogues.charter import KEYS, REQUIRED, Level

MORE = "more"
PREVIEW = "preview"
CHANGE = "change"

_BACK = frozenset({"terug", "back"})
_STOP = frozenset({"stop"})
_KEEP = frozenset({"klaar", "done"})
_KEYED = re.compile(r"\s*([^\W\d_]{1,20})[ \t]?=")
_NAMED = re.compile(r"([^\W\d_]{1,20}):?\s+(.+)", re.DOTALL)
_HELP = frozenset({"help", "hulp", "uitleg", "explain", "wat", "hoezo", "geen idee", "no idea"}) | {
    *("weet ik niet", "weet niet", "ik weet het niet", "i dont know", "dont know"),
}


@dataclass(frozen=True, slots=True)
class FormState:
    """``step`` is a Dutch key, ``more``, ``preview`` or ``change`` (which of them is not right);
    ``answers`` are by Dutch key, as typed."""

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
    """The form was ended before it was finished: the values so far by Dutch key, as typed."""

    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Puzzled:
    """Somebody asked what the question means; the form stays at its step."""


Outcome: TypeAlias = FormState | Done | Stopped | Puzzled | Wrong


def state_from(data: Mapping[str, object]) -> FormState:
    """The state from the data of ``as_data``."""
    answers = data["answers"]
    assert isinstance(answers, Mapping)
    return FormState(str(data["step"]), {str(key): str(value) for key, value in answers.items()})


def begin(values: Mapping[str, str], now: datetime, zone: ZoneInfo) -> FormState | Wrong:
    """The form for what these values (by Dutch key, as typed) do not answer."""
    answers = _kept(values, now, zone)
    return answers if isinstance(answers, Wrong) else FormState(_next_open(answers), answers)


def given(
    state: FormState, values: Mapping[str, str], now: datetime, zone: ZoneInfo
) -> FormState | Done | Wrong:
    """The outcome of values (by Dutch key, as typed) that answer questions of the form, in whatever
    order. They finish it where they answer the last of the questions that have to be answered."""
    added = _kept(values, now, zone)
    if isinstance(added, Wrong):
        return added
    answers = {**state.answers, **added}
    if state.step == CHANGE:
        return FormState(_next_open({**answers, MORE: ""}), answers)
    if state.step in (MORE, PREVIEW):
        return FormState(MORE, answers)
    step = _next_open(answers)
    return Done(answers) if step == MORE else FormState(step, answers)


def ask(state: FormState) -> FormQuestion:
    """The question of this step."""
    steps = _steps(state.answers)
    place = _place(state, steps) + 1
    if state.step == CHANGE:
        options = tuple(state.answers)
        return FormQuestion("form_change", "", options, place, len(steps), state.answers)
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
        return Stopped(state.answers)
    if typed == "?" or word.rstrip("?").replace("'", "") in _HELP:
        return Puzzled()
    if word in _BACK:
        steps = _steps(state.answers)
        place = _place(state, steps)
        return replace(state, step=steps[place - 1]) if place else wrong("form_first")
    if names_a_key(text):
        found = _values(text)
        return found if isinstance(found, Wrong) else given(state, found, now, zone)
    if state.step == PREVIEW:
        return _confirmed(state, typed)
    if state.step == CHANGE and TYPED_KEYS.get(word) in state.answers:
        return _asked_again(state, TYPED_KEYS[word])
    if state.step in (MORE, CHANGE):
        return _more(state, text, word, now, zone)
    if word in _KEEP and state.step in state.answers:
        return replace(state, step=_following(state.step, state.answers))
    return _answered(state, typed, now, zone)


def names_a_key(text: str) -> bool:
    """Whether a text begins with a key of the charter and its "="."""
    found = _KEYED.match(text)
    return found is not None and found[1].casefold() in TYPED_KEYS


def _values(text: str) -> dict[str, str] | Wrong:
    """The values of a text that begins with a key. Where it has no other, all that follows is the
    value, with quotes or without."""
    found = _KEYED.match(text)
    assert found is not None
    rest = text[found.end() :].strip()
    if rest and "=" not in rest and not opens_a_quote(rest):
        return {TYPED_KEYS[found[1].casefold()]: rest}
    return pairs(text, TYPED_KEYS)


def _place(state: FormState, steps: tuple[str, ...]) -> int:
    """The place of a step, from 0; what is not right is asked where the answers are shown."""
    return steps.index(PREVIEW if state.step == CHANGE else state.step)


def _asked_again(state: FormState, key: str) -> FormState:
    """The question of a key again; of one that is not asked for, that it can be given anew."""
    steps = _steps(state.answers)
    return replace(state, step=key) if key in steps else replace(state, step=MORE)


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
    if isinstance(value, Wrong) and (near := nearest(typed.casefold(), options)):
        value = read_value(key, near, now, zone)  # the preview shows it, and asks
    if isinstance(value, Wrong):
        if value.code == "value_unknown":
            return wrong("form_choose", key=key, value=typed[:40], options=options)
        return value
    answers = {**state.answers, key: typed_value(FIELDS[key], value)}
    return FormState(_following(key, answers), answers)


def _more(state: FormState, text: str, word: str, now: datetime, zone: ZoneInfo) -> Outcome:
    """Another agreement, or another answer, with or without "=" behind its word; or none."""
    if word in _KEEP or agrees(text) == "no":
        missing = _next_open({**state.answers, MORE: ""})
        return replace(state, step=missing)
    if "=" in text[: TEXT_LIMIT + 40]:
        found = pairs(text, TYPED_KEYS)  # no key of the charter: what is wrong with it
        if isinstance(found, Wrong):
            return found
    named = _NAMED.fullmatch(text.strip())
    if named is not None and named[1].casefold() in TYPED_KEYS:
        return given(state, {TYPED_KEYS[named[1].casefold()]: unquoted(named[2])}, now, zone)
    if state.step == CHANGE:
        return wrong("form_change", value=text[:40].strip())
    return wrong("form_more", value=text[:40].strip())


def _confirmed(state: FormState, typed: str) -> Outcome:
    said = agrees(typed)
    if said == "yes":
        return Done(state.answers)
    if said == "no":
        return replace(state, step=CHANGE)
    return wrong("form_preview", value=typed[:40])
