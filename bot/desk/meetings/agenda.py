"""``agenda``: the coming meetings and the scheduled rounds, and one meeting as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.desk import youth
from bot.desk.asker import Asker
from bot.desk.meetings.attending import in_sight, meant, mine
from bot.desk.meetings.plan import agreements_before
from bot.desk.services import Services
from bot.desk.which import in_sight as dialogues_in_sight
from commands.meetings import said as words
from commands.said import Where
from dialogues.core import Choice, Notice, Value
from dialogues.dialogue import Dialogue, Status
from dialogues.schedule import END
from meetings import announce
from meetings.meeting import Meeting, Phase, SignUp, Stand

#: The agenda shows so many.
NEXT = 10


def agenda(services: Services, asker: Asker, said: words.Agenda) -> list[Notice]:
    """What is planned, in the order of the hours; or one meeting."""
    if said.meeting:
        return [one(services, asker, meant(services, asker, said.meeting))]
    known = in_sight(services, asker)
    meetings = sorted(_coming(known, asker.at), key=_begins)
    rounds = list(_rounds(services, asker))
    rows = [_row(asker, m) for m in meetings[:NEXT]] + rounds
    rows.sort(key=lambda row: str(row["at"]))
    wanted = [m for m in known if m.phase is Phase.PROPOSED and m.threshold]
    data: dict[str, Value] = {
        "rows": rows[:NEXT],
        "more": max(len(meetings) + len(rounds) - NEXT, 0),
        "proposals": [{"meeting": m.name, "title": m.title} for m in wanted[:NEXT]],
        "staff": asker.staff,
        "plans": bool(asker.held),
    }
    return [Notice("agenda", data, choices=_buttons(meetings[:NEXT]))]


def _coming(meetings: list[Meeting], now: datetime) -> Iterator[Meeting]:
    """Those that are not over yet."""
    for meeting in meetings:
        hours = meeting.hours
        if meeting.phase is Phase.PLANNED and hours is not None and hours.ends_at > now:
            yield meeting


def _begins(meeting: Meeting) -> datetime:
    assert meeting.hours is not None
    return meeting.hours.begins_at


def _row(asker: Asker, meeting: Meeting) -> dict[str, Value]:
    staff = bool(asker.roles_in(meeting.room))
    values = announce.values(meeting, staff=staff)
    at = meeting.hours.begins_at if meeting.hours is not None else None
    return {**values, "what": "meeting", "at": at, "room": meeting.room, "staff": staff}


def _rounds(services: Services, asker: Asker) -> Iterator[dict[str, Value]]:
    """The openings of dialogues and rounds that are planned, those with a meeting left out."""
    for dialogue in dialogues_in_sight(services, asker):
        known = openings_of(dialogue)
        if not known or dialogue.schedule.meeting or dialogue.status is Status.CLOSED:
            continue
        young = youth.is_youth(services, dialogue.room)
        if young and asker.where is Where.PERSONAL and asker.origin.near is None:
            continue
        for index, at in known:
            title = dialogue.frames[index].plan.title
            yield {
                "what": "round",
                "at": at,
                "title": dialogue.title,
                "round": index + 1,
                "round_title": title,
                "room": dialogue.room,
                "staff": bool(asker.roles_in(dialogue.room)),
            }


def openings_of(dialogue: Dialogue) -> list[tuple[int, datetime]]:
    """The rounds that open by themselves, and when."""
    hours = [(o.round, o.at) for o in dialogue.schedule.openings if o.round != END]
    if not hours and dialogue.planned is not None:
        hours = [(0, dialogue.planned.opens_at)]
    return hours


def _buttons(meetings: list[Meeting]) -> tuple[Choice, ...]:
    """A button to sign up for each of the meetings, where there are few."""
    takes = [m for m in meetings if not m.begun and m.missed is None]
    return (announce.button(takes[0], "aanmelden", main=True),) if len(takes) == 1 else ()


def one(services: Services, asker: Asker, meeting: Meeting) -> Notice:
    """One meeting; staff also sees who comes, by the number of the sign-up."""
    staff = bool(asker.roles_in(meeting.room))
    data = {**mine(services, asker, meeting), "staff": staff}
    data["before"] = [*agreements_before(services, asker, meeting)]
    data["list"] = _listed(meeting) if staff else []
    return Notice("meeting_now", data, choices=announce.to_do(meeting))


def _listed(meeting: Meeting) -> list[dict[str, Value]]:
    """Who signed up, for staff: number, group and, where it was given, the name."""
    if meeting.erased:
        return []
    return [_line(each) for each in meeting.sign_ups.values() if each.stand is not Stand.GONE]


def _line(each: SignUp) -> dict[str, Value]:
    return {
        "number": each.number,
        "group": each.group.value,
        "people": each.people,
        "stand": each.stand.value,
        "name": each.name,
    }
