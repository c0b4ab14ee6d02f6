"""How far a dialogue has to come before a surface of its round can be walked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from bot.engine.reception import Cursor
from bot.platforms.facts import Tick
from rounds import registry
from tests.engine.talk import Talk
from tests.replay.playing import CHARTER
from tests.rounds.surfaces import (
    Line,
    Surface,
)
from tests.rounds.walking import Walk

WORDS_OF_ONE = "Er moet een bank bij de vijver komen."


def walked(surface: Surface, folder: Path, *, youth: bool = False) -> Walk:
    """A walk with the round of the kind open."""
    walk = Walk(folder / "town.db", youth=youth)
    walk.begin(surface)
    return walk


def talked(its: Surface, file: Path, fills: tuple[Line, ...]) -> Talk:
    """The same on a live platform, with an open ballot."""
    talk = Talk(file)
    talk.staff(f"gesprek nieuw {its.format} Ons gesprek {CHARTER} minimum=5 stemming=open")
    tell(talk, (*fills, Line("vera", "start", ()), *its.opens))
    assert talk.dialogue.current == its.round
    return talk


def tell(talk: Talk, lines: tuple[Line, ...]) -> None:
    """Say lines on the live platform, where a round closes once everything is read back."""
    for line in lines:
        if line.who == "vera":
            talk.staff(line.text)
            talk.clock.set(talk.clock() + timedelta(seconds=1))
            talk.engine.receive((), Cursor("matrix", "s", talk.clock())).whole()
            talk.put(Tick(talk.clock()))
        else:
            talk.tell(line.who, line.text)


def own_texts(kind: str) -> Mapping[str, str]:
    """What a kind says in the chat in Dutch, by code."""
    (folder,) = [folder for folder in registry.texts() if folder.name == kind]
    found: Mapping[str, str] = tomllib.loads((folder / "nl.toml").read_text())["chat"]
    return found


def end(walk: Walk) -> None:
    """Close every round that is left, and ask for the advice."""
    while walk.dialogue.open_frame is not None:
        walk.ask("vera", "sluit ja")
        if walk.codes != ["course"]:
            walk.ask("vera", "volgende")
    walk.ask("vera", "advies")
