"""The picture of what became of each recommendation: a row of shapes with a letter and words.

A full disc is adopted, a half one partly adopted, a ring with a stroke not adopted, a dashed ring
is waiting for an answer, and a triangle is late. Below stands how far it is, where that is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from advice.document import Column, Drawn, Row, Table
from advice.words import Words

Look: TypeAlias = Literal["adopted", "partly", "not", "waiting", "late"]

#: The looks of what was decided.
DECIDED: dict[str, Look] = {"adopted": "adopted", "partly": "partly", "not": "not"}


@dataclass(frozen=True, slots=True)
class State:
    """A recommendation: its number, what became of it, and how far that is: underway, done,
    stopped, or nothing."""

    number: str
    look: Look
    progress: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A state as it is drawn: its shape with a letter in it, and the words under it."""

    number: str
    look: Look
    letter: str
    words: str
    progress: str


@dataclass(frozen=True, slots=True)
class States(Drawn):
    """What became of each recommendation, in their order."""

    tiles: tuple[Tile, ...]


def of(outcome: str | None, decided: bool, late: bool) -> Look:
    """What became of one: its outcome once that is decided; else it waits, or is late."""
    if decided and outcome in DECIDED:
        return DECIDED[outcome]
    return "late" if late else "waiting"


def drawn(found: Sequence[State], words: Words, caption: str = "caption") -> tuple[States, ...]:
    """The picture; none where nothing was asked. ``caption``: which says where the same is told."""
    if not found:
        return ()
    tiles = tuple(
        Tile(
            one.number,
            one.look,
            words.text(f"states.letter_{one.look}"),
            words.text(f"states.{one.look}"),
            words.text(f"states.{one.progress}") if one.progress else "",
        )
        for one in found
    )
    picture = States(
        anchor="antwoorden",
        title=words.text("states.title"),
        description=" ".join(_said(tile, words) for tile in tiles),
        caption=words.line(f"states.{caption}"),
        tiles=tiles,
    )
    return (picture,)


def _said(tile: Tile, words: Words) -> str:
    key = "states.item_progress" if tile.progress else "states.item"
    return words.text(key, item=tile.number, state=tile.words, progress=tile.progress)


def table(picture: States, words: Words) -> Table:
    """The same as a table."""
    columns = (
        Column(words.text("states.column_number"), "label"),
        Column(words.text("states.column_state"), "words"),
        Column(words.text("states.column_progress"), "short"),
    )
    rows = tuple(Row(((tile.number,), (tile.words,), (tile.progress,))) for tile in picture.tiles)
    return Table(words.line("states.table"), columns, rows)
