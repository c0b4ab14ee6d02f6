"""What the person being played says and does to messages, as facts for the engine."""

from __future__ import annotations

from bot.console.terminal.table import Table
from bot.platforms.facts import Edited, Origin, Reacted, Removed, Said, Unreacted
from bot.text.cleaning import one_line


def say(table: Table, text: str) -> None:
    """Say a line in the current place as the current person."""
    number = _number(table)
    table.typed(f"{one_line(text)} (m{number})")
    known = table.people.known(table.who)
    table.running.put(Said(_origin(table, number), text))
    if known and not table.people.known(table.who):
        table.people.forget(table.who)
        table.forgotten()


def react(table: Table, sign: str, item: str) -> None:
    """Put a sign on an item."""
    number = _number(table)
    table.typed(f"{one_line(sign)} {one_line(item)} (m{number})")
    table.running.put(Reacted(_origin(table, number), sign, item=item.upper()))


def unreact(table: Table, number: int) -> None:
    """Take away the sign that was put with the line of this number."""
    table.running.put(Unreacted(_origin(table, _number(table)), _cause(number)))


def edit(table: Table, number: int, text: str) -> None:
    """Change the message with this number."""
    table.running.put(Edited(_origin(table, _number(table)), _cause(number), text))


def remove(table: Table, number: int) -> None:
    """Take away the message with this number."""
    table.running.put(Removed(_origin(table, _number(table)), _cause(number)))


def _number(table: Table) -> int:
    """The next number for a line, unique within a database."""
    table.memory.kept.said += 1
    return table.memory.kept.said


def _origin(table: Table, number: int) -> Origin:
    roles = frozenset(table.people.roles(table.who))
    return Origin(_cause(number), table.clock(), table.place, table.who, roles, f"{number:09d}")


def _cause(number: int) -> str:
    return f"console/m{number}"
