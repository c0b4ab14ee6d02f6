"""The Zomerstraat: a whole evening, and what is left of it where few took part."""

from __future__ import annotations

from typing import Any

from handmade import gone, poll, proposal, result, round_, said

from advice.model import (
    Change,
    Consent,
    Minority,
    Participants,
    Reason,
    Recommendation,
    Result,
)


def street(**more: Any) -> Result:
    """Three recommendations with a minority, two divided statements, one hidden, one unreviewed."""
    of = 21
    statements = [
        said("S1", "Bij de school moet een zebrapad komen.", (20, 1, 0), of),
        said(
            "S2",
            "Maak van de hele straat een straat waar je 30 rijdt.",
            (13, 6, 2),
            of,
            reasons=[
                Reason("agree", "Mijn kinderen steken hier elke dag over."),
                Reason("disagree", "De bus loopt dan vertraging op."),
                Reason("disagree", "Dertig is te langzaam op zondag."),
            ],
        ),
        gone("S3", "hidden"),
        said(
            "S4",
            "De helft van de parkeerplaatsen kan weg.",
            (11, 9, 1),
            of,
            reasons=[
                Reason("agree", "Er staan nu vooral auto's van buiten de wijk."),
                Reason(
                    "disagree",
                    "Mijn moeder loopt slecht en heeft de auto voor de deur nodig.",
                ),
            ],
        ),
        said("S5", "Laat de straat zoals zij is.", (3, 16, 1), of),
        said("S6", "Zet bankjes bij de bushalte.", (8, 7, 3), of),
        said(
            "S7",
            "Er moeten meer bomen komen.",
            (19, 2, 0),
            of,
            reasons=[
                Reason("agree", "In juli is het hier niet te harden van de hitte."),
                Reason("disagree", "Wortels drukken mijn stoep omhoog."),
            ],
        ),
        said("S8", "De gemeente kan hier laadpalen plaatsen.", (4, 3, 1), of, staff=True),
        said("S9", "Een bord met de naam van de straat.", None, of),
        gone("S10", "unreviewed"),
        gone("S11", "withdrawn"),
    ]
    choices = {"Linden": 11, "Platanen": 4, "Fruitbomen": 5}
    polls = [poll("P1", "Welke bomen wilt u?", "one", choices, 20, ["Linden"])]
    against = [Reason("no", "De bus loopt dan vertraging op.")]
    texts = {
        "A1": "Bij de school moet een zebrapad komen.",
        "A2": "Er moeten meer bomen komen.",
        "A3": "Maak van de hele straat een straat waar je 30 rijdt.",
        "A4": "Welke bomen wilt u?: Linden",
    }
    votes = {"A1": (18, 1), "A2": (17, 2), "A3": (12, 7), "A4": (11, 6)}
    closing = [proposal(n, texts[n], *votes[n], against if n == "A3" else []) for n in texts]
    fields: dict[str, Any] = {
        "recommendations": [
            Recommendation("A1", texts["A1"], "S1", Consent(18, 1)),
            Recommendation("A2", texts["A2"], "S7", Consent(17, 2), False, None),
            Recommendation(
                "A3",
                texts["A3"],
                "S2",
                Consent(12, 7),
                False,
                Minority(7, "De bus loopt dan vertraging op."),
            ),
            Recommendation("A4", texts["A4"], "P1", Consent(11, 6), False, Minority(6, None), 1),
        ],
        "hidden": {"personal": 1},
        "unreviewed": 1,
        "changes": [
            Change("hide", "S3", "moderator 1", "2026-12-01T19:02:00Z", "personal"),
            Change(
                "charter",
                "agenda",
                "moderator 1",
                "2026-12-02T09:00:00Z",
                "de commissie is verzet",
                "commissie Beheer, 3 december",
                "commissie Beheer, 10 december, punt 7",
            ),
        ],
    }
    rounds = [
        round_("statements", "Wat vindt u van de straat?", statements, of, 1),
        round_("poll", "Welke bomen?", polls, 20, 2),
        round_(
            "closing",
            "Slotstemming",
            closing,
            19,
            3,
            opened_at="2026-12-02T19:00:00Z",
            closed_at="2026-12-03T19:00:00Z",
        ),
    ]
    return result(rounds, **(fields | more))


def no_proposal(**more: Any) -> Result:
    """Nothing reached the threshold: a report."""
    items = [
        said("S1", "Sluit de straat af voor auto's.", (8, 9, 2), 20),
        said("S2", "Houd de straat zoals zij is.", (4, 14, 2), 20),
        said("S3", "Meer groen.", (2, 1, 4), 20),
    ]
    rounds = [
        round_("statements", "Stellingen", items, 20),
        round_("closing", "Slotstemming", [], 0, 2),
    ]
    people = Participants(6, 20, 21)
    return result(rounds, kind="verslag", participants=people, **more)


def too_few(**more: Any) -> Result:
    """Seven people took part, where ten were agreed on as the minimum."""
    items = [
        said("S1", "Er moeten meer bomen komen.", (6, 1, 0), 7),
        said("S2", "Een bankje.", None, 7),
    ]
    rounds = [round_("statements", "Stellingen", items, 7)]
    return result(rounds, kind="verslag", participants=Participants(3, 7, 7), **more)


def suppressed(**more: Any) -> Result:
    """Fewer than five people voted: no figures."""
    items = [said("S1", "Er moeten meer bomen komen.", None, 0), said("S2", "Een bankje.", None, 0)]
    rounds = [round_("statements", "Stellingen", items, None)]
    people = Participants(2, None, None)
    return result(rounds, kind="verslag", participants=people, **more)


def interim(**more: Any) -> Result:
    """One round closed, one open: title and turnout only."""
    items = [said("S1", "Er moeten meer bomen komen.", (6, 1, 0), 7)]
    rounds = [
        round_("statements", "Stellingen", items, 7),
        round_("closing", "Slotstemming", [], None, 2, state="open", closed_at=None),
    ]
    people = Participants(3, 10, 11)
    return result(rounds, kind="verslag", interim=True, participants=people, **more)
