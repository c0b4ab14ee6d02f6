"""Reads what follows the words about meetings."""

from __future__ import annotations

import re
from collections.abc import Callable

from commands import charter
from commands.bounds import in_one_line, too_long
from commands.filling import GAP, Typed, missing, too_much
from commands.filling_dialogues import TITLE_LIMIT
from commands.keyvalues import head, pairs, unquoted
from commands.meetings import said
from commands.meetings.groups import people
from commands.offices import is_person
from commands.said import Said
from commands.times import series
from commands.times.moments import is_day, is_moment
from commands.wrong import Wrong, wrong

#: The keys of a meeting, by what may be typed.
KEYS = {
    "wanneer": "wanneer",
    "when": "wanneer",
    "duur": "duur",
    "duration": "duur",
    "waar": "waar",
    "where": "waar",
    "plaatsen": "plaatsen",
    "places": "plaatsen",
    "voor": "voor",
    "for": "voor",
    "door": "door",
    "by": "door",
    "gesprek": "gesprek",
    "dialogue": "gesprek",
    "vorige": "vorige",
    "previous": "vorige",
    "in": "in",
    **series.KEYS,
    "uit": "uit",
    "from": "uit",
}
_SERIES = {**series.KEYS, "duur": "duur", "duration": "duur", "in": "in"}
_PROPOSED = {
    **{key: KEYS[key] for key in ("wanneer", "when", "in")},
    "waarom": "waarom",
    "why": "waarom",
}
_MOVED = {
    "wanneer": "wanneer",
    "when": "wanneer",
    "want": "want",
    "because": "want",
}
_AGREED = {
    "wie": "wie",
    "who": "wie",
    "voor": "voor",
    "by": "voor",
    "tafel": "tafel",
    "table": "tafel",
}
_SIGNED = {
    "naam": "naam",
    "name": "naam",
    "namens": "namens",
    "behalf": "namens",
    "aantal": "aantal",
    "people": "aantal",
}

#: What may be typed about meetings: the Dutch term, and the English one.
TERMS = {
    dutch: english
    for keys in (KEYS, _PROPOSED, _AGREED, _SIGNED)
    for english, dutch in keys.items()
    if english != dutch and (dutch, english) != ("voor", "by")
} | {"dag": "day", "uur": "hour"}

#: The most characters of what was agreed, and of the other words of a meeting.
TEXT_LIMIT, LIMIT = 500, 200

_NUMBER = re.compile(rf"#?[Mm]\s?([1-9][0-9]{{0,5}}){GAP}")
_LEADS = re.compile(r"^(?:(?:voor|bij|naar|op|for|to|on|at)\s+)+", re.IGNORECASE)
_BECAUSE = re.compile(r"[\s,]+(?:want|omdat|because)\s+", re.IGNORECASE)
_ME = re.compile(r"^(?:mij|me|my)\b\s*")

#: What may stand behind ``agenda`` besides a moment.
_PERIODS = {
    f"{which} {what}"
    for which, what in (
        *(("deze", "week"), ("deze", "maand"), ("komende", "week"), ("volgende", "week")),
        *(("volgende", "maand"), ("this", "week"), ("this", "month"), ("next", "week")),
        ("next", "month"),
    )
}
_REMIND = {
    **dict.fromkeys(("", "ja", "yes", "beide", "both"), (True, True)),
    **dict.fromkeys(("dag", "day"), (True, False)),
    **dict.fromkeys(("uur", "hour"), (False, True)),
    **dict.fromkeys(("nee", "no", "niet"), (False, False)),
}


def meeting_in(text: str) -> tuple[int, str] | None:
    """The meeting that a text begins with, and the text after it; None without."""
    match = _NUMBER.match(text)
    return (int(match[1]), text[match.end() :]) if match is not None else None


def _in_words(rest: str) -> str:
    """The words by which a meeting was named, without those that lead to it."""
    return _LEADS.sub("", rest).strip(" .!?")[:LIMIT]


def _named(typed: Typed) -> tuple[int, str]:
    """The meeting that was named, 0 where none was, and the text after it."""
    return meeting_in(typed.rest) or (0, typed.rest)


def agenda(typed: Typed) -> Said:
    """A period behind it changes nothing: what comes next is shown, with its days."""
    meeting, rest = _named(typed)
    when = rest.casefold().strip(" .!?")
    if not meeting and (when in _PERIODS or is_moment(when) or is_day(when)):
        rest = ""
    return too_much(typed, rest) if rest else said.Agenda(meeting)


def _titled(typed: Typed, keys: dict[str, str]) -> tuple[str, dict[str, str]] | Wrong:
    title, values = head(typed.rest)
    found = pairs(values, keys)
    if isinstance(found, Wrong):
        return found
    title = in_one_line(title)
    if not title:
        return missing(typed, "titel")
    return too_long(TITLE_LIMIT, {"titel": title}) or too_long(LIMIT, found) or (title, found)


def new(typed: Typed) -> Said:
    found = _titled(typed, KEYS)
    if isinstance(found, Wrong):
        return found
    known = found[1].keys() & {"wanneer", "elke", "uit"}
    return said.NewMeeting(*found) if known else missing(typed, "wanneer")


