"""Results of hostile words and of many statements, and all results by name."""

from __future__ import annotations

from typing import Any

from handmade import CLOSED, poll, proposal, result, round_, said
from handmade_rounds import no_closing, open_ballot, polls, questions
from handmade_street import interim, no_proposal, street, suppressed, too_few

from advice.model import (
    Change,
    Consent,
    Minority,
    Participants,
    Reason,
    Recommendation,
    Result,
)

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
