"""Makes the bundles of a dialogue from its journal: for the room, ``export`` and ``replay``.

The last issued advice is made again from its own position, so its bytes are those whose hash was
posted; without one there is an interim report. What was erased since makes it the next version.
"""

from __future__ import annotations

from dataclasses import dataclass

from advice import bundle
from advice.ballots import casts, open_votes, started
from advice.compile import JournalPoint, compiled
from advice.kinds import AllPages
from advice.model import Result
from advice.polis import OpenVotes
from advice.rebuild import texts_bytes
from dialogues.dialogue import Dialogue, Status
from dialogues.machine import Stage
from dialogues.participation import Figures, figures
from dialogues.receipts import receipts
from storage.reader import Folded, Reader


class NoSuchDialogue(Exception):  # noqa: N818 - says what is missing
    """No dialogue has this name; ``known`` are the names of those there are."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name = name
        self.known = known


class RoundOpen(Exception):  # noqa: N818 - says why not
    """Refused: the clerk's bundle would show ballots of a confidential round that is still open."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A bundle's files, the result they were written from, and whether its hash was posted."""

    files: dict[str, bytes]
    result: Result
    posted: bool


def handed_over(
    reader: Reader, pages: AllPages, key: bytes, name: str, clerk: bool = False
) -> Handed:
    """The bundle of a dialogue: the last advice, also while it is being made, or an interim report.
    Raises ``NoSuchDialogue`` or ``RoundOpen``."""
    now = reader.folded(name) if name in reader.dialogues() else None
    if now is None or now.dialogue.status is Status.DISCARDED:
        raise NoSuchDialogue(name, reader.dialogues())
    if clerk and now.dialogue.confidential and now.dialogue.open_frame is not None:
        raise RoundOpen
    advice = now.dialogue.advice
    if advice is None:
        return _made(reader, pages, key, now, _interim(reader, pages, now), clerk, posted=False)
    if now.dialogue.erased_since_advice:
        return _made(reader, pages, key, now, _reissued(reader, pages, now), clerk, posted=False)
    then = reader.folded(name, advice.position)
    assert then is not None
    posted = bool(advice.manifest)
    return _made(reader, pages, key, then, issued(reader, pages, then), clerk, posted)


def issued(reader: Reader, pages: AllPages, then: Folded) -> Result:
    """The result of an advice, from the dialogue's state at the line of its request."""
    advice = then.dialogue.advice
    assert advice is not None
    assert advice.position == then.dialogue.position
    shown = Figures(advice.contributed, advice.voted, advice.total)
    return compiled(then.dialogue, pages, _point(then), shown, reader.words, advice.version)


def _interim(reader: Reader, pages: AllPages, now: Folded) -> Result:
    found = figures(now.dialogue, reader.links(now.dialogue.id))
    return compiled(now.dialogue, pages, _point(now), found, reader.words, interim=True)


def _reissued(reader: Reader, pages: AllPages, now: Folded) -> Result:
    """The next version of an issued advice, made because texts were erased since."""
    advice = now.dialogue.advice
    assert advice is not None
    shown = Figures(advice.contributed, advice.voted, advice.total)
    erased = now.dialogue.erased_since_advice
    version = advice.version + 1
    return compiled(now.dialogue, pages, _point(now), shown, reader.words, version, erased=erased)


def _point(folded: Folded) -> JournalPoint:
    return JournalPoint(folded.dialogue.position, folded.head, folded.at)


def _made(
    reader: Reader,
    pages: AllPages,
    key: bytes,
    folded: Folded,
    result: Result,
    clerk: bool,
    posted: bool,
) -> Handed:
    files = public(folded.dialogue, result, pages, key)
    if clerk:
        name = folded.dialogue.id
        journal = b"".join(line + b"\n" for line in reader.lines(name, folded.dialogue.position))
        files = bundle.clerk(
            files,
            journal,
            texts_bytes(reader.texts(name)),
            casts(folded.dialogue, pages, reader.words),
        )
    return Handed(files, result, posted)


def public(dialogue: Dialogue, result: Result, pages: AllPages, key: bytes) -> dict[str, bytes]:
    """The public bundle of a result; ``dialogue`` is the state that it was made from."""
    codes: dict[int, list[str]] = {}
    for number, frame in started(dialogue):
        box = dialogue.machine(frame.index).box(dialogue.states[frame.index])
        if box is not None and frame.stage is Stage.CLOSED:
            codes[number] = receipts(key, frame.ballots)
    return bundle.public(result, pages, codes, OpenVotes(tuple(open_votes(dialogue, pages))))
