"""Compiles a dialogue's state to uitslag.json, holding back what may not be published. Pure.

``compiled`` is given the state at one position of the journal; the same state, words and figures
give the same result on any machine. ``rebuild.py`` does it again from a clerk's bundle alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from advice import model, objections
from advice.kind import Source
from advice.kinds import AllPages
from advice.published import ATTESTED, Texts, held_back_people, iso, split_by_link
from dialogues.changes import ModeratorChange
from dialogues.charter import KEYS, BallotMode, Charter, Length
from dialogues.counting import RULES
from dialogues.counting.threshold import THRESHOLD, masked
from dialogues.dialogue import Dialogue
from dialogues.items import REASON, ItemState
from dialogues.machine import Frame, Stage
from dialogues.participation import Figures
from dialogues.report import ItemReport
from dialogues.results import report

_IN_ENGLISH = ("level", "decider", "answer_by", "fixed", "open", "phase", "ballot")
_DEFAULTS = Charter()


@dataclass(frozen=True, slots=True)
class JournalPoint:
    """The journal line that a result is made at: its number, hash and time."""

    position: int
    head: str
    at: datetime


def compiled(
    dialogue: Dialogue,
    pages: AllPages,
    point: JournalPoint,
    figures: Figures,
    texts: Texts,
    version: int = 1,
    interim: bool = False,
    erased: int = 0,
) -> model.Result:
    """The result of a dialogue at a line. ``interim``: no advice was asked for."""
    reports = {
        frame.index: _quotable(dialogue, frame, report(dialogue, frame.index))
        for frame in dialogue.frames
        if frame.stage is Stage.CLOSED
    }
    recommendations = list(_recommendations(dialogue, pages, reports, texts))
    people = _people(dialogue, pages, figures)
    advises = recommendations and people.minimum_met and not interim
    kind = "advies" if advises else "verslag"
    return model.Result(
        schema=model.SCHEMA,
        kind=kind,
        interim=interim,
        version=version,
        simulated=dialogue.simulated,
        dialogue=about(dialogue),
        participants=people,
        rounds=[
            _round(dialogue, pages, frame, reports.get(frame.index, ()), texts)
            for frame in dialogue.frames
            if frame.stage is not Stage.WAITING
        ],
        recommendations=recommendations,
        hidden=_hidden(dialogue),
        changes=[_change(dialogue, change) for change in dialogue.changes],
        journal=model.Journal(dialogue.id, point.position, point.head, iso(point.at)),
        rules=sorted(RULES),
        erased=erased,
        unreviewed=dialogue.unreviewed,
        dropped=list(_dropped(dialogue, pages, texts)),
        draft=objections.draft(dialogue),
        objections=objections.compiled(dialogue, texts),
        previous=None if interim else _previous(dialogue, version),
    )


def _previous(dialogue: Dialogue, version: int) -> model.Previous | None:
    """The version before this one."""
    earlier = dialogue.advice.versions() if dialogue.advice else ()
    for advice in earlier:
        if advice.version < version:
            return model.Previous(advice.version, iso(advice.at), advice.manifest or None)
    return None


def _quotable(
    dialogue: Dialogue, frame: Frame, items: tuple[ItemReport, ...]
) -> tuple[ItemReport, ...]:
    """A round's items, without reasons where the charter or an erasure forbids to give any."""
    if dialogue.charter.quotes and not frame.reasons_withheld:
        return items
    return tuple(replace(item, reasons=(), left_out=frozenset()) for item in items)


def _people(dialogue: Dialogue, pages: AllPages, figures: Figures) -> model.Participants:
    """The numbers of people: none of 1 to 4, and none that tells one by subtraction."""
    shown = [f for f in dialogue.frames if f.stage in (Stage.OPEN, Stage.CLOSED)]
    voters = [_voters(dialogue, frame) for frame in shown if pages.by_kind[frame.plan.kind].ballots]
    contributed, voted, total = held_back_people(
        masked(figures.contributed), masked(figures.voted), masked(figures.total), voters
    )
    met = figures.total >= dialogue.charter.minimum
    split = split_by_link(figures.linked, total)
    return model.Participants(contributed, voted, total, list(ATTESTED), met, *split)


def _voters(dialogue: Dialogue, frame: Frame) -> int | None:
    """A round's voters, or its turnout while it is open, as they may be published."""
    if frame.stage is Stage.CLOSED:
        return masked(frame.voters)
    box = dialogue.boxes[frame.index]
    return None if box is None else masked(box.turnout)


