"""What each typed line does: slash words change person, place or clock; other lines are said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.console.terminal import saying, slash
from bot.console.terminal.settings import places
from bot.console.terminal.slash import SLASHES
from bot.console.terminal.table import Table
from bot.platforms.console import NAME
from bot.platforms.places import Place, PlaceKind
from bot.runtime.clock import system
from bot.text.cleaning import one_line

_PRIVATE = frozenset({"prive", "privé", "private", "personal", "ik", "me"})

#: What was typed is said back no longer than this.
_SHORT = 40


def line(table: Table, text: str) -> bool:
    """Do what a line says; False when it ends the console."""
    text = text.strip()
    if not text:
        return True
    if not text.startswith("/"):
        saying.say(table, text)
        table.refresh()
        return True
    entry, word, rest = slash.read(text)
    if entry is None:
        _unknown(table, word)
        return True
    if entry.dutch == "uit":
        return False
    if not _MOVES[entry.dutch](table, rest):
        table.note("usage", usage=table.words.pick(entry.usage))
    table.refresh()
    return True


def _unknown(table: Table, word: str) -> None:
    near = slash.meant(word)
    meant = table.words("meant", word=near) if near else ""
    table.note("unknown_slash", word=one_line(word)[:_SHORT], nearest=meant)


def _help(table: Table, _rest: str) -> bool:
    pick = table.words.pick
    width = max(len(pick(entry.usage)) for entry in SLASHES)
    rows = [f"{pick(entry.usage):<{width}}  {pick(entry.help)}" for entry in SLASHES]
    table.paper.note("\n".join(rows))
    return True


# -- who and where ---------------------------------------------------------------------------


def _who(table: Table, rest: str) -> bool:
    if rest:
        typed, *named = rest.split()
        name = slash.name(typed)
        if name is None:
            table.note("bad_name")
            return True
        if name.casefold() in (*table.rooms, *table.rooms.values()):
            table.note("room_taken", name=name)
            return True
        for role in named:
            if role.casefold() not in slash.ROLES:
                known = ", ".join(sorted(slash.ROLES))
                table.note("bad_role", role=one_line(role)[:_SHORT], roles=known)
                return True
        table.who = name
        table.people.names.add(name)
        if named:
            roles = {slash.ROLES[role.casefold()] for role in named}
            table.people.set_roles(name, sorted(roles - {""}))
        if table.place.kind is PlaceKind.PERSONAL:
            table.place = Place(NAME, PlaceKind.PERSONAL, name)
    roles_held = table.people.roles(table.who)
    held = [table.words.pick((slash.IN_DUTCH.get(role, role), role)) for role in roles_held]
    held = held or [table.words.resident]
    table.note("who", who=table.who, roles=", ".join(held))
    return True


def _place(table: Table, rest: str) -> bool:
    if not rest:
        here = table.here(table.place)
        table.note("places", here=here, places=", ".join(table.places()))
        return True
    if rest.casefold() in _PRIVATE:
        table.place = Place(NAME, PlaceKind.PERSONAL, table.who)
        return True
    name = slash.room(rest.lstrip("#@"))
    if name is None:
        table.note("bad_name")
        return True
    if name in table.rooms.values():
        table.place = Place(NAME, PlaceKind.STAFF, name)
        return True
    if name not in table.rooms:
        if table.people.is_person(rest):
            table.note("person_taken", name=rest)
            return True
        _new_room(table, name)
    table.place = Place(NAME, PlaceKind.ROOM, name)
    return True


def _new_room(table: Table, name: str) -> None:
    staff = next(iter(table.rooms.values()))
    table.rooms[name] = table.memory.kept.rooms[name] = staff
    table.session.town.rooms = places(table.rooms, table.session.town.rooms.youth)
    table.session.engine.ledger.ties.learn()
    table.running.keep()
    table.note("new_room", room=name)


# -- the clock -------------------------------------------------------------------------------


def _clock(table: Table, rest: str) -> bool:
    if rest:
        ahead = slash.ahead(rest)
        if ahead is None:
            table.note("clock_back" if rest.startswith("-") else "bad_clock")
            return True
        table.memory.ahead = (table.memory.ahead or timedelta()) + ahead
        table.running.keep()
        _move(table, table.memory.ahead)
    else:
        table.note("clock", now=table.now(), ahead=table.ahead())
    return True


def _move(table: Table, ahead: timedelta) -> None:
    """Move the clock, say what time it is, and let happen what falls due until then, each at its
    own hour."""
    clock, before = table.clock, table.clock.ahead
    clock.ahead = ahead
    table.note("clock", now=table.now(), ahead=table.ahead())
    until, clock.ahead = clock(), before
    for hour in table.running.passing(until):
        clock.ahead = hour - system()
    clock.ahead = ahead
    table.tick()


# -- messages --------------------------------------------------------------------------------


def _react(table: Table, rest: str) -> bool:
    """Put a reaction on an item; the sign and the item may come in either order."""
    parts = rest.split()
    if len(parts) != 2:
        return False
    sign, item = parts if parts[1][-1:].isdigit() else reversed(parts)
    saying.react(table, sign, item)
    return True


def _unreact(table: Table, rest: str) -> bool:
    number = _number(table, rest)
    if number:
        saying.unreact(table, number)
    return bool(rest)


def _edit(table: Table, rest: str) -> bool:
    typed, _, text = rest.partition(" ")
    if not text.strip():
        return False
    number = _number(table, typed)
    if number:
        saying.edit(table, number, text.strip())
    return True


def _remove(table: Table, rest: str) -> bool:
    number = _number(table, rest)
    if number:
        saying.remove(table, number)
    return bool(rest)


def _number(table: Table, typed: str) -> int:
    """The number of a message that was said; 0, with a sentence, when there is none."""
    number = slash.message_number(typed)
    if number is not None and number <= table.memory.kept.said:
        return number
    if typed:
        table.note("no_such_message", id=one_line(typed)[:_SHORT])
    return 0


#: One row a slash word, in alphabetical order.
_MOVES: dict[str, Callable[[Table, str], bool]] = {
    "hulp": _help,
    "klok": _clock,
    "plek": _place,
    "reageer": _react,
    "verwijder": _remove,
    "weg": _unreact,
    "wie": _who,
    "wijzig": _edit,
}
