"""From a dialogue's state to uitslag.json: pure, and the one place where figures are held back.

``compiled`` is given the state at one position of the journal; the same state, words and figures
give the same result on any machine. ``recompiled`` does it again from a clerk's bundle alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from advice import model
from dialogues.charter import KEYS, BallotMode, Charter
from dialogues.core import Text
from dialogues.counting import RULES, minority
from dialogues.counting.threshold import THRESHOLD, masked
from dialogues.dialogue import Dialogue
from dialogues.format import Kind
from dialogues.items import ItemState
from dialogues.machine import Frame, Stage
from dialogues.participation import Figures
from dialogues.report import ItemReport
from dialogues.results import report

#: The words behind a reference, or None when they were erased.
Words = Callable[[str], "str | None"]

_IN_ENGLISH = ("level", "decider", "answer_by", "fixed", "open", "phase", "ballot")
_DEFAULTS = Charter()


@dataclass(frozen=True, slots=True)
class Moment:
    """Where in the journal a result stands: the line, its hash, and its time."""

    position: int
    head: str
    at: datetime


def compiled(
    dialogue: Dialogue,
    moment: Moment,
    figures: Figures,
    words: Words,
    version: int = 1,
    interim: bool = False,
    erased: int = 0,
) -> model.Result:
    """The result of a dialogue at a moment. ``interim``: no advice was asked for."""
    reports = {
        frame.index: report(dialogue, frame.index)
        for frame in dialogue.frames
        if frame.stage is Stage.CLOSED
    }
    recommendations = _recommendations(dialogue, reports, words)
    total = masked(figures.total)
    enough = total is not None and total >= dialogue.charter.minimum
    kind = "advies" if recommendations and enough and not interim else "verslag"
    return model.Result(
        schema=model.SCHEMA,
        kind=kind,
        interim=interim,
        version=version,
        simulated=dialogue.simulated,
        dialogue=_dialogue(dialogue),
        participants=model.Participants(
            figures.contributed, masked(figures.voted), total, ["contributed", "voted", "total"]
        ),
        rounds=[
            _round(dialogue, frame, reports.get(frame.index, ()), words)
            for frame in dialogue.frames
            if frame.stage is not Stage.WAITING
        ],
        recommendations=recommendations,
        hidden=_hidden(dialogue),
        changes=[_change(change) for change in dialogue.changes],
        journal=model.Journal(dialogue.id, moment.position, moment.head, _iso(moment.at) or ""),
        rules=sorted(RULES),
        erased=erased,
        unreviewed=dialogue.unreviewed,
    )


def _iso(at: datetime | None) -> str | None:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at is not None else None


def _dialogue(dialogue: Dialogue) -> model.Dialogue:
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
        if name not in _IN_ENGLISH and (value != getattr(_DEFAULTS, name) or name == "minimum"):
            values[key] = ("ja" if value else "nee") if isinstance(value, bool) else value
    return model.Dialogue(
        id=dialogue.id,
        title=dialogue.title,
        format=dialogue.format.id,
        room=dialogue.room,
        town=dialogue.town,
        zone=dialogue.zone,
        language=charter.language or dialogue.language,
        charter=values,
    )


def _words(text: Text | str | None, words: Words) -> str | None:
    if isinstance(text, Text):
        return words(text.ref) if text.ref else text.words
    return text


def _round(
    dialogue: Dialogue, frame: Frame, items: Iterable[ItemReport], words: Words
) -> model.Round:
    """A round that is open gives title and turnout only."""
    box = dialogue.machine(frame.index).box(dialogue.states[frame.index])
    voters: int | None = None
    if box is not None and frame.stage is not Stage.SKIPPED:
        voters = masked(frame.voters if frame.stage is Stage.CLOSED else box.voters)
    has_receipts = frame.stage is Stage.CLOSED and box is not None and frame.voters >= THRESHOLD
    return model.Round(
        kind=frame.plan.kind.value,
        title=frame.plan.title,
        state=frame.stage.value,
        opened_at=_iso(frame.opened_at),
        closed_at=_iso(frame.closed_at),
        voters=voters,
        receipts_sha256=frame.receipts_sha256 if has_receipts else None,
        items=[_item(item, words) for item in items],
    )


def _item(item: ItemReport, words: Words) -> model.Item:
    text = _full_text(item, words)
    shown = item.state is ItemState.SHOWN and text is not None
    support: Any = item.counts
    is_question = "support" in support
    few = not is_question and (item.voters < THRESHOLD or not item.counted)
    if not shown:
        state = item.state.value if item.state is not ItemState.SHOWN else "erased"
        return model.Item(
            item.number, None, state, None, None, False, None, poll=item.poll, staff=item.staff
        )
    return model.Item(
        number=item.number,
        text=text,
        state=item.state.value,
        counts=None if few else _counts(item, words),
        voters=None if few or is_question else item.voters,
        suppressed=few,
        result=_result(item, few, words),
        reasons=_reasons(item, words),
        answer=_answer(item, words),
        promise=model.Promise(None, _iso(item.promise.until) or "") if item.promise else None,
        poll=item.poll,
        staff=item.staff,
    )


def _full_text(item: ItemReport, words: Words) -> str | None:
    """An item's text; a recommendation from a resident's own option adds that to the question."""
    text = _words(item.text, words)
    if item.source and item.options and text is not None:
        option = _words(item.options[0].text, words)
        return f"{text}: {option}" if option is not None else None
    return text


def _option_texts(item: ItemReport, words: Words) -> dict[str, str]:
    """The texts of the options that count, by number; the same words twice get the number behind
    them, and of one that was hidden or erased after closing only the number is left."""
    texts: dict[str, str] = {}
    for option in item.options:
        number = str(option.number)
        if number not in item.counts:
            continue
        shown = option.state is ItemState.SHOWN
        text = (_words(option.text, words) if shown else None) or f"({number})"
        texts[number] = f"{text} ({number})" if text in texts.values() else text
    return texts


def _counts(item: ItemReport, words: Words) -> Any:
    counts: Any = item.counts
    if not item.poll:
        return dict(counts)
    texts = _option_texts(item, words)
    empty: Any = {"ranked": [], "points": {}}.get(item.poll, 0)
    places = max((len(row) for row in counts.values()), default=0) if item.poll == "ranked" else 0
    full = {number: counts.get(number, [0] * places or empty) for number in texts}
    return {texts[number]: value for number, value in full.items()}


def _result(item: ItemReport, few: bool, words: Words) -> str | list[str] | None:
    if not item.poll:
        if not item.counted and item.result is not None:
            return "too_few"
        return item.result if isinstance(item.result, str) else None
    if few:
        return None
    texts = _option_texts(item, words)
    return [texts[number] for number in item.result or () if number in texts]


def _reasons(item: ItemReport, words: Words) -> list[model.Reason]:
    """Reasons with their side; where an item's figures are held back, so are the sides."""
    if item.voters < THRESHOLD or not item.counted:
        return []
    texts = _option_texts(item, words)
    rows = []
    for reason in item.reasons:
        text = words(reason.text.ref)
        side = texts.get(reason.side, "") if item.poll else reason.side
        if text is not None and side:
            rows.append(model.Reason(reason.number, side, text))
    return rows


