"""The story of the demo: an invented street, its residents and their opinions, as data."""

from __future__ import annotations

from dataclasses import dataclass

TITLE = "De Zomerstraat opnieuw"
ROOM = "zomerstraat"
STAFF = "staf"
MODERATOR = "vera"
OFFICIAL = "karim"

#: Each resident with a leaning: 1 drives and wants to park, -1 would rather see less of it.
RESIDENTS: dict[str, int] = {
    "anna": -1, "bert": 1, "carla": 0, "dirk": 1, "emine": -1, "fatima": 0, "gerrit": 1,
    "hanneke": -1, "ibrahim": 0, "joke": 0, "kees": 1, "lotte": -1, "mehmet": 1, "nadia": 0,
    "olga": -1, "piet": 1, "quinten": -1, "roos": 0, "samir": 0, "tineke": -1, "ursula": 0,
    "victor": 1, "wies": -1, "yusuf": 1, "zoe": 0,
}  # fmt: skip

#: Who gives a statement and does not vote.
ONLY_TALKS = frozenset({"dirk"})

#: Who comes when the last statement is in.
LATE = ("ursula", "victor", "wies", "yusuf", "zoe")


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement: given by ``who``, ``after`` this many seconds, and how it is received.

    ``agree`` and ``disagree`` are percentages; ``cars`` says how much a resident's leaning matters.
    """

    author: str
    after: int
    text: str
    agree: int
    disagree: int
    cars: int = 0


#: In the order in which they are given: the first is S1.
SAYINGS: tuple[Saying, ...] = (
    Saying("anna", 60, "Er moeten meer bomen komen in de straat.", 74, 22, -18),
    Saying("bert", 100, "Parkeren voor de deur moet mogelijk blijven.", 52, 40, 42),
    Saying("emine", 150, "Bij de school moet een veilige oversteek komen.", 93, 2),
    Saying("quinten", 190, "De hele straat moet autovrij worden.", 22, 66, -24),
    Saying("joke", 240, "Maak de stoep breed en vlak, ook voor een rollator.", 90, 3),
    Saying("mehmet", 280, "Winkels moeten in de ochtend kunnen laden en lossen.", 58, 30),
    Saying("lotte", 330, "Fietsers krijgen een eigen pad, los van de auto's.", 52, 42, -24),
    Saying("karim", 380, "De gemeente betaalt de planten, als bewoners water geven.", 58, 26),
    Saying("gerrit", 420, "Jan van nummer 12 zet zijn bus altijd op de stoep.", 55, 20),
    Saying("hanneke", 470, "Er mogen acht parkeerplaatsen weg voor gras en bloemen.", 46, 48, -34),
    Saying("samir", 520, "In de straat geldt straks 30 kilometer per uur.", 84, 14, -14),
    Saying("nadia", 570, "Het speelplein moet ook leuk zijn vanaf tien jaar.", 46, 38),
    Saying("dirk", 610, "Er moeten palen komen om elektrische auto's te laden.", 44, 36, 12),
    Saying("tineke", 660, "Laat regen in de tuintjes lopen en niet in het riool.", 58, 22),
    Saying("olga", 700, "Zet meer lampen neer: op de hoek is het te donker.", 88, 6),
    Saying("piet", 750, "Haal de drempels weg, want mijn huis trilt ervan.", 28, 58, 10),
    Saying("roos", 790, "De bus moet in de avond vaker rijden.", 44, 24),
    Saying("wies", 1430, "Zet een kast met boeken bij de halte.", 70, 10),
)  # fmt: skip

#: S9 names somebody: the moderator hides it, and its author says it in another way.
HIDDEN, HIDDEN_AT, REWORDED = "S9", 450, "Zet geen bussen meer op de stoep."

#: Who gives a near-duplicate of a statement, and what they answer (1: agree with the earlier one).
ALIKE: tuple[tuple[str, int, str, str, str], ...] = (
    ("carla", 210, "Meer bomen in de straat moeten er komen!", "S1", "1"),
    ("ibrahim", 540, "Een veilige oversteek moet er komen, bij de school.", "S3", "1"),
)

#: Reasons that people give when the bot asks for one, or by themselves.
REASONS: dict[tuple[str, str], str] = {
    ("anna", "S6"): "Dan rijden er grote wagens als kinderen naar school gaan.",
    ("bert", "S10"): "Bezoek kan nu al nergens staan.",
    ("bert", "S2"): "Mijn moeder kan niet ver lopen.",
    ("carla", "S13"): "Zo'n paal neemt weer een plek op de stoep in.",
    ("emine", "S2"): "De straat is er voor mensen, niet alleen voor auto's.",
    ("emine", "S10"): "Kinderen kunnen dan spelen waar nu auto's staan.",
    ("gerrit", "S4"): "Dan kan de thuiszorg niet meer voor de deur komen.",
    ("hanneke", "S10"): "Gras en bloemen houden de straat koel in de zomer.",
    ("kees", "S10"): "Nu rijden mensen al drie rondjes voor een plek.",
    ("lotte", "S2"): "Op de hoek staat altijd wel een plek leeg.",
    ("mehmet", "S7"): "Daar is de straat te smal voor.",
    ("nadia", "S1"): "De wortels duwen de stoep omhoog.",
    ("olga", "S16"): "Zonder drempels rijdt iedereen weer te hard.",
    ("piet", "S11"): "Op die weg kan vijftig best.",
    ("samir", "S4"): "Klanten van mijn winkel komen met de auto.",
    ("tineke", "S7"): "Het is nu eng om met een kind achterop te fietsen.",
    ("yusuf", "S1"): "Al dat blad maakt de stoep glad.",
}

POLL = "Welke oversteek past het best bij de school?"
OPTIONS = ("een zebrapad", "een zebrapad met een drempel", "stoplichten", "een brug voor fietsers")
#: The percentage of residents for each option.
POLL_PARTS = (18, 64, 12, 6)
NOT_IN_POLL = frozenset({"dirk", "joke", "piet", "yusuf"})

#: What the rule recommends, in order, and what the moderator makes of it, each with a reason.
PROPOSED = ("S3", "S5", "S15", "S11", "S1")
DROPPED = ("A3", "Lampen staan al in een ander plan van de gemeente.")
ADDED = ("P1", "Veel mensen praatten over de oversteek bij de school.")

#: What is voted on at the end: each recommendation with what it rests on.
RECOMMENDED: dict[str, str] = {"A1": "S3", "A2": "S5", "A4": "S11", "A5": "S1", "A6": "P1"}

#: Who says no to what, and why.
NO: dict[str, tuple[str, str]] = {
    "bert": ("A4", ""),
    "gerrit": ("A6", ""),
    "kees": ("A6", "Een drempel is slecht voor mijn auto."),
    "nadia": ("A5", ""),
    "piet": ("A6", "Van een drempel trilt mijn huis."),
    "victor": ("A5", ""),
    "yusuf": ("A5", "Eerst moet de straat zelf klaar zijn."),
}
NOT_IN_CLOSING = frozenset({"carla", "dirk", "quinten", "zoe"})

#: What people say to each other in the room; the bot does not keep it.
CHATTER: tuple[tuple[int, str, str], ...] = (
    (75, "bert", "Goedenavond buren, wie is er ook bij?"),
    (95, "joke", "Ik! De tekening van de gemeente hangt in de bieb."),
    (640, "fatima", "Handig, ik doe het op de bus naar huis."),
    (1200, "roos", "Ik had geen idee dat er zoveel over parkeren is."),
)
