"""Reads what follows a moderator's words about a dialogue: its opening, closing, title, charter."""

from __future__ import annotations

import re
from collections.abc import Mapping

from commands import charter
from commands.bounds import in_one_line, too_long
from commands.cleaning import without_end
from commands.filling import Typed, missing, refuse_more, too_much, without_at
from commands.keyvalues import head, pairs, unquoted
from commands.nearest import nearest
from commands.said import (
    Choose,
    CloseRound,
    Discard,
    NewDialogue,
    NextRound,
    Retitle,
    Said,
    SetCharter,
    SetSchedule,
    StaffRoom,
    Start,
    Until,
)
from commands.said_keeping import HoldDestruction, ResumeDestruction
from commands.said_pauses import Pause
from commands.wrong import Wrong, wrong

#: The most characters of a dialogue's title, so that it fits on a card.
TITLE_LIMIT = 120

#: The most characters of a reason that stands in the journal.
REASON_LIMIT = 200

_TOKEN = re.compile(r"(\S+)\s*")


def _moment(rest: str) -> str:
    """The words of a moment, without ``tot=`` and without quotes."""
    return unquoted(re.sub(r"\A(?:tot|until)\b\s*=?\s*", "", rest, flags=re.IGNORECASE))


#: The keys of a moment, by what may be typed.
_OPENS = {"om": "om", "at": "om"}
_CLOSES = {"tot": "tot", "until": "tot"}
#: The keys of a schedule: a round by its number, and the end of the last one.
_ROUNDS = {str(number): str(number) for number in range(1, 21)}
_ENDS = {"eind": "eind", "einde": "eind", "end": "eind"}
_BECAUSE = {"want": "want", "because": "want"}
_NUMBER = {"eind": "0"}
_KEYED = re.compile(r"(?<!\S)([^\W_]{1,20})\s*=\s*")
_BARE = re.compile(r"(?P<key>om|at|tot|until)\s+(?!=)(?P<moment>.+)", re.IGNORECASE | re.DOTALL)
_YES = re.compile(r"(?:ja|yes)(?=\s|\Z)[.!]?\s*", re.IGNORECASE)


def _moments(typed: Typed, rest: str, keys: Mapping[str, str]) -> dict[str, str] | Wrong:
    """The words of moments by ``om`` and ``tot``; they run to the next key. A moment without a key
    is refused: nobody knows whether it is to open or to close."""
    bare = _BARE.fullmatch(rest)
    if bare is not None and "=" not in rest and bare["key"].casefold() in keys:
        return {keys[bare["key"].casefold()]: unquoted(bare["moment"])}
    named = list(_KEYED.finditer(rest))
    before = rest[: named[0].start()] if named else rest
    if before.strip():
        return wrong("moment_no_place", word=typed.name, value=without_at(before))
    found: dict[str, str] = {}
    ends = [match.start() for match in named[1:]] + [len(rest)] * bool(named)
    for match, end in zip(named, ends, strict=True):
        key = keys.get(match[1].casefold())
        if key is None:
            known = tuple(dict.fromkeys(keys.values()))
            near = nearest(match[1].casefold(), keys)
            return wrong("key_unknown", key=match[1], nearest=near, known=known)
        if key in found:
            return wrong("key_twice", key=key)
        found[key] = unquoted(rest[match.end() : end])
        if not found[key]:
            return wrong("value_empty", key=key)
    return found


def start(typed: Typed) -> Said:
    if typed.rest.casefold().strip(" .!") in ("nu", "now"):
        return Start("")
    found = _moments(typed, typed.rest, _OPENS | _CLOSES)
    return found if isinstance(found, Wrong) else Start(found.get("tot", ""), found.get("om", ""))


