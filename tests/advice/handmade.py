"""How results are made by hand for the tests of this folder."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from advice import bundle
from advice.model import (
    SCHEMA,
    Dialogue,
    Item,
    Journal,
    Participants,
    Reason,
    Result,
    Round,
)
from advice.published import ATTESTED, held_back_people, iso, split_by_link
from advice.writing.polis import OpenVote, OpenVotes
from dialogues.counting import RULES
from dialogues.counting import statement as rule
from dialogues.counting.threshold import masked
from rounds.poll.model import Poll, PollOption
from rounds.questions.pages import Question
from rounds.registry import pages

#: The pages of the kinds of rounds in these results.
PAGES = pages()


ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


OPENED = "2026-12-01T18:30:00Z"


CLOSED = "2026-12-01T19:30:00Z"


CHARTER: dict[str, Any] = {
    "level": "meedenken",
    "decider": "de gemeenteraad",
    "answer_by": "2026-12-15",
    "fixed": "de bus blijft en er is geen extra geld",
    "open": "bomen, parkeren, oversteken",
    "phase": "voorbereiding",
    "ballot": "confidential",
    "voor": "bewoners van de Zomerstraat",
    "adressen": 310,
    "uitnodiging": "brief",
    "agenda": "commissie Beheer, 10 december, punt 7",
    "minimum": 10,
}


def told(people: Participants, rounds: list[Round], minimum: int) -> Participants:
    """The numbers of people as they are published."""
    known = pages().by_kind
    voters = [r.voters for r in rounds if known[r.kind].ballots and r.state != "skipped"]
    numbers = (people.contributed, people.voted, people.total)
    few = (None if n is None else masked(n) for n in numbers)
    met = (people.total or 0) >= minimum
    published = held_back_people(*few, voters)
    split = split_by_link(people.linked, published[2])
    return Participants(*published, list(ATTESTED), met, *split)


def codes(round_: int, n: int) -> list[str]:
    """Receipt codes of a round, sorted as they are published."""
    found = []
    for ballot in range(n):
        seed = hashlib.sha256(f"{round_}/{ballot}".encode()).digest()
        found.append("".join(ALPHABET[byte % 32] for byte in seed[:12]))
    return sorted(found)


def sealed(round_: int, n: int) -> str:
    """The hash over a round's receipt codes."""
    return hashlib.sha256("".join(c + "\n" for c in codes(round_, n)).encode()).hexdigest()


def receipts(result: Result) -> dict[int, list[str]]:
    return {i: codes(i, r.voters) for i, r in enumerate(result.rounds, 1) if r.voters}


def said(
    number: str, text: str | None, counts: tuple[int, int, int] | None, of: int, **more: Any
) -> Item:
    """A statement with its figures; None: fewer than 5 voted on it."""
    if counts is None:
        return Item(number, text, "shown", None, None, True, "too_few", **more)
    agree, disagree, passed = counts
    return Item(
        number,
        text,
        "shown",
        {"agree": agree, "disagree": disagree, "pass": passed},
        sum(counts),
        False,
        rule.result(agree, disagree, passed, of),
        **more,
    )


def gone(number: str, state: str, record: type[Item] = Item) -> Item:
    return record(number, None, state, None, None, False, None)


def proposal(
    number: str, text: str, yes: int, no: int, reasons: list[Reason] | None = None
) -> Item:
    return Item(number, text, "shown", {"yes": yes, "no": no}, yes + no, False, None, reasons or [])


def poll(
    number: str, text: str, kind: str, counts: Any, voters: int, result: list[str] | None
) -> Poll:
    given = (
        sum(int(n) * b for each in counts.values() for n, b in each.items())
        if (kind == "points")
        else 0
    )
    divided, rest = divmod(given, voters)
    options = [PollOption(n, text, "shown", text) for n, text in enumerate(counts, 1)]
    more = {"points": divided + (rest > 0), "whole": not rest, "options": options}
    return Poll(number, text, "shown", counts, voters, False, result, poll=kind, **more)


def question(number: str, text: str, support: int, **more: Any) -> Question:
    result = "answered" if "answer" in more else "promised" if "promise" in more else "open"
    return Question(number, text, "shown", {"support": support}, None, False, result, **more)


def _later(rounds: int) -> str:
    """When the first round closed, or so many rounds of half an hour later."""
    return iso(datetime.fromisoformat(CLOSED) + timedelta(minutes=30 * rounds))


def round_(
    kind: str, title: str, items: list[Item], voters: int | None, number: int = 1, **more: Any
) -> Round:
    seal = sealed(number, voters) if voters and kind != "questions" else None
    fields: dict[str, Any] = {
        "state": "closed",
        "opened_at": OPENED if number == 1 else _later(number - 2),
        "closed_at": _later(number - 1),
        "receipts_sha256": seal,
    }
    return PAGES.by_kind[kind].round(title, voters=voters, items=items, **(fields | more))


def result(rounds: list[Round], **more: Any) -> Result:
    charter = CHARTER | more.pop("charter", {})
    language = more.pop("language", "nl")
    title = more.pop("title", "De Zomerstraat opnieuw")
    fields: dict[str, Any] = {
        "schema": SCHEMA,
        "kind": "advies",
        "interim": False,
        "version": 1,
        "simulated": False,
        "dialogue": Dialogue(
            "de-zomerstraat-opnieuw",
            title,
            "gesprek",
            "zomerstraat",
            "Haarlem",
            "Europe/Amsterdam",
            language,
            charter,
        ),
        "participants": Participants(14, 23, 23),
        "recommendations": [],
        "hidden": {},
        "changes": [],
        "journal": Journal("de-zomerstraat-opnieuw", 412, "3f2a91bc" * 8, "2026-12-03T19:31:07Z"),
        "rules": sorted(RULES),
    }
    fields |= more
    fields["participants"] = told(fields["participants"], rounds, charter.get("minimum", 10))
    return Result(rounds=rounds, **fields)


def open_votes(made: Result) -> OpenVotes:
    """Votes that add up to the counts of an open ballot, and some on an item under five."""
    found = []
    for index, round_ in enumerate(made.rounds, 1):
        for item in round_.items if round_.kind == "statements" else []:
            counts: Any = item.counts or {"agree": 2, "disagree": 1, "pass": 0}
            given = [1] * counts["agree"] + [-1] * counts["disagree"] + [0] * counts["pass"]
            found += [OpenVote(index, f"ballot-{n}", item.number, v) for n, v in enumerate(given)]
    return OpenVotes(found)


def bundled(made: Result) -> dict[str, bytes]:
    """The public bundle of a result, with receipts and votes that fit it."""
    return bundle.public(made, PAGES, receipts(made), open_votes(made))
