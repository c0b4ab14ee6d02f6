"""Evenings of one kind of round: polls, questions, an open ballot, statements without a closing."""

from __future__ import annotations

from typing import Any

from handmade import CLOSED, gone, poll, proposal, question, result, round_, said

from advice.model import (
    Consent,
    Participants,
    Recommendation,
    Result,
)
from rounds.poll.model import Poll
from rounds.questions.pages import Answer, Promise, Question


def polls(**more: Any) -> Result:
    """One poll of each kind, a tie and one without figures."""
    rounds = [
        round_(
            "poll",
            "Kiezen",
            [
                poll(
                    "P1",
                    "Wat eerst?",
                    "one",
                    {"Bomen": 9, "Oversteken": 6, "Niets": 0},
                    15,
                    ["Bomen"],
                )
            ],
            15,
            1,
        ),
        round_(
            "poll",
            "Aankruisen",
            [
                poll(
                    "P2",
                    "Wat mag blijven?",
                    "several",
                    {"Bus": 12, "Parkeren": 8, "Kiosk": 2},
                    15,
                    ["Bus"],
                )
            ],
            15,
            2,
        ),
        round_(
            "poll",
            "Rangorde",
            [
                poll(
                    "P3",
                    "Wat is het belangrijkst?",
                    "ranked",
                    {"Groen": [6, 4, 2], "Rust": [5, 5, 1], "Bus": [3, 2, 6]},
                    14,
                    ["Groen"],
                )
            ],
            14,
            3,
        ),
        round_(
            "poll",
            "Punten",
            [
                poll(
                    "P4",
                    "Verdeel tien punten.",
                    "points",
                    {"Groen": {"5": 6, "10": 2}, "Rust": {"5": 6}, "Bus": {"10": 4}},
                    12,
                    ["Groen"],
                )
            ],
            12,
            4,
        ),
        round_(
            "poll",
            "Gelijk",
            [poll("P5", "Links of rechts?", "one", {"Links": 6, "Rechts": 6, "Midden": 1}, 13, [])],
            13,
            5,
        ),
        round_(
            "poll",
            "Weinig",
            [Poll("P6", "Nog iets?", "shown", None, None, True, None, poll="one", options=[])],
            None,
            6,
        ),
    ]
    fields: dict[str, Any] = {"kind": "verslag", "participants": Participants(0, 15, 15)}
    return result(rounds, **(fields | more))


def questions(**more: Any) -> Result:
    """A question hour: answered, promised and open."""
    items = [
        question("V1", "Wanneer komt het fietspad?", 9, answer=Answer("In maart 2027.", CLOSED)),
        question(
            "V2", "Blijft de kiosk?", 4, promise=Promise("Ik zoek het uit.", "2026-12-04T19:00:00Z")
        ),
        question("V3", "Wie betaalt dit?", 12),
        gone("V4", "hidden", Question),
    ]
    rounds = [round_("questions", "Vragenuur", items, 0)]
    people = Participants(16, 0, 16)
    fields: dict[str, Any] = {"kind": "verslag", "participants": people, "hidden": {"insult": 1}}
    return result(rounds, **(fields | more))


def open_ballot(**more: Any) -> Result:
    """An open ballot, whose votes are published."""
    items = [
        said("S1", "Er moeten meer bomen komen.", (5, 1, 0), 6),
        said("S2", "Een bankje bij de halte.", (2, 2, 1), 6),
        said("S3", "Meer licht.", None, 6),
    ]
    closing = [proposal("A1", "Er moeten meer bomen komen.", 5, 1)]
    rounds = [
        round_("statements", "Stellingen", items, 6),
        round_("closing", "Slotstemming", closing, 6, 2),
    ]
    trees = Recommendation("A1", "Er moeten meer bomen komen.", "S1", Consent(5, 1))
    fields: dict[str, Any] = {
        "charter": {"ballot": "open", "minimum": 5},
        "participants": Participants(3, 6, 8),
        "recommendations": [trees],
    }
    return result(rounds, **(fields | more))


def no_closing(**more: Any) -> Result:
    """A round of statements alone: a report of what was agreed on."""
    items = [
        said("S1", "Er moeten meer bomen komen.", (14, 1, 0), 16),
        said("S2", "De straat kan zo blijven.", (2, 12, 1), 16),
        said("S3", "Een bankje bij de halte.", (7, 7, 1), 16),
    ]
    rounds = [round_("statements", "Stellingen", items, 16)]
    people = Participants(3, 16, 16)
    return result(rounds, kind="verslag", participants=people, **more)
