"""Reads what follows the words about items: a vote, and what staff does with what waits."""

from __future__ import annotations

import re

from commands.filling import GAP, Typed, example_of, missing, too_much
from commands.keyvalues import unquoted
from commands.said import Approve, Hide, Said, Show, Vote
from commands.word import LIST_LIMIT
from commands.wrong import Wrong, wrong

_TARGET = re.compile(rf"#?([0-9]{{1,4}}){GAP}")


def _target_in(typed: Typed, text: str) -> tuple[str, str] | Wrong:
    """An item, or a number of the last list of work, and the text after it."""
    match = _TARGET.match(text)
    if match is None:
        return typed.item_in(text)
    number = match[1].lstrip("0")
    if not number:
        example = f"{example_of(typed.word, typed.known)}7"
        return wrong("item_unreadable", word=typed.name, value=match[1], example=example)
    if number != match[1]:
        return wrong("item_leading_zero", value=match[1], nearest=number)
    return number, text[match.end() :]


def vote(typed: Typed) -> Said:
    if not typed.rest:
        return missing(typed, "item", "keuze")
    found = typed.item_in(typed.rest)
    if isinstance(found, Wrong):
        return Vote("", typed.rest) if found.code == "item_unreadable" else found
    if not found[1]:
        return wrong("choice_missing", item=found[0])
    return Vote(found[0], found[1])


def approve(typed: Typed) -> Said:
    numbers: list[str] = []
    rest = typed.rest
    if len(rest) > LIST_LIMIT:
        return too_much(typed, rest)
    while rest:
        found = _target_in(typed, rest)
        if isinstance(found, Wrong):
            return found
        numbers.append(found[0])
        rest = found[1]
    return Approve(tuple(dict.fromkeys(numbers))) if numbers else missing(typed, "nummers")


def hide(typed: Typed) -> Said:
    if not typed.rest:
        return missing(typed, "item", "reden")
    found = _target_in(typed, typed.rest)
    if isinstance(found, Wrong):
        return found
    return Hide(found[0], unquoted(found[1]))


def show(typed: Typed) -> Said:
    if not typed.rest:
        return missing(typed, "item")
    found = _target_in(typed, typed.rest)
    if isinstance(found, Wrong):
        return found
    return too_much(typed, found[1]) if found[1] else Show(found[0])
