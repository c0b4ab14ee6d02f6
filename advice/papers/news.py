"""Finds what happened in a month, in rooms whose dialogues may stand in public files.

Nothing is told of how anybody voted, nor in which numbers; how many took part only where no figure
of the document about people is held back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from advice.published import iso
from commitments.commitment import Commitment, State
from dialogues.counting.threshold import masked
from dialogues.dialogue import Dialogue, Status
from dialogues.followup.days import recommended
from dialogues.followup.events import Outcome
from dialogues.followup.state import Response
from dialogues.news import News, NewsItem
from meetings.meeting import Meeting, Phase

#: How far ahead the newsletter looks.
AHEAD = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Month:
    """A month in a town's zone: from its first moment up to the first of the next."""

    name: str
    begins_at: datetime
    ends_at: datetime

    @classmethod
    def of(cls, name: str, zone: ZoneInfo) -> Month:
        """The month of a name such as 2026-11."""
        year, month = map(int, name.split("-"))
        later = (year + month // 12, month % 12 + 1)
        first = datetime(year, month, 1, tzinfo=zone), datetime(*later, 1, tzinfo=zone)
        return cls(name, first[0].astimezone(UTC), first[1].astimezone(UTC))

    def has(self, at: datetime | None) -> bool:
        return at is not None and self.begins_at <= at < self.ends_at


def news(
    dialogues: Iterable[Dialogue],
    meetings: Iterable[Meeting],
    commitments: Iterable[Commitment],
    month: Month,
    now: datetime,
    shown: Callable[[str], bool],
) -> tuple[NewsItem, ...]:
    """What happened in a month, and what comes after ``now``; ``shown`` says of a room whether
    public files tell of it."""
    found: list[NewsItem] = []
    for dialogue in dialogues:
        if shown(dialogue.room) and dialogue.status is not Status.DISCARDED:
            found += _of_dialogue(dialogue, month, now)
    for meeting in meetings:
        if shown(meeting.room) and meeting.reviewed and isinstance(meeting.title, str):
            found += _of_meeting(meeting, month, now)
    for commitment in commitments:
        if not commitment.room or shown(commitment.room):  # without a room it is of the whole town
            found += _of_commitment(commitment, month)
    order = list(News)
    return tuple(sorted(found, key=lambda one: (order.index(one.what), one.at, one.title)))


def _of_dialogue(dialogue: Dialogue, month: Month, now: datetime) -> Iterator[NewsItem]:
    title, source = dialogue.title, dialogue.id
    started, closed, advice = dialogue.started_at, dialogue.closed_at, dialogue.advice
    if started is not None and month.has(started):
        yield NewsItem(News.OPENED, iso(started), title, source)
    if closed is not None and month.has(closed):
        yield NewsItem(News.CLOSED, iso(closed), title, source, people(dialogue))
    if advice is not None and advice.manifest and month.has(advice.at):
        yield NewsItem(News.ADVICE, iso(advice.at), title, f"{source} {advice.version}")
    yield from _followed(dialogue, month)
    for entry in dialogue.announced.values():
        if not entry.off and now < entry.begins_at <= now + AHEAD:
            yield NewsItem(News.COMING, iso(entry.begins_at), entry.title, source)


def _followed(dialogue: Dialogue, month: Month) -> Iterator[NewsItem]:
    """What became of an advice in a month. A decision on several recommendations is one entry."""
    title, follow_up = dialogue.title, dialogue.follow_up
    for received in follow_up.receipts[-1:]:
        if month.has(received.at):
            yield NewsItem(News.RECEIVED, iso(received.at), title, received.case)
    given: dict[str, list[Response]] = {}
    for item in recommended(dialogue):
        response = follow_up.response(item)
        if response is not None and response.decided and month.has(response.at):
            given.setdefault(response.source, []).append(response)
    for source, responses in given.items():
        many = Counter(response.outcome for response in responses)
        outcomes = (many[Outcome.ADOPTED], many[Outcome.PARTLY], many[Outcome.NOT])
        at = iso(max(response.at for response in responses))
        yield NewsItem(News.ANSWERED, at, title, source, outcomes=outcomes)
    if follow_up.missing and follow_up.missing_since is not None:
        late = datetime.combine(follow_up.missing_since, datetime.min.time(), tzinfo=UTC)
        if late < month.ends_at:
            missing = (len(follow_up.missing), 0, 0)
            yield NewsItem(News.MISSING, iso(late), title, dialogue.id, outcomes=missing)


def people(dialogue: Dialogue) -> int | None:
    """How many took part, where nothing has to be held back: each figure of people that the
    document gives is none or at least five. None: not told, or not counted."""
    advice = dialogue.advice
    if advice is None or not advice.manifest:
        return None
    figures = [advice.contributed, advice.voted, advice.total]
    figures += [frame.voters for frame in dialogue.frames]
    return None if any(masked(one) is None for one in figures) else advice.total


def _of_meeting(meeting: Meeting, month: Month, now: datetime) -> Iterator[NewsItem]:
    title, hours = str(meeting.title), meeting.hours
    if meeting.phase is Phase.HELD and meeting.ended_at is not None and month.has(meeting.ended_at):
        there = masked(meeting.attended) if meeting.attended is not None else None
        yield NewsItem(News.HELD, iso(meeting.ended_at), title, meeting.name, there)
    if (
        hours is not None
        and meeting.phase is Phase.PLANNED
        and now < hours.begins_at <= now + AHEAD
    ):
        yield NewsItem(News.COMING, iso(hours.begins_at), title, meeting.name)


def _of_commitment(one: Commitment, month: Month) -> Iterator[NewsItem]:
    """That it is done, or that its day is over. Of a promised answer only its number is told: the
    words of a question are its author's."""
    title = one.said.text or one.source.name
    if one.state is State.DONE and one.at is not None and month.has(one.at):
        yield NewsItem(News.DONE, iso(one.at), title, one.name)
    day = datetime.combine(one.due, datetime.min.time(), tzinfo=one.place)
    if one.state is State.LATE and day < month.ends_at:
        yield NewsItem(News.LATE, iso(day), title, one.name)
