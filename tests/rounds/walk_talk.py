"""What is said to a round: before it is filled, its words, its offer, ``hulp``, ``status``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dialogues.announce import card
from tests.rounds.surfaces import (
    Lacking,
    Line,
    surface,
)
from tests.rounds.walked import WORDS_OF_ONE, own_texts, walked
from tests.rounds.walking import Walk


def filled(kind: str, folder: Path) -> None:
    """Before it is filled a round does not open and asks for it in the list of work."""
    its = surface(kind)
    walk = Walk(folder / "town.db")
    walk.prepare(its)
    if isinstance(its.filled, Lacking):
        walk.ask("vera", "werk")
        (work,) = walk.answers
        notes: Any = work.data["notes"]
        assert not [row for row in notes if row["what"] in own_texts(kind)]
    else:
        walk.go(its.filled)
    walk.go(its.fills)
    walk.ask("vera", "start")
    assert walk.codes == ["course"]
    walk.close()


def typed(kind: str, folder: Path) -> None:
    its = surface(kind)
    walk = walked(its, folder)
    walk.go(its.typed)
    told = [line.text.lstrip("~!") for line in (*its.fills, *its.opens, *its.typed)]
    unsaid = [word for word in its.words if not any(t.startswith(word) for t in told)]
    assert unsaid == []
    walk.close()


def offered(kind: str, folder: Path) -> None:
    its = surface(kind)
    walk = walked(its, folder)
    walk.go(its.offered)
    walk.close()


def helped(kind: str, folder: Path) -> None:
    its = surface(kind)
    walk = walked(its, folder)
    walk.go(its.helped)
    walk.close()


def heard(kind: str, folder: Path) -> None:
    """Talk in the room without a sign before it; most kinds hear none of it."""
    its = surface(kind)
    walk = walked(its, folder)
    if isinstance(its.heard, Lacking):
        before = walk.events()
        walk.go([Line("anna", f"~{WORDS_OF_ONE}", ()), Line("bram", "~ja", ())])
        assert walk.events() == before
    else:
        walk.go(its.heard)
    walk.close()


def status(kind: str, folder: Path) -> None:
    its = surface(kind)
    walk = walked(its, folder)
    said = walk.ask("anna", "status")
    assert walk.codes == ["status"]
    assert walk.dialogue.frames[its.round].machine.kind == kind
    shown = "\n".join([said, *walk.in_room()])
    missing = [words for words in its.status if words not in shown]
    assert missing == [], shown
    # what the kind itself says on the card is not hidden by what every card says
    own = walk.dialogue.machine(its.round).card(walk.dialogue.states[its.round])
    told = card(walk.dialogue, its.round).data
    assert {key for key, value in own.items() if told[key] != value} == set()
    walk.close()