def _answer(item: ItemReport, words: Words) -> model.Answer | None:
    if item.answer is None:
        return None
    text = words(item.answer.text.ref)
    return model.Answer(text, _iso(item.answer.at) or "") if text is not None else None


def _recommendations(
    dialogue: Dialogue, reports: dict[int, tuple[ItemReport, ...]], words: Words
) -> list[model.Recommendation]:
    by_number = {item.number: item for items in reports.values() for item in items}
    return [
        _recommendation(item, by_number.get(item.source), words)
        for frame in dialogue.frames
        if frame.plan.kind is Kind.CLOSING
        for item in reports.get(frame.index, ())
    ]


def _recommendation(
    item: ItemReport, source: ItemReport | None, words: Words
) -> model.Recommendation:
    counts: Any = item.counts
    yes, no = counts["yes"], counts["no"]
    known = item.voters >= THRESHOLD and item.counted
    text = _full_text(item, words) if item.state is ItemState.SHOWN else None
    return model.Recommendation(
        number=item.number,
        text=text,
        from_=item.source,
        consent=model.Consent(yes, no) if known else None,
        divided=known and minority.divided(yes, no),
        minority=_minority(item, source, no if known else 0, words),
    )


def _minority(
    item: ItemReport, source: ItemReport | None, no: int, words: Words
) -> model.Minority | None:
    """The larger of those who disagree with the statement and those who said no; their first
    reason by number, of the side that is the larger, else of the other."""
    if source is None:
        return None
    counts: Any = source.counts
    visible = source.state is ItemState.SHOWN and source.voters >= THRESHOLD and source.counted
    disagree = counts.get("disagree", 0) if visible and not source.poll else 0
    against = minority.opposed(disagree, no)
    if not minority.line(against, source.voters if visible else 0):
        return None
    of_item = [r for r in item.reasons if r.side == "no" and no]
    of_source = [r for r in source.reasons if r.side == "disagree" and disagree]
    ordered = [*of_item, *of_source] if no > disagree else [*of_source, *of_item]
    texts = (words(reason.text.ref) for reason in ordered)
    return model.Minority(against, next((text for text in texts if text is not None), None))


def _hidden(dialogue: Dialogue) -> dict[str, int]:
    """How many items are hidden, by reason, in alphabetical order of the reason."""
    counts: dict[str, int] = {}
    for item in dialogue.items.by_number.values():
        # A recommendation mirrors the statement it came from, which is counted already.
        if item.state is ItemState.HIDDEN and not item.number.startswith("A"):
            counts[item.reason] = counts.get(item.reason, 0) + 1
    return dict(sorted(counts.items()))


def _change(change: Any) -> model.Change:
    item = KEYS[change.item] if change.what == "charter" else change.item
    was, now = change.was, change.now
    if change.what == "charter" and change.item == "ballot":
        was, now = _ballot(was), _ballot(now)
    return model.Change(
        what=change.what,
        item=item,
        by=change.by,
        at=_iso(change.at) or "",
        reason=change.reason,
        was=was,
        now=now,
    )


def _ballot(value: str | None) -> str | None:
    words = {BallotMode.CONFIDENTIAL.value: "vertrouwelijk", BallotMode.OPEN.value: "open"}
    return words.get(value or "", value)