def schedule(typed: Typed) -> Said:
    """``1="vrijdag 20:00" 2="20:40" eind="21:30"``; the quotes may be left out."""
    found = _moments(typed, typed.rest, _ROUNDS | _ENDS | _BECAUSE)
    if isinstance(found, Wrong):
        form = found.code in ("moment_no_place", "key_unknown")
        return wrong("schedule_form", value=typed.rest) if form else found
    want = found.pop("want", "")
    if want and not found:
        return wrong("schedule_form", value=typed.rest)
    return SetSchedule({int(_NUMBER.get(key, key)): said for key, said in found.items()}, want)


def next_round(typed: Typed) -> Said:
    sure = _YES.match(typed.rest)
    found = _moments(typed, typed.rest[sure.end() if sure else 0 :], _CLOSES)
    return found if isinstance(found, Wrong) else NextRound(found.get("tot", ""), bool(sure))


def close(typed: Typed) -> Said:
    sure = _YES.fullmatch(typed.rest)
    return refuse_more(typed) if typed.rest and not sure else CloseRound(bool(sure))


def discard(typed: Typed) -> Said:
    name, *more = typed.rest.split(maxsplit=1) or [""]
    return too_much(typed, more[0]) if more else Discard(name.removeprefix("@").casefold())


def _dialogue_and_reason(typed: Typed) -> tuple[str, str] | Wrong:
    name, _, reason = typed.rest.partition(" ")
    reason = in_one_line(unquoted(reason))
    if not name or not reason:
        lacking = [] if name else ["gesprek"]
        return missing(typed, *lacking, "reden")
    return too_long(REASON_LIMIT, {"reden": reason}) or (name.removeprefix("@").casefold(), reason)


def hold_destruction(typed: Typed) -> Said:
    found = _dialogue_and_reason(typed)
    return found if isinstance(found, Wrong) else HoldDestruction(*found)


def pause(typed: Typed) -> Said:
    """``pauze``, with a reason or without."""
    want = in_one_line(unquoted(re.sub(r"\A(?:want|because)\b\s*=?\s*", "", typed.rest)))
    return too_long(REASON_LIMIT, {"reden": want}) or Pause(want)


def resume_destruction(typed: Typed) -> Said:
    found = _dialogue_and_reason(typed)
    return found if isinstance(found, Wrong) else ResumeDestruction(*found)


def retitle(typed: Typed) -> Said:
    title, values = head(typed.rest)
    found = pairs(values, {"want": "want", "because": "want"})
    if isinstance(found, Wrong):
        return found
    title = in_one_line(title)
    if not title:
        return missing(typed, "titel")
    return too_long(TITLE_LIMIT, {"titel": title}) or Retitle(title, found.get("want", ""))


def new_dialogue(typed: Typed) -> Said:
    named = _TOKEN.match(typed.rest)
    if named is None:
        return missing(typed, "titel")
    title, values = head(typed.rest[named.end() :])
    found = pairs(values, {**charter.TYPED_KEYS, "in": "in"})
    if isinstance(found, Wrong):
        return found
    title = in_one_line(title)
    if "=" in named[1]:
        return missing(typed, "titel")
    room = found.pop("in", "")
    made = NewDialogue(named[1].casefold(), title, room, found, named[1])
    return too_long(TITLE_LIMIT, {"titel": title}) or made


def set_charter(typed: Typed) -> Said:
    found = pairs(typed.rest, {**charter.TYPED_KEYS, "want": "want", "because": "want"})
    if isinstance(found, Wrong):
        return found
    want = found.pop("want", "")
    return SetCharter(found, want)


def choose(typed: Typed) -> Said:
    return Choose(without_end(typed.rest.removeprefix("@")).casefold())


def staff_room(typed: Typed) -> Said:
    name, *more = typed.rest.split(maxsplit=1) or [""]
    return (
        too_much(typed, more[0]) if more else StaffRoom(without_end(name.lstrip("#@")).casefold())
    )


def until(typed: Typed) -> Said:
    words = _moment(typed.rest)
    return Until(words) if words else missing(typed, "moment")
