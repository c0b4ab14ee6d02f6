"""Results made by hand for the tests of this folder."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from advice import bundle
from advice.model import (
    SCHEMA,
    Change,
    Consent,
    Dialogue,
    Item,
    Journal,
    Minority,
    Participants,
    Reason,
    Recommendation,
    Result,
    Round,
)
from advice.polis import OpenVote, OpenVotes
from advice.published import ATTESTED, held_back_people, iso, split_by_link
from dialogues.counting import RULES
from dialogues.counting import statement as rule
from dialogues.counting.threshold import masked
from rounds.poll.model import Poll, PollOption
from rounds.questions.pages import Answer, Promise, Question
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


NASTY = [
    '=HYPERLINK("http://kwaad.example";"klik")',
    "  \t＝1+1",
    "@SUM(A1)",
    "-2+3|cmd",
    "+31 6 12345678",
    "<script>alert(1)</script> & <b>vet</b> &lt;i&gt;",
    "**vet** _schuin_ [link](javascript:alert(1)) ![x](http://x/y.png) `code` ~~weg~~ $x$",
    "# kop\n\n- punt\n1. een\n> citaat\n| a | b |\n---\n```\ncode\n```",
    "{{ 7777*7 }} {% for x in y %} {{ config }} ${7*7} #{7*7}",
    "المزيد من الأشجار في الشارع",
    "abc \u202eגניב\u2069\u2069 def \u2067 open",
    "Zij zei «meer bomen» en ging weg».",
    "x" * 1000,
    "woord " * 160 + "einde",
    "👨‍👩‍👧‍👦 🏳️‍🌈 🇳🇱🇧🇪 " * 12,
    "z̷̢̛͇̳͍̪̦̣̲̭̹͈̾̀̈́̔́͑̏̚̚͜͝͠a̵l" * 5,
    "regel een\r\nregel twee\u2028regel drie\x00\x1b[31m",
    "</title></style></svg><img src=x onerror=alert(1)>",
    "@everyone www.kwaad.example https://kwaad.example/a?b=c",
    "'; DROP TABLE stemmen; --",
]


def nasty(**more: Any) -> Result:
    """Everything people can type that could break a document, in every place they can."""
    of = 20
    items = []
    for n, text in enumerate(NASTY, 1):
        reason = [
            Reason("agree", NASTY[n % len(NASTY)]),
            Reason("disagree", NASTY[(n + 1) % len(NASTY)]),
        ]
        items.append(said(f"S{n}", text, (10 - n % 3, 9 + n % 2, 0), of, reasons=reason))
    recommendations = []
    for n, text in enumerate(NASTY[6:11], 1):
        number = f"S{len(items) + 1}"
        against = [Reason("disagree", NASTY[n])]
        items.append(said(number, text, (16 - n, 4, 0), of, reasons=against))
        recommendations.append(
            Recommendation(f"A{n}", text, number, Consent(12, 3), False, Minority(4, NASTY[n]))
        )
    closing = [proposal(r.number, r.text or "", 12, 3) for r in recommendations]
    options = {text: n + 1 for n, text in enumerate(NASTY[:4])}
    best = [NASTY[3]]
    rounds = [
        round_("statements", NASTY[7], items, of, 1),
        round_("poll", NASTY[6], [poll("P1", NASTY[5], "one", options, 10, best)], 10, 2),
        round_("closing", NASTY[8], closing, 15, 3),
    ]
    fields: dict[str, Any] = {
        "title": NASTY[17] + NASTY[6] + NASTY[5],
        "charter": {
            "decider": NASTY[13],
            "agenda": NASTY[7],
            "voor": NASTY[10],
            "uitnodiging": NASTY[12],
            "=eigen": NASTY[0],
            NASTY[5]: "a",
            NASTY[6]: "b",
            "adressen": "310 of zo",
        },
        "recommendations": recommendations,
        "changes": [Change("charter", "=x", NASTY[5], CLOSED, NASTY[7], NASTY[8], None)],
        "hidden": {NASTY[6]: 2, NASTY[5]: 1},
        "simulated": True,
        "participants": Participants(9, 20, 22),
    }
    return result(rounds, **(fields | more))


def large(statements: int = 500) -> Result:
    """As many statements as a large dialogue has, each with two reasons."""
    items = []
    for n in range(1, statements + 1):
        reasons = [
            Reason("agree", f"Omdat het plan {n} de straat rustiger maakt."),
            Reason("disagree", f"Omdat plan {n} te veel kost."),
        ]
        items.append(
            said(
                f"S{n}",
                f"Plan {n} is goed voor de wijk. " * 6,
                (5200 + n, 4000, 300),
                10_000,
                reasons=reasons,
            )
        )
    return result(
        [round_("statements", "Stellingen", items, 10_000)],
        kind="verslag",
        participants=Participants(900, 10_000, 10_050),
    )


ALL = {
    "street": street,
    "no_proposal": no_proposal,
    "too_few": too_few,
    "suppressed": suppressed,
    "interim": interim,
    "polls": polls,
    "questions": questions,
    "no_closing": no_closing,
    "open_ballot": open_ballot,
    "nasty": nasty,
}


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
