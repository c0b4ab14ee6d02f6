"""Measures ``stadsgesprek publish``: the site of a town with five hundred dialogues, and what it
takes once something changed in one of them."""

from __future__ import annotations

import resource
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from advice import bundle
from bench.figures import Figure, Goal, seconds
from bench.scene import BEGIN, CHOICES, END, KEY, Scene
from bot.documents.handover import issued, public
from bot.platforms.facts import Computed, Tick
from bot.town import keys
from dialogues.core import Context
from dialogues.fold import evolve
from dialogues.intents import EraseItem
from rounds import registry
from rounds.statements.rules import VoteCast

#: The town: so many dialogues, each of so many people who vote on all of so many statements.
DIALOGUES, PEOPLE, STATEMENTS = 500, 25, 20

PAGES = registry.pages()


def measure(folder: Path) -> list[Figure]:
    """The whole command, from its start to its end: the first time, without other forms of the
    documents and with them, after a text of one dialogue was erased, and with nothing to do."""
    file, site = folder / "town.db", folder / "site"
    keys.make(file.with_name(f"{file.name}.key"), KEY)
    scene = Scene(file, DIALOGUES)
    held(scene)
    before = _processor()
    first = seconds(_publish, file, site, _config(folder, scene))
    spent = _processor() - before
    config = _config(folder, scene, 'forms = ["pdf", "xlsx"]')
    before = _processor()
    formed = seconds(_publish, file, site, config)
    spent_on_forms = _processor() - before
    with scene.store.transaction():
        scene.engine.ledger.act(scene.rooms[7], EraseItem("S3"), Context(END, "clock"))
    scene.close()
    before = _processor()
    second = seconds(_publish, file, site, config)
    spent_again = _processor() - before
    before = _processor()
    third = min(seconds(_publish, file, site, config) for _ in range(3))
    spent_on_nothing = (_processor() - before) / 3
    return [
        Figure(f"a site of {DIALOGUES} dialogues", first, "s", goal=Goal(20)),
        Figure("  of which the processor", spent, "s"),
        Figure("  each document as PDF and workbook too", formed, "s"),
        Figure("  of which the processor", spent_on_forms, "s"),
        Figure("  again, one of them changed", second, "s", goal=Goal(2)),
        Figure("  of which the processor", spent_again, "s"),
        Figure("  again, nothing changed", third, "s"),
        Figure("  of which the processor", spent_on_nothing, "s"),
    ]


def held(scene: Scene) -> None:
    """Every dialogue from its opening to its document."""
    scene.open(STATEMENTS)
    for room in scene.rooms:
        _vote(scene, room)
    scene.clock.set(END)
    scene.engine.receive([Tick(END)]).whole()
    ledger, reader = scene.engine.ledger, scene.store.reader()
    for room in scene.rooms:
        with scene.store.transaction():
            ledger.act(room, ledger.figures(ledger.states[room]), Context(END, "clock"))
    scene.engine.take_jobs()
    for job in scene.engine.jobs:
        then = reader.folded(job.dialogue, job.position)
        assert then is not None
        files = public(then.dialogue, issued(reader, PAGES, then), PAGES, KEY)
        fact = Computed(END, job.dialogue, job.position, bundle.manifest_hash(files))
        scene.engine.receive([fact]).whole()
    scene.engine.jobs.clear()


def _vote(scene: Scene, room: str) -> None:
    people, participants = scene.store.people, scene.store.participants
    accounts = scene.known(room, PEOPLE)
    at = BEGIN + timedelta(days=1)
    state = scene.engine.ledger.states[room]
    with scene.store.transaction():
        for number, account in enumerate(accounts):
            ballot = participants.ballot_of(room, people.person("console", account), 0)
            for item in range(1, STATEMENTS + 1):
                choice = CHOICES[(number * item + number) % len(CHOICES)]
                event = VoteCast(0, f"S{item}", choice, "")
                evolve(state, scene.store.journal.append(room, at, ballot, event), at, ballot)
                at += timedelta(milliseconds=1)


def _processor() -> float:
    """The processor's time of all programs that ended, in seconds: on a machine that is shared the
    one figure that is the program's own."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _config(folder: Path, scene: Scene, forms: str = "") -> Path:
    """The config of the town, with a line about the forms of its documents."""
    rooms = "".join(f'[[rooms]]\nname = "{room}"\n' for room in scene.rooms)
    file = folder / "config.toml"
    file.write_text(f'[town]\nname = "Haarlem"\n[site]\n{forms}\n{rooms}', "utf-8")
    return file


def _publish(file: Path, site: Path, config: Path) -> None:
    command = [sys.executable, "-m", "bot.cli.main", "publish", str(site)]
    command += ["--db", str(file), "--config", str(config)]
    subprocess.run(command, check=True, capture_output=True)
