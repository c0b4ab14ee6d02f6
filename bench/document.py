"""Measures the making of a document: ten thousand people, fifty votes each.

The votes are written into the journal as the engine writes them, without going through it one by
one; the round then closes at its hour like any other.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

import msgspec

from advice.writing.forms import Form, with_forms
from bench.blocking import longest_block
from bench.figures import Figure, Goal, seconds
from bench.scene import BEGIN, CHOICES, END, KEY, Scene
from bot.documents.handover import handed_over, issued, public
from bot.documents.workshop import Printed
from bot.platforms.facts import Computed, Tick
from bot.runtime.press import Press
from bot.runtime.printing import order_for, printed
from dialogues.core import Context
from dialogues.dialogue import Dialogue
from dialogues.fold import evolve
from rounds import registry
from rounds.statements.rules import VoteCast

#: The pages of every kind of round.
PAGES = registry.pages()

PEOPLE = 10_000
VOTES = 50
STATEMENTS = 500
RUNS = 5


def measure(folder: Path) -> list[Figure]:
    """The time from the request to the public bundle in memory, of the clerk's bundle after it, and
    of the public bundle with every other form."""
    scene = Scene(folder / "document.db")
    scene.open(STATEMENTS)
    room = scene.rooms[0]
    _vote(scene, room)
    scene.clock.set(END)
    scene.engine.receive([Tick(END)]).whole()
    state, ledger = scene.engine.ledger.states[room], scene.engine.ledger
    with scene.store.transaction():
        ledger.act(room, ledger.figures(state), Context(END, "clock"))
    scene.engine.take_jobs()
    position = scene.engine.jobs.pop().position
    reader = scene.store.reader()

    def folded() -> None:
        then = reader.folded(room, position)
        assert then is not None
        public(then.dialogue, issued(reader, PAGES, then), PAGES, KEY)

    def every_form() -> None:
        then = reader.folded(room, position)
        assert then is not None
        result = issued(reader, PAGES, then)
        with_forms(public(then.dialogue, result, PAGES, KEY), result, PAGES, frozenset(Form))

    then = reader.folded(room, position)
    assert then is not None
    assert _standing(then.dialogue) == PEOPLE * VOTES
    with_folding, forms = _median(folded), _median(every_form)
    without = _median(lambda: public(then.dialogue, issued(reader, PAGES, then), PAGES, KEY))
    blocks = _blocks(scene, room, position)
    scene.engine.receive([Computed(END, room, position, "0" * 64)]).whole()
    clerks = _median(lambda: handed_over(reader, PAGES, KEY, room, clerk=True))

    scene.close()
    return [
        Figure(
            f"a document of {PEOPLE:,} people, {PEOPLE * VOTES:,} votes",
            with_folding,
            "s",
            goal=Goal(5),
        ),
        *blocks,
        Figure("  of which without reading the journal again", without, "s"),
        Figure("  with PDF, workbook and all in one ZIP", forms, "s", goal=Goal(10)),
        Figure("  the clerk's bundle, read and written anew", clerks, "s"),
    ]


def _blocks(scene: Scene, room: str, position: int) -> tuple[Figure, ...]:
    """The longest that the event loop stands still: with the document made in the engine's thread,
    and in a process of its own."""
    order = msgspec.msgpack.encode(order_for(scene.store.where, KEY, room, position))
    shop: Any = None
    press = Press(scene.store.file, KEY, shop, lambda: END, lambda _fact: True, print)

    def here() -> None:
        """What the engine's thread does, on a connection of its own."""
        printed(order_for(scene.store.where, KEY, room, position))

    def elsewhere() -> None:
        code, said = press._run(order)
        assert not code
        msgspec.msgpack.decode(said, type=Printed)

    return (
        Figure(
            "  the event loop's longest block, made in this process",
            longest_block(here, RUNS),
            "ms",
        ),
        Figure(
            "  the same, made in a process of its own",
            longest_block(elsewhere, RUNS),
            "ms",
            goal=Goal(50),
        ),
    )


def _vote(scene: Scene, room: str) -> None:
    """Everybody votes on fifty statements of their own, one after another."""
    people, participants = scene.store.people, scene.store.participants
    accounts = scene.known(room, PEOPLE)
    at = BEGIN + timedelta(days=1)
    state = scene.engine.ledger.states[room]
    with scene.store.transaction():
        for number, account in enumerate(accounts):
            person = people.person("console", account)
            ballot = participants.ballot_of(room, person, 0)
            for turn in range(VOTES):
                item = f"S{(number * 7 + turn * 11) % STATEMENTS + 1}"
                choice = CHOICES[(number + turn * turn) % len(CHOICES)]
                event = VoteCast(0, item, choice, "")
                evolve(state, scene.store.journal.append(room, at, ballot, event), at, ballot)
                at += timedelta(milliseconds=1)


def _standing(dialogue: Dialogue) -> int:
    return sum(dialogue.states[0].box.roll.standing)


def _median(run: Callable[[], object]) -> float:
    return median(seconds(run) for _ in range(RUNS))