def new_series(typed: Typed) -> Said:
    """A format, a title, how often, and the charter."""
    named = typed.rest.split(maxsplit=1)
    if not named or "=" in named[0]:
        return missing(typed, "titel")
    title, values = head(named[1] if len(named) > 1 else "")
    found = pairs(values, {**charter.TYPED_KEYS, **_SERIES})
    if isinstance(found, Wrong):
        return found
    title = in_one_line(title)
    long = too_long(TITLE_LIMIT, {"titel": title})
    if long is not None:
        return long
    often = {key: found.pop(key) for key in set(_SERIES.values()) & found.keys()}
    if "elke" not in often:
        return missing(typed, "elke")
    room = often.pop("in", "")
    return said.NewSeries(named[0].casefold(), title, room, often, found, named[0])


def propose(typed: Typed) -> Said:
    found = _titled(typed, _PROPOSED)
    return found if isinstance(found, Wrong) else said.ProposeMeeting(*found)


def take(typed: Typed) -> Said:
    meeting, rest = _named(typed)
    found = pairs(rest, {key: name for key, name in KEYS.items() if name != "in"})
    if isinstance(found, Wrong):
        return found
    return too_long(LIMIT, found) or said.TakeMeeting(meeting, found)


def _as_said(rest: str) -> dict[str, str]:
    """A moment and a reason as people say them: "naar zaterdag 20:00 want de zaal is dicht"."""
    when, *why = _BECAUSE.split(_LEADS.sub("", rest), maxsplit=1)
    return {"wanneer": when.strip()} | ({"want": why[0].strip()} if why else {})


def move(typed: Typed) -> Said:
    meeting, rest = _named(typed)
    found = pairs(rest, _MOVED) if "=" in rest or not rest else _as_said(rest)
    if isinstance(found, Wrong):
        return found
    lacking = [key for key in ("wanneer", "want") if key not in found]
    if lacking:
        return missing(typed, *lacking)
    return too_long(LIMIT, found) or said.MoveMeeting(meeting, found["wanneer"], found["want"])


def with_reason(make: Callable[[int, str], Said]) -> Callable[[Typed], Said]:
    """Reads a meeting and a reason."""

    def fill(typed: Typed) -> Said:
        meeting, rest = _named(typed)
        reason = in_one_line(unquoted(rest))
        if not any(map(str.isalpha, reason)):  # the people it is about read it: "2" tells nothing
            return missing(typed, "reden")
        return too_long(LIMIT, {"reden": reason}) or make(meeting, reason)

    return fill


def alone(make: Callable[[int], Said]) -> Callable[[Typed], Said]:
    """Reads a meeting, or nothing where it may be clear."""

    def fill(typed: Typed) -> Said:
        meeting, rest = _named(typed)
        return too_much(typed, rest) if rest else make(meeting)

    return fill


def sign_off(typed: Typed) -> Said:
    meeting, rest = _named(typed)
    if rest and meeting:
        return too_much(typed, rest)
    return said.SignOff(meeting, _in_words(rest))


def sign_up(typed: Typed) -> Said:
    meeting, rest = _named(typed)
    if rest and "=" not in rest:
        return (
            wrong("meeting_each", meeting=f"M{meeting}")
            if meeting
            else said.SignUp(0, named=_in_words(rest))
        )
    found = pairs(rest, _SIGNED)
    if isinstance(found, Wrong):
        return found
    if ("namens" in found) != ("aantal" in found):
        return missing(typed, "aantal" if "namens" in found else "namens")
    if "namens" not in found:
        return too_long(LIMIT, found) or said.SignUp(meeting, found.get("naam", ""))
    many = people(found["aantal"], "aantal", low=0)
    if isinstance(many, Wrong):
        return many
    return said.SignUp(meeting, "", found["namens"], many)


def remind(typed: Typed) -> Said:
    meeting, rest = _named(typed)
    wanted = _REMIND.get(_ME.sub("", rest.casefold()).strip(" .!"))
    if wanted is None:
        options = ("dag", "uur", "nee")
        return wrong("value_unknown", key=typed.name, value=rest[:40], options=options)
    return said.Remind(meeting, *wanted)


def attended(typed: Typed) -> Said:
    meeting, rest = _named(typed)
    if not rest:
        return missing(typed, "aantal")
    many = people(rest, "aantal", low=0)
    return many if isinstance(many, Wrong) else said.Attended(meeting, many)


def tables(typed: Typed) -> Said:
    meeting, rest = _named(typed)
    if not rest:
        return missing(typed, "aantal")
    many = people(rest, "aantal")
    return many if isinstance(many, Wrong) else said.Tables(meeting, many)


def agreed(typed: Typed) -> Said:
    meeting, rest = _named(typed)
    text, values = head(rest)
    found = pairs(values, _AGREED)
    if isinstance(found, Wrong):
        return found
    text = in_one_line(text)
    if not text:
        return missing(typed, "tekst")
    long = too_long(TEXT_LIMIT, {"tekst": text})
    if long is not None:
        return long
    table = people(found["tafel"], "tafel") if "tafel" in found else 0
    who, by = found.get("wie", ""), found.get("voor", "")
    if isinstance(table, Wrong) or is_person(who):
        return table if isinstance(table, Wrong) else wrong("who_is_person", who=who)
    return too_long(LIMIT, found) or said.Agreed(meeting, text, who, by, table)
