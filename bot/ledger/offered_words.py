"""The words that the bot itself offers to staff ("Advies maken? Typ advies."), and about what.

Such a word, typed next, is about the dialogue that it was offered for, whichever other one is open
or chosen by then; until a dialogue is chosen with ``kies``, or a day has gone.
"""

from __future__ import annotations

from storage.forms import LAPSES
from storage.offers import Offer, Offers

#: The words that each text for staff offers, by their canonical form. Without ``start``: of two
#: that wait for it the bot asks which one is meant, and one alone is found anyway.
OFFERED: dict[str, tuple[str, ...]] = {
    "answer_coming": ("reactie", "uitstel"),
    "answer_day_wanted": ("gesprek afspraken",),
    "answers_wanted": ("reactie", "uitstel"),
    "course": ("advies", "volgende"),
    "day_asked": ("reactie",),
    "dialogue_closed_staff": ("advies", "evaluatie"),
    "draft_posted_staff": ("evaluatie", "oordeel", "werk"),
    "form_stopped": ("gesprek afspraken",),
    "hidden": ("toon",),
    "prepared": ("gesprek afspraken",),
    "recommendations_draft": ("advies weg", "advies erbij", "advies orde", "volgende"),
    "not_reviewed": ("ok", "werk"),
    "objections_wait": ("oordeel", "werk"),
    "receipt_missing": ("ontvangen",),
    "review_waits": ("werk",),
    "round_closed_next": ("volgende",),
    "youth_alarm": ("ok", "werk"),
}


def note(offers: Offers, place: str, dialogue: str, template: str, at: int) -> None:
    """A text about a dialogue is said to staff in a place, at ``at`` (ms)."""
    for word in OFFERED.get(template, ()):
        offers.offer(place, Offer(_kind(word), dialogue, at, ()))


def about(offers: Offers, place: str, word: str, at: int) -> str:
    """The dialogue for which a word was offered last in a place, or ""."""
    found = offers.offered(place, _kind(word), at)
    return found.dialogue if found is not None and at - found.stood_at <= LAPSES else ""


def chosen(offers: Offers, place: str) -> None:
    """A dialogue was chosen in a place: it is meant, whatever was offered before."""
    offers.remove(place, [_kind(word) for words in OFFERED.values() for word in words])


def _kind(word: str) -> str:
    return f"word {word}"
