"""Groups of people as they are typed: for whom a meeting is, and how many places each has."""

from __future__ import annotations

import re

from commands.wrong import Wrong, wrong
from meetings.meeting import Group, Places

#: The words for each group, the Dutch one first and the English one second.
GROUPS: dict[Group, tuple[str, ...]] = {
    Group.RESIDENTS: ("bewoners", "residents", "inwoners", "bewoner", "resident"),
    Group.YOUTH: ("jongeren", "youth", "jongere", "young people"),
    Group.COUNCIL: ("raad", "council", "raadsleden", "councillors"),
    Group.EXECUTIVE: ("college", "executive", "wethouders", "aldermen"),
    Group.OFFICIALS: ("ambtenaren", "officials", "ambtenaar", "official"),
}

#: Everybody, as the audience; the Dutch word first.
_EVERYBODY = ("iedereen", "everybody", "everyone", "alle")

#: The most people of one group.
MOST = 10_000

_BY_WORD = {word: group for group, words in GROUPS.items() for word in words}
_PLACES = re.compile(r"([^\W\d_][^\d,;]*?)\s*[:=]?\s*([0-9]{1,6})\s*\Z")
_APART = re.compile(r"\s*(?:[,;]|\ben\b|\band\b)\s*")


def group(typed: str, key: str) -> Group | Wrong:
    """The group that was typed."""
    found = _BY_WORD.get(" ".join(typed.casefold().split()))
    if found is None:
        options = tuple(words[0] for words in GROUPS.values())
        options += (_EVERYBODY[0],) * (key == "voor")
        return wrong("value_unknown", key=key, value=typed.strip()[:40], options=options)
    return found


def audience(typed: str) -> tuple[Group, ...] | Wrong:
    """For whom a meeting is; empty for everybody."""
    if " ".join(typed.casefold().split()) in _EVERYBODY:
        return ()
    groups = [group(each, "voor") for each in _APART.split(typed) if each.strip()]
    wrongs = [each for each in groups if isinstance(each, Wrong)]
    if wrongs:
        return wrongs[0]
    return tuple(dict.fromkeys(each for each in groups if isinstance(each, Group)))


def places(typed: str) -> Places | Wrong:
    """How many places there are: one figure, or one for each group."""
    whole = people(typed, "plaatsen")
    if isinstance(whole, int):
        return Places(whole)
    if typed.strip().isdigit():
        return whole
    found: dict[Group, int] = {}
    for each in filter(str.strip, _APART.split(typed)):
        match = _PLACES.fullmatch(each.strip())
        if match is None:
            return wrong("meeting_places", value=typed.strip()[:60])
        whose, many = group(match[1], "plaatsen"), people(match[2], "plaatsen")
        if isinstance(whose, Wrong):
            return whose
        if isinstance(many, Wrong):
            return many
        found[whose] = many
    return Places(0, tuple(found.items()))


def people(typed: str, key: str, low: int = 1) -> int | Wrong:
    """A number of people."""
    digits = typed.strip().replace(".", "")
    if not digits.isdecimal() or not low <= int(digits[:9]) <= MOST:
        return wrong("value_out_of_range", key=key, value=typed.strip()[:40], low=low, high=MOST)
    return int(digits)
