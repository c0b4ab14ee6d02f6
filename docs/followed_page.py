"""What became of an advice, made by hand for a picture of the documentation."""

from __future__ import annotations

from advice import model
from advice.followup import files as followup_files
from advice.followup import model as followup
from rounds import registry


def page() -> bytes:
    """The page as HTML, of a recommendation in each state."""
    at = "2026-12-18T09:01:00Z"

    def answer(outcome: str, text: str, source: str | None) -> followup.Response:
        return followup.Response(outcome, text, source, "2026-12-14T09:01:00Z", None)

    decided = "besluit van 14 december 2026"
    begun = followup.Noted("underway", "De eerste zes bomen staan er.", None, at)
    done = followup.Noted("done", "De stoep is vlak.", None, at)
    asked = (
        ("Er moeten meer bomen komen in de straat.", "Wij planten tien bomen.", "adopted", begun),
        ("Maak de stoep breed en vlak.", "Vlak wel, breder past niet.", "partly", done),
        ("De hele straat moet autovrij worden.", "De bus moet er langs.", "not", None),
        ("In de straat geldt straks 30 kilometer per uur.", "", "", None),
        ("Zet meer lampen neer.", "", "", None),
    )
    recommendations = [
        followup.Recommendation(
            f"A{number}",
            text,
            answer(outcome, reason, decided) if outcome else None,
            [],
            [noted] if noted else [],
        )
        for number, (text, reason, outcome, noted) in enumerate(asked, 1)
    ]
    charter = {"answer_by": "2026-12-15", "answer_days": {"A4": "2027-02-01"}}
    about = model.Dialogue(
        *("zomerstraat", "De Zomerstraat opnieuw", "gesprek", "zomerstraat", "Haarlem"),
        *("Europe/Amsterdam", "nl", charter),
    )
    found = followup.FollowUp(
        schema=followup.SCHEMA,
        dialogue=about,
        version=1,
        received=followup.Received("2026-12-04T09:01:00Z", "2026-1234"),
        recommendations=recommendations,
        objections=[],
        commitments=[],
        journal=model.Journal("zomerstraat", 412, "3f2a91bc" * 8, at),
    )
    return followup_files.derived(found, registry.pages().words("nl"))["opvolging.html"]
