"""Which meetings are near, and what is said and understood because of that."""

from __future__ import annotations

from bot.desk.asker import Asker
from bot.desk.meetings.attending import COMING, in_sight, signed_for, takes
from bot.desk.services import Services
from meetings.meeting import Meeting


def coming(services: Services, asker: Asker) -> list[Meeting]:
    """The meetings in sight that one can sign up for."""
    return [meeting for meeting in in_sight(services, asker) if takes(meeting)]


def hints(services: Services, asker: Asker) -> tuple[str, ...]:
    """What help says of the meetings that are near, as codes."""
    if not services.ledger.meetings.by_id:
        return ()
    near = coming(services, asker)
    if not near or asker.staff:
        return ("help_agenda",) * bool(near)
    signed = any(map(signed_for(services, asker), near))
    return ("help_agenda", "help_sign_off") if signed else ("help_sign_up", "help_agenda")


def can_be_said(services: Services, asker: Asker, word: str) -> bool:
    """Whether what people say for a word may be about a meeting: there is one to sign up for, or
    one that they signed up for."""
    fits = {"aanmelden": takes, "afmelden": signed_for(services, asker)}.get(word)
    known = in_sight(services, asker)
    if fits is None:
        return word != "agenda" or any(m.phase in COMING for m in known)
    return any(m.phase in COMING and fits(m) for m in known)
