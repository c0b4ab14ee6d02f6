"""The notices about a meeting: its card, and what the room, staff and those signed up hear."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from dialogues.core import Audience, Choice, Notice, Value
from meetings import events as ev
from meetings.meeting import Agreement, Hours, Meeting, Phase, SignUp, Stand

#: The slot of the one message that shows a meeting in its room, and is edited.
SLOT = "card-0"

#: Figures of fewer people than this are said to staff alone.
FEWEST = 5

#: What begins up to so many minutes late is said to begin now.
_NOW = 60

#: The events after which the card is another.
_SHOWN_BY = frozenset(
    {
        ev.Agreed,
        ev.Attended,
        ev.MeetingBegan,
        ev.MeetingCalledOff,
        ev.MeetingHeld,
        ev.MeetingLapsed,
        ev.MeetingMissed,
        ev.MeetingMoved,
        ev.MeetingPlanned,
        ev.ProposalDeclined,
        ev.ProposalErased,
        ev.ProposalLapsed,
        ev.ProposalShown,
        ev.ProposalTaken,
        ev.ProposalWithdrawn,
    }
)

#: The slot of a meeting in a platform's list of events.
LISTED = "listed"

#: The events after which it stands there otherwise.
_LISTED_BY = frozenset(
    {
        ev.MeetingCalledOff,
        ev.MeetingLapsed,
        ev.MeetingMoved,
        ev.MeetingPlanned,
        ev.ProposalErased,
        ev.ProposalTaken,
    }
)

#: The events of the support for a proposal.
_OF_SUPPORT = frozenset({ev.ProposalSupported, ev.ProposalSupportWithdrawn})

#: The events of a sign-up, after which it may be another.
_OF_A_SIGN_UP = frozenset(
    {ev.OfferLapsed, ev.PlaceGiven, ev.PlaceOffered, ev.SignedOff, ev.SignedUp}
)


def is_seen(meeting: Meeting) -> bool:
    """Whether the room may see a meeting: one that was planned, or a proposal after review."""
    return meeting.reviewed


def changes_card(meeting: Meeting, event: Any) -> bool:
    """Whether the card may be another after an event. One sign-up, or supporter, among few shows
    nothing there, and an edit would tell that somebody signed up or off."""
    if not is_seen(meeting):
        return False
    if type(event) in _OF_SUPPORT:
        return len(meeting.supporters) + 1 >= FEWEST
    if type(event) not in _OF_A_SIGN_UP:
        return type(event) in _SHOWN_BY
    one = meeting.sign_ups[event.number]
    free = meeting.free(one.group)
    near = free is not None and free <= max(one.people, 1)
    return one.staff or near or meeting.signed_up + 1 >= FEWEST


def changes_list(meeting: Meeting, event: Any) -> bool:
    """Whether a meeting stands otherwise in a list of events after this one."""
    return type(event) in _LISTED_BY and meeting.planned


def listed(meeting: Meeting) -> Notice:
    """How a planned meeting stands in a list of events."""
    assert meeting.hours is not None
    data: dict[str, Value] = {
        "meeting": meeting.name,
        "title": meeting.title,
        "begins_at": meeting.hours.begins_at,
        "ends_at": meeting.hours.ends_at,
        "where": meeting.plan.where or meeting.room,
        "off": meeting.phase in (Phase.CALLED_OFF, Phase.LAPSED),
    }
    return Notice("meeting_listed", data, Audience.ROOM, slot=LISTED)


def card_changed() -> Notice:
    """The card changed; its text is made when it is sent."""
    return Notice("meeting_changed", {}, Audience.ROOM, slot=SLOT)


def values(meeting: Meeting, *, staff: bool = False) -> dict[str, Value]:
    """What is said of a meeting. Figures of few people are left out (None) for who is no staff."""
    plan, hours = meeting.plan, meeting.hours
    signed = meeting.signed_up
    tells = staff or signed >= FEWEST
    waits = meeting.waits
    support = len(meeting.supporters)
    return {
        "meeting": meeting.name,
        "title": meeting.title,
        "phase": meeting.phase.value,
        "begins_at": hours.begins_at if hours is not None else None,
        "ends_at": hours.ends_at if hours is not None else None,
        "where": plan.where,
        "host": plan.host,
        "groups": [group.value for group in plan.audience],
        "places": [{"group": g.value, "places": n} for g, n in plan.places.by_group],
        "most": plan.places.most,
        "full": meeting.full,
        "signed_up": signed if tells else None,
        "waits": waits if staff or waits >= FEWEST else None,
        "begun": meeting.begun,
        "missed": meeting.missed is not None,
        "reason": meeting.reason,
        "attended": meeting.attended if staff or (meeting.attended or 0) >= FEWEST else None,
        "why": meeting.why,
        "threshold": meeting.threshold,
        "supports": support if staff or support >= FEWEST else None,
        "agreements": agreements(meeting),
        "follows": f"M{plan.previous}" if plan.previous else "",
        "dialogue": plan.dialogue,
    }


def agreements(meeting: Meeting) -> list[dict[str, Value]]:
    """What was agreed, with who does it and by which day, where that was said."""
    return [_agreement(one) for one in meeting.agreements]


def _agreement(one: Agreement) -> dict[str, Value]:
    return {"number": one.number, "text": one.text, "who": one.who, "by": _day(one.by)}


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def card(meeting: Meeting) -> Notice:
    """The one message about a meeting in its room."""
    return Notice("meeting_card", values(meeting), Audience.ROOM, slot=SLOT, choices=to_do(meeting))


def to_do(meeting: Meeting) -> tuple[Choice, ...]:
    """What everybody can do with a meeting now."""
    if meeting.phase is Phase.PROPOSED and meeting.threshold:
        return (button(meeting, "steun", main=True),)
    if meeting.phase is Phase.PLANNED and not meeting.begun and meeting.missed is None:
        return (button(meeting, "aanmelden", main=True), button(meeting, "afmelden"))
    return ()


def own(meeting: Meeting, one: SignUp) -> tuple[Choice, ...]:
    """What somebody can do with their own sign-up now."""
    if meeting.phase is not Phase.PLANNED or meeting.begun or meeting.missed is not None:
        return ()
    off = button(meeting, "afmelden")
    return (button(meeting, "aanmelden", main=True), off) if one.stand is Stand.OFFERED else (off,)


def button(meeting: Meeting, word: str, *, main: bool = False) -> Choice:
    """A button that says a word about a meeting."""
    return Choice(meeting.id, 0, meeting.name, word, main=main)


def announce(meeting: Meeting, event: Any) -> Iterator[Notice]:
    """What people hear of an event, the card left out."""
    told = _ROOM.get(type(event))
    if isinstance(event, ev.MeetingBegan) and event.late > _NOW:
        told = "meeting_began"
    if told is not None and is_seen(meeting) and getattr(event, "told", True):
        yield Notice(told, {**values(meeting), **_more(meeting, event)}, Audience.ROOM)
    staff = _STAFF.get(type(event))
    if staff is not None and _for_staff(event):
        data = {**values(meeting, staff=True), **_more(meeting, event)}
        yield Notice(staff, data, Audience.STAFF)
    yield from _in_person(meeting, event)


#: What the room is told.
_ROOM: dict[type, str] = {
    ev.MeetingBegan: "meeting_begins",
    ev.MeetingCalledOff: "meeting_called_off",
    ev.MeetingLapsed: "meeting_lapsed",
    ev.MeetingMoved: "meeting_moved",
    ev.ProposalDeclined: "meeting_declined",
    ev.TablesListed: "meeting_tables_listed",
    ev.TablesDrawn: "meeting_tables_drawn",
    ev.ProposalLapsed: "meeting_not_taken",
}

#: What staff is told, and perhaps asked.
_STAFF: dict[type, str] = {
    ev.AgreementsAsked: "meeting_agreements_lack",
    ev.DialoguePrepared: "meeting_dialogue_waits",
    ev.MeetingHeld: "meeting_held_staff",
    ev.MeetingMissed: "meeting_missed_staff",
    ev.MeetingProposed: "meeting_proposed_staff",
    ev.ProposalSupported: "meeting_supported_staff",
    ev.TablesDrawn: "meeting_tables_staff",
}


def _for_staff(event: Any) -> bool:
    if isinstance(event, ev.DialoguePrepared):
        return bool(event.refusal)
    return not isinstance(event, ev.ProposalSupported) or event.reached


def _more(meeting: Meeting, event: Any) -> dict[str, Value]:
    if isinstance(event, ev.MeetingMoved):
        was: Hours = meeting.changes[-1].was
        return {"was": was.begins_at, "want": event.want}
    if isinstance(event, ev.AgreementsAsked):
        return {"lacking": [_agreement(one) for one in meeting.lacking()]}
    if isinstance(event, ev.TablesListed | ev.TablesDrawn):
        return drawn(meeting)
    if isinstance(event, ev.MeetingCalledOff):
        return {"rest": event.rest}
    if isinstance(event, ev.MeetingBegan):
        return {"late": event.late}
    return {}


#: What each of those who signed up is told with it.
_PERSONAL = {
    "meeting_called_off": "your_meeting_called_off",
    "meeting_lapsed": "your_meeting_called_off",
    "meeting_moved": "your_meeting_moved",
}


def drawn(meeting: Meeting) -> dict[str, Value]:
    """The tables: how many, the hash of the list, the seed, and for staff who sits where."""
    draw = meeting.draw
    assert draw is not None
    rows: list[Value] = [
        {"table": table, "people": [person.name for person in there]}
        for table, there in enumerate(draw.drawn, 1)
    ]
    return {
        "tables": draw.tables,
        "listing_hash": draw.listing_hash,
        "seed": draw.seed,
        "rows": rows,
    }


def _in_person(meeting: Meeting, event: Any) -> Iterator[Notice]:
    """What those who signed up hear, each in person."""
    told = _ROOM.get(type(event))
    if told in ("meeting_moved", "meeting_called_off", "meeting_lapsed"):
        for one in meeting.sign_ups.values():
            if one.stand is not Stand.GONE and not one.staff:
                yield _to(meeting, one, _PERSONAL[told], _more(meeting, event))
    elif isinstance(event, ev.RemindersGiven) and event.told:
        for one in meeting.sign_ups.values():
            if one.day if event.day else one.hour:
                yield _to(meeting, one, "your_meeting_soon", {"day": event.day})
    elif isinstance(event, ev.TablesDrawn):
        draw = meeting.draw
        for one in meeting.sign_ups.values():
            table = draw.table_of(one.number) if draw is not None and not one.staff else 0
            if table:
                yield _to(meeting, one, "your_meeting_table", {"table": table})
    elif isinstance(event, ev.PlaceOffered):
        data: dict[str, Value] = {"until": event.until}
        yield _to(meeting, meeting.sign_ups[event.number], "your_meeting_offer", data)
    elif isinstance(event, ev.PlaceGiven) and event.straight:
        yield _to(meeting, meeting.sign_ups[event.number], "your_meeting_place", {})
    elif isinstance(event, ev.OfferLapsed):
        yield _to(meeting, meeting.sign_ups[event.number], "your_meeting_offer_gone", {})
    elif isinstance(event, ev.ProposalDeclined):
        data = {**values(meeting)}
        yield Notice("your_meeting_declined", data, Audience.PERSON, person=meeting.made_by)


def _to(meeting: Meeting, one: SignUp, template: str, more: dict[str, Value]) -> Notice:
    data = {**values(meeting), **more, "number": one.number, "stand": one.stand.value}
    choices = own(meeting, one) if one.stand is not Stand.GONE else ()
    return Notice(template, data, Audience.PERSON, person=one.by, choices=choices)
