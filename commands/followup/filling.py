"""Reads what follows the words about what becomes of an advice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from commands.bounds import in_one_line, too_long
from commands.cleaning import plain_word
from commands.filling import GAP, Typed, missing, shown
from commands.followup.said import NoteProgress, Postpone, Received, Response
from commands.keyvalues import head, pairs, unquoted
from commands.said import Said
from commands.wrong import Wrong, wrong
from dialogues.followup.events import Body, Outcome
from dialogues.followup.progress import Progress

#: The keys of an answer, by what may be typed.
_ANSWER = {
    "van": "van",
    "body": "van",
    "from": "van",
    "bron": "bron",
    "source": "bron",
    "klaar": "klaar",
    "done": "klaar",
}
_PROGRESS = {"bron": "bron", "source": "bron"}
_WANT = {"want": "want", "because": "want"}

#: What can be said of a recommendation, by what may be typed; those of two words first.
OUTCOMES = {
    "niet overgenomen": Outcome.NOT,
    "deels overgenomen": Outcome.PARTLY,
    "gedeeltelijk overgenomen": Outcome.PARTLY,
    "not adopted": Outcome.NOT,
    "partly adopted": Outcome.PARTLY,
    "overgenomen": Outcome.ADOPTED,
    "adopted": Outcome.ADOPTED,
    "gedeeltelijk": Outcome.PARTLY,
    "deels": Outcome.PARTLY,
    "partly": Outcome.PARTLY,
    "niet": Outcome.NOT,
    "not": Outcome.NOT,
}

#: Who answers, by what may be typed.
BODIES = {
    "college": Body.COLLEGE,
    "board": Body.COLLEGE,
    "raad": Body.COUNCIL,
    "gemeenteraad": Body.COUNCIL,
    "council": Body.COUNCIL,
    "burgemeester": Body.MAYOR,
    "mayor": Body.MAYOR,
}

#: How far something is, by what may be typed.
STATES = {
    "bezig": Progress.UNDERWAY,
    "underway": Progress.UNDERWAY,
    "klaar": Progress.DONE,
    "done": Progress.DONE,
    "gestopt": Progress.STOPPED,
    "stopped": Progress.STOPPED,
}

#: The words that are shown for these, in Dutch.
OUTCOME_WORDS = {
    Outcome.ADOPTED: "overgenomen",
    Outcome.PARTLY: "deels",
    Outcome.NOT: "niet",
}
BODY_WORDS = {Body.COLLEGE: "college", Body.COUNCIL: "raad", Body.MAYOR: "burgemeester"}
STATE_WORDS = {
    Progress.UNDERWAY: "bezig",
    Progress.DONE: "klaar",
    Progress.STOPPED: "gestopt",
}

#: What may be typed about an advice: the Dutch term, and the English one.
TERMS = {
    "van": "body",
    "bron": "source",
    "klaar": "done",
    "overgenomen": "adopted",
    "deels": "partly",
    "niet": "not",
    "college": "board",
    "raad": "council",
    "burgemeester": "mayor",
    "bezig": "underway",
    "gestopt": "stopped",
    "nog niet bekend": "not yet known",
}

#: What says that nobody knows yet by when something is done.
_UNKNOWN = frozenset(
    {
        *("nog niet bekend", "niet bekend", "onbekend", "nog onbekend", "weet ik niet"),
        *("weet ik nog niet", "geen idee", "dat weten we nog niet", "weten we nog niet"),
        *("not yet known", "not known yet", "not known", "unknown", "i dont know", "no idea"),
    }
)

#: The most characters of a case number, of a source and of a reason.
_CASE, _SOURCE, _REASON = 60, 300, 300

_COMMITMENT = re.compile(rf"[Tt]\s?([1-9][0-9]{{0,5}}){GAP}")
_LEADS = re.compile(r"\A(?:(?:zaak(?:nummer)?|case(?: number)?)\s*[:.]?\s+)", re.IGNORECASE)

_Value = TypeVar("_Value")


def is_unknown(text: str) -> bool:
    """Whether a text says that a day is not known yet."""
    return plain_word(text[:60]).strip(" .!") in _UNKNOWN


def received(typed: Typed) -> Said:
    """A case number: a few words, with a figure among them."""
    case = in_one_line(unquoted(_LEADS.sub("", typed.rest)))
    if not case:
        return missing(typed, "zaaknummer")
    long = too_long(_CASE, {"zaaknummer": case})
    if long is not None:
        return long
    if not any(map(str.isdigit, case)) or len(case.split()) > 4:
        return wrong("case_unreadable", value=shown(case))
    return Received(case)


def response(typed: Typed) -> Said:
    if not typed.rest:
        return missing(typed, "item", "uitkomst", "tekst")
    found = typed.item_in(typed.rest)
    if isinstance(found, Wrong):
        return found
    item, rest = found
    text, keyed = head(rest)
    values = _values(keyed, _ANSWER)
    if isinstance(values, Wrong):
        return values
    body = _body(values)
    if isinstance(body, Wrong):
        return body
    source, day = values.get("bron", ""), values.get("klaar", "")
    if not text and set(values) == {"klaar"}:
        return Response(item, None, "", None, "", day)
    said = _first(text, OUTCOMES)
    if said is None:
        return wrong("outcome_missing", item=item)
    outcome, words = said
    if not words:
        return wrong("response_text", item=item, outcome=outcome.value)
    if body is None:
        return wrong("body_missing", item=item)
    return Response(item, outcome, words, body, source, day)


def postpone(typed: Typed) -> Said:
    """``A1 15 januari want="…"``; "tot" before the day may be there."""
    if not typed.rest:
        return missing(typed, "dag")
    item, rest = _numbered(typed, typed.rest)
    text, keyed = head(rest)
    values = _values(keyed, _WANT)
    if isinstance(values, Wrong):
        return values
    day = re.sub(r"\A(?:tot|naar|until|to)\s+", "", text, flags=re.IGNORECASE)
    if not day:
        return missing(typed, "dag")
    return Postpone(item, day, values.get("want", ""))


def progress(typed: Typed) -> Said:
    if not typed.rest:
        return missing(typed, "item", "stand", "tekst")
    item, rest = _numbered(typed, typed.rest)
    if not item:
        unread = typed.item_in(typed.rest)
        assert isinstance(unread, Wrong)
        return unread
    text, keyed = head(rest)
    values = _values(keyed, _PROGRESS)
    if isinstance(values, Wrong):
        return values
    said = _first(text, STATES)
    if said is None:
        return wrong("progress_missing", item=item)
    if not said[1]:
        return wrong("progress_text", item=item, state=said[0].value)
    return NoteProgress(item, said[0], said[1], values.get("bron", ""))


def _numbered(typed: Typed, text: str) -> tuple[str, str]:
    """The recommendation or commitment that a text begins with, "" for none, and the rest."""
    match = _COMMITMENT.match(text)
    if match is not None:
        return f"T{match[1]}", text[match.end() :]
    found = typed.item_in(text)
    return ("", text) if isinstance(found, Wrong) else found


def _values(keyed: str, keys: Mapping[str, str]) -> dict[str, str] | Wrong:
    found = pairs(keyed, keys)
    if isinstance(found, Wrong):
        return found
    for key, limit in (("bron", _SOURCE), ("want", _REASON), ("klaar", _CASE)):
        found[key] = in_one_line(found.get(key, ""))
        long = too_long(limit, {key: found[key]})
        if long is not None:
            return long
    return {key: value for key, value in found.items() if value}


def _body(values: Mapping[str, str]) -> Body | None | Wrong:
    typed = values.get("van", "")
    said = plain_word(typed).strip(" .").removeprefix("de ").removeprefix("het ")
    if not typed:
        return None
    if said not in BODIES:
        return wrong("value_unknown", key="van", value=typed[:40], options=(*BODY_WORDS.values(),))
    return BODIES[said]


def _first(text: str, known: Mapping[str, _Value]) -> tuple[_Value, str] | None:
    """What the first word or two of a text mean, and the text after them."""
    for form, meant in known.items():
        parts = r"\s+".join(map(re.escape, form.split()))
        found = re.match(rf"{parts}(?![^\W_])[\s:,.;-]*", text, re.IGNORECASE)
        if found is not None:
            return meant, unquoted(text[found.end() :])
    return None
