"""Makes uitslag.json again from a clerk's bundle alone: journal, texts and ballots.

Every text is held against the seal in the journal, the number of voters of every round against
the ballots that the journal counts, and stemmen.csv against the votes in it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from advice import bundle
from advice.ballots import casts
from advice.compile import JournalPoint, compiled
from advice.earlier import compared, erased_since, version_of
from advice.kinds import AllPages
from advice.model import Result, encode
from advice.verifying import allowed
from advice.verifying.allowed import Doubtful
from advice.writing import tables
from dialogues import events as ev
from dialogues.core import Text
from dialogues.dialogue import Dialogue
from dialogues.participation import Figures
from dialogues.record import Line, Record, seal


class _Kept(msgspec.Struct, forbid_unknown_fields=True):
    """One line of texts.jsonl."""

    ref: str
    kind: str
    key: str
    text: str


def texts_bytes(rows: list[tuple[str, str, bytes, str]]) -> bytes:
    """texts.jsonl: the words of each reference in the journal, with the key of its seal."""
    kept = (_Kept(ref, kind, key.hex(), words) for ref, kind, key, words in rows)
    return b"".join(msgspec.json.encode(row) + b"\n" for row in kept)


def rebuilt(folder: Path, record: Record, pages: AllPages) -> bytes:
    """The bytes of uitslag.json; raises ``Doubtful`` or ``BrokenJournal`` where files disagree."""
    raw = whole_lines(bundle.JOURNAL, (folder / bundle.JOURNAL).read_bytes())
    if not raw:
        raise Doubtful("the journal is empty")
    lines = [record.read(line) for line in raw]
    name = lines[0].dialogue
    words = checked_texts((folder / bundle.TEXTS).read_bytes(), record, lines)
    state, head = _folded(name, raw, record, lines)
    given = pages.decode((folder / bundle.RESULT).read_bytes())
    if given.remade is None:
        point = JournalPoint(state.position, head.hex(), lines[-1].at)
        result = _result(state, pages, point, words, given, lines[-1])
    else:
        state, result = _remade(state, raw, record, pages, words, given)

    def then(position: int) -> tuple[Dialogue, JournalPoint]:
        *_, (folded, at_line) = record.fold(name, raw[:position])
        return folded, JournalPoint(position, at_line.hex(), lines[position - 1].at)

    result = compared(result, state, pages, words.get, then)
    if (folder / bundle.BALLOTS).read_bytes() != tables.ballots(casts(state, pages, words.get)):
        raise Doubtful(f"{bundle.BALLOTS} does not hold the votes of the journal")
    return encode(result)


def whole_lines(name: str, data: bytes) -> list[bytes]:
    """The lines of a file; ``Doubtful`` where one does not end in a newline and nothing else."""
    lines = data.splitlines()
    if b"".join(line + b"\n" for line in lines) != data:
        raise Doubtful(f"a line of {name} does not end as lines do")
    return lines


def checked_texts(data: bytes, record: Record, lines: list[Line]) -> dict[str, str]:
    """The words of a file of texts by reference; ``Doubtful`` for any that no line sealed, or that
    are written otherwise than ``texts_bytes`` does."""
    seals: dict[str, tuple[str, str]] = {}
    for line in lines:
        for field in record.text_fields[type(line.event)]:
            text: Text = getattr(line.event, field)
            seals[text.ref] = (f"{type(line.event).__name__}.{field}", text.seal)
    words = {}
    for row in data.splitlines(keepends=True):
        kept = msgspec.json.decode(row, type=_Kept)
        if msgspec.json.encode(kept) + b"\n" != row:
            raise Doubtful(f"text {kept.ref} is not written as the program writes it")
        kind, sealed = seals.get(kept.ref, ("", ""))
        if kind != kept.kind or seal(bytes.fromhex(kept.key), kind, kept.text) != sealed:
            raise Doubtful(f"text {kept.ref} is not what the journal sealed")
        words[kept.ref] = kept.text
    return words


def _check_belongs(state: Dialogue, event: Any) -> None:
    """Raise ``Doubtful`` for an event of one kind in a round of another, or about an item that its
    round does not have: an answer on a statement."""
    owner = next((m for m in state.kinds.machines.values() if type(event) in m.events), None)
    if owner is None:
        return
    item = state.items.get(getattr(event, "item", ""))
    strange = hasattr(event, "item") and (item is None or item.round != event.round)
    if strange or state.frames[event.round].machine is not owner:
        raise Doubtful(f"{type(event).__name__} is about what is not in round {event.round + 1}")


def _folded(
    name: str, raw: list[bytes], record: Record, lines: list[Line]
) -> tuple[Dialogue, bytes]:
    state, head = record.blank(name), b""
    folding = record.fold(name, raw)
    linked = allowed.linked(lines)
    for line in lines:
        allowed.check(state, line, linked=linked)
        state, head = next(folding)
        event: Any = line.event
        _check_belongs(state, event)
        if isinstance(event, ev.RoundClosed):
            counted = len(state.frames[event.round].ballots)
            if counted != event.voters:
                raise Doubtful(f"round {event.round + 1} closed with other ballots than it counts")
    return state, head


def _remade(
    now: Dialogue,
    raw: list[bytes],
    record: Record,
    pages: AllPages,
    words: dict[str, str],
    given: Result,
) -> tuple[Dialogue, Result]:
    """An earlier version that was made again without what was erased since, and its state."""
    at = given.journal.position
    versions = now.advice.versions() if now.advice else ()
    advice = next((each for each in versions if each.position == at), None)
    if advice is None:
        raise Doubtful(f"no advice was asked for at line {at} of the journal")
    lines = [record.read(line) for line in raw]
    *_, (then, head) = record.fold(now.id, raw[:at])
    point = JournalPoint(at, head.hex(), lines[at - 1].at)
    erased = erased_since(then, lines)
    return then, version_of(advice, then, pages, point, words.get, erased)


def _result(
    state: Dialogue,
    pages: AllPages,
    point: JournalPoint,
    words: dict[str, str],
    given: Result,
    last: Line,
) -> Result:
    """The result as it was first made: at a request, between requests (interim), or after texts
    were erased."""
    advice = state.advice
    if isinstance(last.event, ev.AdviceRequested) and advice is not None:
        figures = Figures(advice.contributed, advice.voted, advice.total, advice.linked)
        return compiled(state, pages, point, figures, words.get, advice.version)
    if advice is not None:
        figures = Figures(advice.contributed, advice.voted, advice.total, advice.linked)
        erased = state.erased_since_advice
        return compiled(state, pages, point, figures, words.get, advice.version + 1, erased=erased)
    people = given.participants
    figures = Figures(people.contributed or 0, people.voted or 0, people.total or 0)
    made = compiled(state, pages, point, figures, words.get, interim=True)
    # People can be counted with the links alone; the figures are taken as attested.
    return msgspec.structs.replace(made, participants=people)
