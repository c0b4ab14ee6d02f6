"""What happens by itself after an advice: answers told, days that come, answers that are missing.

Every step is decided on the state, so what an outage swallowed is said once, late, when the bot is
back; of several days that went by meanwhile only the last is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dialogues.answer_day import was_impossible
from dialogues.destroying_events import Destroyed, RecordsDestroyed
from dialogues.dialogue import Dialogue
from dialogues.followup import events as ev
from dialogues.followup.again import due_by, told_at
from dialogues.followup.days import day_of, recommended, unanswered
from dialogues.followup.events import Outcome
from dialogues.followup.workdays import after_working_days
from dialogues.intents import Due, Step

#: Staff hears of the day of an answer so many days before it.
DAYS_BEFORE = (21, 7, 0)

#: The hour of a day at which staff is told something, by the town's clock.
MORNING = time(9, 0)

#: Answers that are given one after the other within this are told to the room together.
TOGETHER = timedelta(minutes=10)

#: After so many working days it is said that nobody received the document.
RECEIPT_DAYS = 5

#: After this long it is asked again by when something is done; and after the last recommendation is
#: done, stopped or not adopted nobody can tell any more on whose words they rest.
SIX_WEEKS = timedelta(weeks=6)

#: The steps that are decided on here.
FOLLOWING = frozenset(
    {Step.RECEIPT, Step.ANSWERED, Step.ANSWER_COMING, Step.MISSING, Step.DAY, Step.AUTHORS}
)


def steps(dialogue: Dialogue) -> Iterator[Due]:
    """The next steps of a dialogue that is closed."""
    follow_up = dialogue.follow_up
    if not recommended(dialogue):
        return
    yield from _receipt(dialogue)
    if follow_up.untold and follow_up.answered_at is not None:
        yield Due(follow_up.answered_at + TOGETHER, Step.ANSWERED)
    yield from _coming(dialogue)
    missing = _missing_at(dialogue)
    if missing is not None:
        yield Due(missing, Step.MISSING)
    asked = [_ask_at(dialogue, item) for item in _without_day(dialogue)]
    if asked:
        yield Due(min(asked), Step.DAY)
    over = _over_at(dialogue)
    if over is not None:
        yield Due(over, Step.AUTHORS)


def due(dialogue: Dialogue, step: Due) -> list[object]:
    """The events of a step; ``step.now`` is the time on the clock, which may be much later."""
    now = max(step.at, step.now) if step.now is not None else step.at
    if step.step is Step.RECEIPT:
        assert dialogue.advice is not None
        return [ev.ReceiptMissing(dialogue.advice.version)]
    if step.step is Step.ANSWERED:
        return [ev.AnswersTold(tuple(dialogue.follow_up.untold))]
    if step.step is Step.ANSWER_COMING:
        return [_told_before(dialogue, step, now)]
    if step.step is Step.MISSING:
        return _missing(dialogue, now)
    if step.step is Step.DAY:
        wanting = _without_day(dialogue)
        return [ev.DayAsked(tuple(item for item in wanting if _ask_at(dialogue, item) <= now))]
    assert dialogue.closed_at is not None
    days = (step.at - dialogue.closed_at).days
    gone = RecordsDestroyed(Destroyed.AUTHORS, step.links, days, step.category)
    return [ev.AuthorsForgotten(), gone]


# -- the hand-over -----------------------------------------------------------------------------


def _receipt(dialogue: Dialogue) -> Iterator[Due]:
    """Once for each version: on the morning after five working days."""
    advice, follow_up = dialogue.advice, dialogue.follow_up
    if advice is None or not advice.manifest or follow_up.issued_at is None:
        return
    received = follow_up.received.version if follow_up.received is not None else 0
    if received >= advice.version or follow_up.receipt_asked >= advice.version:
        return
    made = follow_up.issued_at.astimezone(ZoneInfo(dialogue.zone)).date()
    yield Due(_at(dialogue, after_working_days(made, RECEIPT_DAYS + 1), MORNING), Step.RECEIPT)


# -- the day of the answers --------------------------------------------------------------------


def _coming(dialogue: Dialogue) -> Iterator[Due]:
    """For each day the moments before it at which staff hears of it, from when it was set on."""
    told = dialogue.follow_up.coming
    for day, items in _by_day(dialogue).items():
        for days in DAYS_BEFORE:
            at = _at(dialogue, day - timedelta(days=days), MORNING)
            if (day.isoformat(), days) not in told and at > _since(dialogue, items[0]):
                yield Due(at, Step.ANSWER_COMING, item=day.isoformat())
                break


def _told_before(dialogue: Dialogue, step: Due, now: datetime) -> ev.AnswerComing:
    day = date.fromisoformat(step.item)
    moments = {n: _at(dialogue, day - timedelta(days=n), MORNING) for n in DAYS_BEFORE}
    days = next(n for n, at in moments.items() if at == step.at)
    later = [at for n, at in moments.items() if n < days and at <= now]
    over = told_at(day, ZoneInfo(dialogue.zone), 0) <= now
    return ev.AnswerComing(tuple(_by_day(dialogue)[day]), step.item, days, not later and not over)


def _by_day(dialogue: Dialogue) -> dict[date, list[str]]:
    """The recommendations that wait for an answer, by its day."""
    found: dict[date, list[str]] = {}
    for item in unanswered(dialogue):
        day = day_of(dialogue, item)
        if day is not None:
            found.setdefault(day, []).append(item)
    return found


def _since(dialogue: Dialogue, item: str) -> datetime:
    """Since when the day of this answer stands, after the closing."""
    assert dialogue.closed_at is not None
    known = dialogue.follow_up.days_set
    own = item if item in dialogue.follow_up.days else ""
    return max(dialogue.closed_at, known.get(own, dialogue.closed_at))


# -- answers that are not there ----------------------------------------------------------------


def _missing_at(dialogue: Dialogue) -> datetime | None:
    """When it is said next that answers are missing: as one more is, or again."""
    follow_up, zone = dialogue.follow_up, ZoneInfo(dialogue.zone)
    assert dialogue.closed_at is not None
    found = [
        max(told_at(day, zone, 0), dialogue.closed_at)
        for item, day in _promised(dialogue)
        if item not in follow_up.missing
    ]
    again = any(item in follow_up.missing for item, _ in _promised(dialogue))
    if again and follow_up.missing_since is not None:
        found.append(told_at(follow_up.missing_since, zone, follow_up.missing_times))
    return min(found, default=None)


def _promised(dialogue: Dialogue) -> list[tuple[str, date]]:
    """The recommendations without an answer, with the day for which it was promised; not that of
    the charter where it was past already at the closing."""
    own = dialogue.follow_up.days
    gone = was_impossible(dialogue)
    waiting = [item for item in unanswered(dialogue) if item in own or not gone]
    days = ((item, day_of(dialogue, item)) for item in waiting)
    return [(item, day) for item, day in days if day is not None]


def _missing(dialogue: Dialogue, now: datetime) -> list[object]:
    follow_up, zone = dialogue.follow_up, ZoneInfo(dialogue.zone)
    late = [(item, day) for item, day in _promised(dialogue) if told_at(day, zone, 0) <= now]
    new = [day for item, day in late if item not in follow_up.missing]
    since = max(new) if new else follow_up.missing_since
    assert since is not None
    return [ev.AnswerMissing(tuple(item for item, _ in late), due_by(since, zone, now))]


# -- what is done with it ----------------------------------------------------------------------


def _without_day(dialogue: Dialogue) -> list[str]:
    """The recommendations that were adopted without a day, and are not done."""
    found = []
    for item in recommended(dialogue):
        response, noted = dialogue.follow_up.response(item), dialogue.follow_up.noted(item)
        ended = noted is not None and noted.state.ended
        if response is not None and response.due_unknown and not ended:
            found.append(item)
    return found


def _ask_at(dialogue: Dialogue, item: str) -> datetime:
    """When staff is asked again by when something is done."""
    response = dialogue.follow_up.response(item)
    assert response is not None
    since = dialogue.follow_up.day_asked.get(item, response.at)
    local = since.astimezone(ZoneInfo(dialogue.zone)).date()
    return _at(dialogue, local + SIX_WEEKS, MORNING)


def _over_at(dialogue: Dialogue) -> datetime | None:
    """When the links to authors end: None as long as something is not answered, or not done."""
    follow_up, ends = dialogue.follow_up, []
    if follow_up.authors_forgotten or not dialogue.links_destroyed or follow_up.untold:
        return None
    if dialogue.held:
        return None
    for item in recommended(dialogue):
        response, noted = follow_up.response(item), follow_up.noted(item)
        if response is None or not response.decided:
            return None
        if response.outcome is Outcome.NOT:
            ends.append(response.at)
        elif noted is None or not noted.state.ended:
            return None
        else:
            ends.append(max(noted.at, response.at))
    assert dialogue.closed_at is not None
    last = max(ends).astimezone(ZoneInfo(dialogue.zone)).date()
    contested = dialogue.closed_at + timedelta(days=dialogue.objection_days)
    return max(_at(dialogue, last + SIX_WEEKS, MORNING), contested)


def _at(dialogue: Dialogue, day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, ZoneInfo(dialogue.zone)).astimezone(UTC)
