"""The charter as people type it: typed values to the fields of ``Charter``, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from commands.bounds import in_one_line, too_long
from commands.cleaning import plain_word, whole_number, without_end
from commands.nearest import nearest
from commands.times.lengths import length
from commands.times.moments import parse_day
from commands.wrong import Wrong, wrong
from dialogues.charter import (
    KEYS,
    BallotMode,
    Charter,
    Initiator,
    Length,
    Level,
    Phase,
    Reveal,
    Review,
)

#: How long a document can be a draft: at least and at most.
SHORTEST, LONGEST = timedelta(minutes=10), timedelta(days=60)

#: What people type for no draft.
_NO_DRAFT = frozenset({"nee", "no", "geen", "none", "niet", "0"})

#: The longest text of one agreement.
TEXT_LIMIT = 500

_IN_ENGLISH: dict[str, str] = {
    "level": "level",
    "decider": "decider",
    "answer_by": "answer",
    "fixed": "fixed",
    "open": "open",
    "phase": "phase",
    "ballot": "ballot",
    "reveal": "results",
    "review": "review",
    "initiator": "initiative",
    "audience": "for",
    "addresses": "addresses",
    "invitation": "invitation",
    "agenda": "agenda",
    "minimum": "minimum",
    "quotes": "quotes",
    "language": "language",
    "decision": "decision",
    "concept": "draft",
}

#: The keys in Dutch, and in English.
ENGLISH_KEYS: dict[str, str] = {KEYS[name]: english for name, english in _IN_ENGLISH.items()}

#: What may be typed, and the canonical (Dutch) key.
TYPED_KEYS: dict[str, str] = {english: dutch for dutch, english in ENGLISH_KEYS.items()} | {
    key: key for key in KEYS.values()
}
FIELDS: dict[str, str] = {key: name for name, key in KEYS.items()}

#: The values to choose from, by field: the Dutch words, in the order of the form.
CHOICES: dict[str, dict[str, object]] = {
    "level": {level.value: level for level in Level},
    "phase": {phase.value: phase for phase in Phase},
    "ballot": {"vertrouwelijk": BallotMode.CONFIDENTIAL, "open": BallotMode.OPEN},
    "reveal": {"na-sluiting": Reveal.AFTER_CLOSING},
    "review": {review.value: review for review in Review},
    "initiator": {initiator.value: initiator for initiator in Initiator},
    "quotes": {"ja": True, "nee": False},
    "language": {"nl": "nl", "en": "en"},
}

_ENGLISH_VALUES: dict[str, dict[str, str]] = {
    "level": {
        "inform": "meeweten",
        "know": "meeweten",
        "think": "meedenken",
        "think along": "meedenken",
        "join": "meedoen",
        "join in": "meedoen",
        "decide": "meebeslissen",
    },
    "phase": {
        "preparation": "voorbereiding",
        "execution": "uitvoering",
        "evaluation": "evaluatie",
    },
    "ballot": {"confidential": "vertrouwelijk"},
    "reveal": {"after closing": "na-sluiting"},
    "review": {"afterwards": "achteraf", "after": "achteraf", "before": "vooraf"},
    "initiator": {"town": "gemeente", "residents": "bewoners"},
    "quotes": {"yes": "ja", "no": "nee"},
    "language": {"nederlands": "nl", "dutch": "nl", "engels": "en", "english": "en"},
}

#: The values to choose from in Dutch, and in English.
ENGLISH_VALUES: dict[str, str] = {
    dutch: english.replace(" ", "-")
    for values in _ENGLISH_VALUES.values()
    for english, dutch in reversed(values.items())  # of several the one that is named first
    if dutch not in ("nl", "en")
}

#: The fields that are numbers, with their bounds.
_NUMBERS = {"addresses": (1, 1_000_000), "minimum": (1, 100_000)}

_COMPARED: dict[str, dict[str, object]] = {
    name: {plain_word(word): value for word, value in choices.items()}
    | {word: choices[dutch] for word, dutch in _ENGLISH_VALUES.get(name, {}).items()}
    for name, choices in CHOICES.items()
}
# The default for the figures of an open ballot can be typed too.
_COMPARED["reveal"] |= {"meteen": Reveal.LIVE, "live": Reveal.LIVE}


def read_values(
    values: Mapping[str, str], now: datetime, zone: ZoneInfo
) -> dict[str, object] | Wrong:
    """Typed values, by Dutch or English key, as fields for ``dialogues.charter.changed``."""
    fields: dict[str, object] = {}
    for typed, value in values.items():
        key = TYPED_KEYS.get(typed.casefold())
        if key is None:
            known = tuple(KEYS.values())
            return wrong("key_unknown", key=typed, nearest=nearest(typed, TYPED_KEYS), known=known)
        if FIELDS[key] in fields:
            return wrong("key_twice", key=key)
        read = read_value(key, value, now, zone)
        if isinstance(read, Wrong):
            return read
        fields[FIELDS[key]] = read
    return fields


def read_value(key: str, value: str, now: datetime, zone: ZoneInfo) -> object | Wrong:
    """One typed value for a canonical key, as the field's value; or what is wrong with it."""
    name = FIELDS[key]
    value = in_one_line(value)
    if not value:
        return wrong("value_empty", key=key)
    if name in _COMPARED:
        found = _COMPARED[name].get(plain_word(without_end(value[:40])))
        if found is None:
            return wrong("value_unknown", key=key, value=value[:40], options=tuple(CHOICES[name]))
        return found
    if name == "answer_by":
        return parse_day(value, now, zone)
    if name in _NUMBERS:
        low, high = _NUMBERS[name]
        number = whole_number(value)
        if number is None or not low <= number <= high:
            return wrong("value_out_of_range", key=key, value=value[:40], low=low, high=high)
        return number
    if name == "concept":
        return _length(key, value)
    return too_long(TEXT_LIMIT, {key: value}) or value


def _length(key: str, value: str) -> Length | None | Wrong:
    """For how long the document is a draft; None where somebody wants none."""
    if plain_word(value[:10]).strip(" .!") in _NO_DRAFT:
        return None
    time = length(without_end(value[:40]))
    if time is None or not SHORTEST <= time <= LONGEST:
        return wrong("length_unreadable", key=key, value=value[:40])
    return Length(value, round(time.total_seconds() / 60))


def value_named(name: str, word: str) -> str:
    """The Dutch word for the choice of a field that a word names, in either language; "" for
    none."""
    choice = _COMPARED[name].get(plain_word(word))
    found = [typed for typed, value in CHOICES[name].items() if value == choice]
    return found[0] if choice is not None and found else ""


def as_typed(charter: Charter) -> dict[str, str]:
    """Everything agreed, by Dutch key, as it could be typed again."""
    typed: dict[str, str] = {}
    for name, key in KEYS.items():
        word = typed_value(name, getattr(charter, name))
        if word:
            typed[key] = word
    return typed


def agreed(charter: Charter) -> dict[str, str]:
    """What was agreed otherwise than where nothing is said, by Dutch key."""
    silent = as_typed(Charter())
    return {key: word for key, word in as_typed(charter).items() if silent.get(key) != word}


def typed_value(name: str, value: object) -> str:
    """A field's value as it can be typed; "" for a value that cannot be typed."""
    for word, choice in CHOICES.get(name, {}).items():
        if choice == value:
            return word
    if name in CHOICES or value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
