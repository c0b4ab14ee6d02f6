"""An evening in the format ``gesprek``: statements, a poll, a vote on what goes to the council."""

from __future__ import annotations

from tests.rounds.surfaces import each, line

POLL = 'peiling soort=een vraag="Waar?" opties="noord; zuid"'
FILLED = line("vera", POLL, "poll_filled", item="P1", question="Waar?")

STATED = (
    line("zoe", "stelling Er moeten meer bomen komen.", "statement_noted", item="S1"),
    line("zoe", "stelling De bus moet vaker rijden.", "statement_noted", item="S2"),
)

#: Everybody who votes is for the bus: it goes to the council as A1.
AGREED = tuple(line(f"kiezer{n}", "stem S2 eens", "votes_noted") for n in range(6))

#: Four of seven are for trees: too few for the rule, enough for a moderator to add it.
DISPUTED = tuple(
    line(f"kiezer{n}", f"stem S1 {'eens' if n < 4 else 'oneens'}", "votes_noted") for n in range(7)
)
ONWARD = line("vera", "volgende", "course")

#: Two of ten against trees, as many for the bus as against it, a clear poll, three against that.
PLAYED = (
    ("vera", POLL),
    ("vera", "start"),
    *((one.who, one.text) for one in STATED),
    *each(*["stem S1 eens"] * 8, *["stem S1 oneens"] * 2),
    *each(*["stem S2 eens"] * 5, *["stem S2 oneens"] * 5),
    ("kiezer8", "waarom S1 Bomen kosten veel."),
    ("kiezer9", "waarom S2 De bus is leeg."),
    ("kiezer1", "waarom S2 Ik sta vaak te wachten."),
    ("vera", "volgende"),
    *each(*["stem P1 1"] * 7, *["stem P1 2"] * 3),
    ("kiezer0", "waarom P1 Daar is ruimte."),
    ("vera", "volgende"),
    ("vera", "volgende"),
    *each("stem A1 nee Bomen waaien om.", *["stem A1 ja"] * 9),
    *each(*["stem A2 nee Het is te duur."] * 3, *["stem A2 ja"] * 7),
    ("kiezer9", "waarom A2 Daar is plek."),
)
