"""A town's site made by hand: the records of one dialogue with whatever words, and its pages."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any

import msgspec

from advice.model import Dialogue
from advice.site.looks import Looks
from advice.site.model import (
    Adjusted,
    Ask,
    Bulletin,
    Commitment,
    Conversation,
    Draft,
    Progress,
    Proposed,
    Received,
    Response,
    Round,
    Version,
)
from advice.site.pages import page_of
from advice.site.records import Hour, Told
from advice.site.whole import common_files
from advice.town.calendar_file import Entry
from advice.town.moments import Meeting, Moment, moments
from advice.town.planned import Named
from rounds.registry import pages

AT = "2026-12-01T19:00:00Z"
LATER = "2026-12-08T19:00:00Z"
BULLETIN = Bulletin(
    *("2026-11", 1, LATER, "nieuwsbrieven/nieuwsbrief-2026-11.html"),
    files=["nieuwsbrieven/nieuwsbrief-2026-11.html"],
)
_BEGIN = datetime(2026, 12, 4, 19, tzinfo=UTC)
_END = datetime(2026, 12, 4, 21, tzinfo=UTC)


def conversation(text: str = "gewone woorden", **other: Any) -> Conversation:
    """A dialogue with everything that one can have; ``text`` stands wherever people typed."""
    charter = {
        "level": "meedenken",
        "decider": text,
        "answer_by": "2026-12-15",
        "fixed": text,
        "open": text,
        "phase": "voorbereiding",
        "ballot": "confidential",
        "voor": text,
        "uitnodiging": text,
        "agenda": text,
        "besluit": text,
    }
    response = Response("adopted", text, "college", text, LATER, "2027-03-01")
    given = {
        "dialogue": Dialogue(
            "de-straat",
            text,
            "gesprek",
            "zomerstraat",
            "Haarlem",
            "Europe/Amsterdam",
            "nl",
            charter,
        ),
        "state": "documented",
        "simulated": False,
        "opened_at": AT,
        "closed_at": LATER,
        "rounds": [Round(1, text, "statements", "closed", AT, None, LATER)],
        "asks": [
            Ask(
                *("A1", text, "S1"),
                response=response,
                earlier=[Response("not", text, "council", None, AT, None)],
                progress=[Progress("underway", text, text, LATER)],
                answer_by="2026-12-15",
                adjusted=Adjusted(["O1", "O2"], text),
            ),
            Ask("A2", None, "S2", answer_by="2026-12-15", missed=True),
        ],
        "versions": [_version(2, True), _version(1, False)],
        "received": Received(1, text, LATER),
        "follow_up": ["opvolging.html", "opvolging.json"],
    }
    return Conversation(**{**given, **other})


def drafted(text: str = "gewone woorden") -> Conversation:
    """Another dialogue, which has a draft and no document."""
    draft = Draft(
        *(LATER, LATER),
        asks=[Proposed("A1", text, Adjusted(["O1"], text)), Proposed("A2", None)],
        divided=[Proposed("S2", text)],
        others=2,
    )
    about = msgspec.structs.replace(conversation(text).dialogue, id="de-bocht")
    nothing = {"asks": [], "versions": [], "received": None, "follow_up": []}
    return conversation(text, dialogue=about, state="closed", draft=draft, **nothing)


def _version(number: int, matches: bool) -> Version:
    return Version(
        number=number,
        kind="advies",
        at=LATER,
        sha256="ab" * 32,
        matches=matches,
        remade=not matches,
        participants=21,
        folder=f"gesprekken/de-straat/versie-{number}",
        files=["advies.html", "uitslag.json"],
        archive=f"gesprekken/de-straat/versie-{number}.zip",
    )


def told(one: Conversation, text: str = "gewone woorden") -> Told:
    entry = Entry("x@y", 0, text, _BEGIN, _END, "Europe/Amsterdam", _BEGIN, where=text)
    return Told(one, "bomen straat", [Hour(entry, over=False)])


def meetings(text: str = "gewone woorden") -> list[Moment]:
    """A meeting that is planned, and one that a resident proposes."""

    def meeting(number: int, state: str, begins: datetime | None) -> Meeting:
        return Meeting(
            number=number,
            title=text,
            state=state,
            planned=state != "proposed",
            room="zomerstraat",
            language="nl",
            town="Haarlem",
            by="gemeente",
            groups=(),
            begins_at=begins,
            ends_at=_END if begins else None,
            wall="2026-12-04T20:00" if begins else "",
            zone="Europe/Amsterdam",
            where=text,
            places=None,
            signed_up=12,
            waiting=0,
            attended=None,
            supports=7,
            sequence=0,
            changed_at=_BEGIN,
            dialogue="de-straat",
        )

    return moments([meeting(1, "planned", _BEGIN), meeting(2, "proposed", None)]).moments


def commitments(text: str = "gewone woorden") -> list[Commitment]:
    """One that is late, and one that was kept."""
    step = Progress("done", text, text, LATER)
    late = Commitment(
        *("T1", "promise", text, "", "college", "2026-12-20", "late", LATER, "A1", "de-straat"),
        progress=[],
    )
    kept = Commitment(
        *("T2", "agreement", None, text, None, "2026-12-20", "done", LATER, "V3", None),
        progress=[step],
    )
    return [late, kept]


@cache
def looks(language: str = "nl", town: str = "Haarlem") -> Looks:
    named = Named(town, "Europe/Amsterdam", language)
    return Looks(named, pages(), address="https://gesprekken.example")


def site(text: str = "gewone woorden", language: str = "nl", **more: Any) -> dict[str, bytes]:
    """Every page and the feed of a town with this dialogue, and one with a draft."""
    one, other = conversation(text, **more), drafted(text)
    look, made = looks(language), commitments(text)
    by_id = {"de-straat": told(one, text), "de-bocht": told(other, text)}
    common = common_files(by_id, made, meetings(text), {}, [BULLETIN], look)
    return page_of(one, made, look) | page_of(other, [], look) | common
