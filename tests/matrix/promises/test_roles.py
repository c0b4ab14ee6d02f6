"""Promise 20 on a homeserver: roles come from the config or from power in the room alone."""

from __future__ import annotations

import sqlite3
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from tests.matrix import synapse as surroundings
from tests.matrix.dialogue.stage import Street
from tests.matrix.synapse import Synapse
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.sentences import part

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)

NEW = f"gesprek nieuw vragenuur Ons gesprek {CHARTER} in=zomerstraat toetsing=vooraf"
#: By the config; fien has power level 50 in the room and stands in no config.
ROLES = {"official": "bram", "councillor": "carla", "clerk": "daan", "youth_worker": "eva"}
STAFF = ("bram", "carla", "daan", "eva", "fien")


class Cell(NamedTuple):
    """A person types a word somewhere; ``may``: it changes the dialogue."""

    who: str
    where: str
    text: str
    may: bool


def _cells() -> list[Cell]:
    cells = []
    for text, allowed in (
        ("ok V1", "eva"),
        ("ok V2", "fien"),
        ("nu V1", "fien"),
        ("verberg V2 1", "eva"),
        ("toon V2", "fien"),
        ("antwoord V1 Ja, in maart.", "bram"),
        ("zoekuit V2 over 3 dagen", "bram"),
        ("tot over 3 dagen", "fien"),
        ("gesprek afspraken open=straten want=gevraagd", "fien"),
        ("sluit ja", "fien"),
    ):
        others = [who for who in STAFF if who not in (allowed, "fien")]
        if text.split()[0] in ("ok", "verberg", "toon"):
            others = [who for who in others if who != "eva"]
        cells += [Cell(who, "staff", text, may=False) for who in others]
        cells += [Cell("anna", where, text, may=False) for where in ("direct", "room")]
        if text.startswith(("antwoord", "zoekuit")):
            cells.append(Cell("fien", "staff", text, may=False))
        cells.append(Cell(allowed, "staff", text, may=True))
    votes = [Cell(who, "staff", "steun V2", may=False) for who in STAFF]
    place = next(n for n, cell in enumerate(cells) if cell.text.startswith("verberg"))
    return [*cells[:place], *votes, *cells[place:]]


def rows(street: Street) -> int:
    """How many lines the journal has."""
    database = sqlite3.connect(f"file:{street.folder / 'stadsgesprek.db'}?mode=ro", uri=True)
    try:
        return int(database.execute("SELECT count(*) FROM journal").fetchone()[0])
    finally:
        database.close()


def _said(street: Street, cell: Cell) -> tuple[str, str]:
    """The room in which it was typed, and the event."""
    room = {"staff": street.staff, "room": street.room}.get(cell.where, street.directs[cell.who])
    text = f"!{cell.text}" if cell.where == "room" else cell.text
    return room, street.people[cell.who].say(room, text)


def test_every_cell_of_the_table(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: many short messages one after the other; rights do not depend on limits. What changes
    nothing is said by all of them before what does."""
    street = Street(lifted_synapse, tmp_path, "roles")
    street.roles(**ROLES)
    for name in STAFF:
        street.vera.invite(street.staff, street.people[name].user)
        street.people[name].join(street.staff)
    street.vera.set_power(street.room, street.people["fien"].user, 50)
    with street:
        street.open_directs()
        street.command(NEW, part("prepared", "not missing"))
        street.command("gesprek start", "Ronde 1", street.room)
        street.ask("anna", "vraag Wanneer komt de bank terug?", "V1")
        street.ask("anna", "vraag Wie betaalt de bomen?", "V2")
        wrong = []
        for may, together in groupby(_cells(), lambda cell: cell.may):
            cells = list(together)
            before = rows(street)
            said = [(cell, *_said(street, cell)) for cell in cells]
            for cell, room, event in said:
                street.read(cell.who, room, event)
            if (rows(street) > before) is not may:
                wrong.append(cells)
        assert wrong == []
        assert street.running.end() == 0
