"""Every kind of round, in alphabetical order. Adding a kind is adding a line here."""

from __future__ import annotations

from dialogues.format import Kind
from dialogues.rounds import closing, poll, questions, statements
from dialogues.rounds.machine import Machine

MACHINES: dict[Kind, Machine] = {
    Kind.CLOSING: closing.MACHINE,
    Kind.POLL: poll.MACHINE,
    Kind.QUESTIONS: questions.MACHINE,
    Kind.STATEMENTS: statements.MACHINE,
}

#: Which kind of round an intent belongs to.
BY_INTENT: dict[type, Kind] = {
    intent: kind for kind, machine in MACHINES.items() for intent in machine.intents
}
