"""A row of the table of roles: what is typed, who may, where; rows about meetings and promises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from tests.engine.bots import Bot
from tests.replay.playing import CHARTER

ROLES = ("resident", "moderator", "official", "councillor", "clerk", "youth_worker")
PLACES = ("zomerstraat", "staf", "personal")

ALL = frozenset(ROLES)
MODERATOR = frozenset({"moderator"})
OFFICIAL = frozenset({"official"})
WORKERS = frozenset({"moderator", "youth_worker"})
REPORTERS = frozenset({"moderator", "clerk"})
RESIDENT = frozenset({"resident"})
CLERK = frozenset({"clerk"})
STAFF = MODERATOR | OFFICIAL | CLERK
PLANNERS = STAFF | {"councillor"}

ANYWHERE = frozenset(PLACES)
BACKSTAGE = frozenset({"staf", "personal"})
OUT_FRONT = frozenset({"zomerstraat", "personal"})


class Row(NamedTuple):
    """``but`` is a cell that is an exception; ``changes``: whether it changes the journal."""

    text: str
    situation: str
    who: frozenset[str]
    where: frozenset[str]
    changes: bool = True
    but: tuple[str, str] = ("", "")

    def may(self, role: str, place: str) -> bool:
        return role in self.who and place in self.where and (role, place) != self.but


EVERY, WHEN = 'elke="woensdag 19:30" keer=3', 'wanneer="zaterdag 20:00"'

#: In "meeting" M1 is planned, M2 is going on, M3 was planned by the clerk. In "proposal" M1 is
#: shown, M2 waits for review, M3 is planned by a councillor and waits for the clerk.
MEETINGS = (
    Row("aanmelden M1 namens=raad aantal=12", "meeting", REPORTERS, ANYWHERE),
    Row("aanmelden M1", "meeting", ALL, ANYWHERE),
    Row("aanwezig M2 41", "meeting", MODERATOR, BACKSTAGE),
    Row("afmelden M1", "signed up", ALL, ANYWHERE),
    Row('afgesproken M2 "Er komt een bank."', "meeting", STAFF, BACKSTAGE),
    Row("agenda M1", "meeting", ALL, ANYWHERE, False),
    Row("agenda", "meeting", ALL, ANYWHERE, False),
    Row("gesprek reeks stop M1 Genoeg.", "series", MODERATOR, BACKSTAGE),
    Row(f"gesprek reeks vragenuur A {EVERY} {CHARTER} in=plein", "meeting", MODERATOR, BACKSTAGE),
    Row("herinner M1", "signed up", ALL, ANYWHERE),
    Row("intrekken M1", "proposal", frozenset(), frozenset()),
    Row("moment afzeggen M1 De zaal is dicht.", "meeting", MODERATOR, BACKSTAGE),
    Row("moment afzeggen M3 De zaal is dicht.", "meeting", MODERATOR, BACKSTAGE),
    Row(f"moment neem M1 {WHEN}", "proposal", PLANNERS, BACKSTAGE),
    Row("moment neem M3", "proposal", CLERK, BACKSTAGE),
    Row(f"moment nieuw Plein {EVERY} in=plein", "meeting", STAFF, BACKSTAGE),
    Row(f"moment nieuw Plein {WHEN} in=plein", "meeting", PLANNERS, BACKSTAGE),
    Row(f'moment verzet M1 {WHEN} want="De zaal."', "meeting", MODERATOR, BACKSTAGE),
    Row("moment voorstel Feest in=plein", "meeting", RESIDENT, OUT_FRONT),
    Row("moment weiger M1 Dit kan niet.", "proposal", PLANNERS, BACKSTAGE),
    Row("moment weiger M3 Dit kan niet.", "proposal", CLERK, BACKSTAGE),
    Row("ok M2", "proposal", WORKERS, BACKSTAGE),
    Row("ok M3", "proposal", CLERK, BACKSTAGE),
    Row("steun M1", "proposal", RESIDENT, OUT_FRONT),
    Row("tafels M1 2", "meeting", MODERATOR, BACKSTAGE),
    Row("verberg M2 Dit is dubbel.", "proposal", WORKERS, BACKSTAGE),
)

#: In "circle" nobody has asked for a turn.
OTHERS = (
    Row('dilemma vraag="Wat eerst?" a="bomen" b="banken"', "dilemma", MODERATOR, BACKSTAGE),
    Row("english", "statements", ALL, ANYWHERE, False),
    Row('gesprek titel Anders want="Dit is korter."', "statements", MODERATOR, BACKSTAGE),
    Row("gesprek weg", "preparing", MODERATOR, BACKSTAGE, False),
    Row("kring minuten=4", "circle", MODERATOR, BACKSTAGE),
    Row("nederlands", "statements", ALL, ANYWHERE, False),
    Row("spreken", "circle", RESIDENT, OUT_FRONT),
    Row("stil", "statements", ALL, ANYWHERE, False),
    Row("uitleg niveau", "statements", ALL, ANYWHERE, False),
    Row("verder", "statements", RESIDENT, frozenset({"personal"}), False),
)

#: Words without a row: what they need, and the test that has it.
ELSEWHERE = {
    "door": "somebody's turn: tests/rounds/circle/surface.py",
    "klaar": "a turn of one's own: tests/rounds/circle/surface.py",
    "koppel": "a second network: tests/engine/test_codes_for_linking.py",
    "ontkoppel": "a second network: tests/engine/test_codes_for_linking.py",
    "pas": "a turn of one's own: tests/rounds/circle/surface.py",
    "woord": "words said in a turn of one's own: tests/rounds/circle/surface.py",
}

NOTED = 'toezegging "Er komt een bank." wie="de wijkraad" voor="1 februari 2027"'

#: In "promised" T1 is of the town, made by the official, and T2 of the room, by the clerk.
COMMITMENTS = (
    Row("register", "promised", ALL, ANYWHERE, False),
    Row("register T2", "promised", ALL, ANYWHERE, False),
    Row("T2", "promised", ALL, ANYWHERE, False),
    Row(NOTED, "promised", OFFICIAL | CLERK, BACKSTAGE),
    Row("voortgang T1 bezig Er wordt gewerkt.", "promised", OFFICIAL | CLERK, BACKSTAGE),
    Row("voortgang T2 klaar De bank staat er.", "promised", OFFICIAL | CLERK, ANYWHERE),
    Row('uitstel T2 1 maart 2027 want="Ziek."', "promised", CLERK, BACKSTAGE),
    Row(f"{NOTED} bij=M1", "promised", OFFICIAL | CLERK, BACKSTAGE),
)

ANSWERERS = frozenset({"official", "clerk"})

#: In "handed over" A1 waits for its answer, in "answered" it was adopted.
ANSWERS = (
    Row("ontvangen 2026-1234", "handed over", CLERK, BACKSTAGE),
    Row('reactie A1 niet Nee. van=college bron="x"', "handed over", ANSWERERS, ANYWHERE, False),
    Row('reactie A1 niet Nee. van=raad bron="x"', "handed over", CLERK, ANYWHERE, False),
    Row('uitstel 20 december want="Ziek."', "handed over", CLERK, BACKSTAGE),
    Row('uitstel A1 20 december want="Ziek."', "handed over", CLERK, BACKSTAGE),
    Row("voortgang A1 bezig Er wordt gewerkt.", "answered", ANSWERERS, ANYWHERE),
)

#: What a word about meetings is refused with.
REFUSED = {
    *("refused_commitment_of_other", "refused_no_such_commitment"),
    *("refused_meeting_not_yours", "refused_meeting_staff_proposes", "refused_series_councillor"),
    *("refused_meeting_support_staff", "refused_no_such_meeting"),
    *(
        "refused_staff_no_turn",
        "refused_meeting_clerk",
        "refused_meeting_of_other",
        "refused_council_clerk_alone",
    ),
}


def circle(bot: Bot) -> None:
    bot.open("kring")


def dilemma(bot: Bot) -> None:
    bot.staff(f"gesprek nieuw dilemma Ons gesprek {CHARTER} in=zomerstraat")


def meeting(bot: Bot) -> None:
    bot.staff('moment nieuw Ons plein wanneer="vrijdag 20:00" in=zomerstraat')
    bot.staff('moment nieuw Vandaag wanneer="vandaag 19:10" in=zomerstraat')
    clerks = 'moment nieuw Raadsavond wanneer="vrijdag 11 december 20:00" in=zomerstraat'
    bot.say("gerda", clerks, "staf", roles=("clerk",))
    for who in ("a", "b", "c"):
        bot.say(who, "aanmelden M1")
    bot.tick(timedelta(minutes=15))


def signed_up(bot: Bot) -> None:
    meeting(bot)
    for role in ROLES:
        roles = () if role == "resident" else (role,)
        bot.say(f"een-{role}", "aanmelden M1", roles=roles)


def series(bot: Bot) -> None:
    bot.staff(f"moment nieuw Spreekuur {EVERY} in=zomerstraat")


def proposal(bot: Bot) -> None:
    for title in ("Straatfeest", "Schoon plein"):
        bot.say("zoe", f"moment voorstel {title} in=zomerstraat")
    bot.staff("ok M1")
    councils = f"moment nieuw Raad op straat {WHEN} in=zomerstraat"
    bot.say("raf", councils, roles=("councillor",))


def promised(bot: Bot) -> None:
    meeting(bot)
    bot.say("een-official", NOTED, "staf", roles=("official",))
    bot.say("een-clerk", f"{NOTED} bij=M2", "staf", roles=("clerk",))


SITUATIONS: dict[str, Callable[[Bot], None]] = {
    "circle": circle,
    "dilemma": dilemma,
    "meeting": meeting,
    "proposal": proposal,
    "promised": promised,
    "series": series,
    "signed up": signed_up,
}