def about(dialogue: Dialogue) -> model.Dialogue:
    """What a dialogue is about, and its charter, as they are published."""
    charter = dialogue.charter
    values: dict[str, Any] = {
        "level": charter.level.value if charter.level else None,
        "decider": charter.decider,
        "answer_by": charter.answer_by.isoformat() if charter.answer_by else None,
        "fixed": charter.fixed,
        "open": charter.open,
        "phase": charter.phase.value if charter.phase else None,
        "ballot": charter.ballot.value,
    }
    for name, key in KEYS.items():
        value = getattr(charter, name)
        told = name == "minimum" and not dialogue.format.imported
        if name not in _IN_ENGLISH and (value != getattr(_DEFAULTS, name) or told):
            values[key] = _as_typed(value)
    return model.Dialogue(
        id=dialogue.id,
        title=dialogue.title,
        format=dialogue.format.id,
        room=dialogue.room,
        town=dialogue.town,
        zone=dialogue.zone,
        language=charter.language or dialogue.language,
        charter=values,
        imported=dialogue.format.imported,
        source=dialogue.source,
    )


def _as_typed(value: object) -> object:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return str(value) if isinstance(value, Length) else value


def _round(
    dialogue: Dialogue, pages: AllPages, frame: Frame, items: Iterable[ItemReport], texts: Texts
) -> model.Round:
    """A round of the result; an open one has title and turnout only."""
    state, own = dialogue.states[frame.index], pages.by_kind[frame.plan.kind]
    closed = frame.stage is Stage.CLOSED
    box = dialogue.boxes[frame.index]
    voters: int | None = None
    if box is not None and frame.stage is not Stage.SKIPPED:
        voters = _voters(dialogue, frame)
    has_receipts = closed and box is not None and frame.voters >= THRESHOLD
    fields: dict[str, Any] = {
        "title": frame.plan.title,
        "state": frame.stage.value,
        "opened_at": iso(frame.opened_at) if frame.opened_at else None,
        "closed_at": iso(frame.closed_at) if frame.closed_at else None,
        "voters": voters,
        "receipts_sha256": frame.receipts_sha256 if has_receipts else None,
        "items": [own.item(item, texts) for item in items],
        "reasons_withheld": frame.reasons_withheld,
    }
    return own.round(**{**fields, **own.more(state, closed)})


def _recommendations(
    dialogue: Dialogue, pages: AllPages, reports: dict[int, tuple[ItemReport, ...]], texts: Texts
) -> Iterator[model.Recommendation]:
    """The recommendations of every round that makes some."""
    kinds = {frame.index: pages.by_kind[frame.plan.kind] for frame in dialogue.frames}
    by_number = {
        item.number: Source(kinds[index], item)
        for index, items in reports.items()
        for item in items
    }
    for index, items in reports.items():
        yield from kinds[index].recommendations(items, by_number.get, texts)


def _dropped(dialogue: Dialogue, pages: AllPages, texts: Texts) -> Iterator[model.Dropped]:
    """The recommendations that the moderator dropped in closed rounds."""
    for frame in dialogue.frames:
        if frame.stage is Stage.CLOSED:
            yield from pages.by_kind[frame.plan.kind].dropped(dialogue.states[frame.index], texts)


def _hidden(dialogue: Dialogue) -> dict[str, int]:
    """How many items are hidden, by reason, in alphabetical order of the reason."""
    counts: dict[str, int] = {}
    for item in dialogue.items.by_number.values():
        # A recommendation mirrors the item it came from, which is counted already.
        mirrors = dialogue.letter(item.number).recommendation
        if item.state is ItemState.HIDDEN and not mirrors:
            counts[item.reason] = counts.get(item.reason, 0) + 1
    return dict(sorted(counts.items()))


def _change(dialogue: Dialogue, change: ModeratorChange) -> model.Change:
    item = KEYS[change.item] if change.what == "charter" else change.item
    if change.what in ("hide", "show") and dialogue.letter(change.item) is REASON:
        item = REASON.letter  # its number would tell who gave it beside which other reason
    was, now = change.was, change.now
    if change.what == "charter" and change.item == "ballot":
        was, now = _ballot(was), _ballot(now)
    return model.Change(
        what=change.what,
        item=item,
        by=change.by,
        at=iso(change.at),
        reason=change.reason,
        was=was,
        now=now,
        number=change.number or None,
    )


def _ballot(value: str | None) -> str | None:
    words = {BallotMode.CONFIDENTIAL.value: "vertrouwelijk", BallotMode.OPEN.value: "open"}
    return words.get(value or "", value)
