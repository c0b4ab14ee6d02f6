"""Promise 20: every role x command x place from one table; staff has no ballot.

A row: what is typed, in which situation, who may, where, whether it changes the journal when it
may, and a cell that is an exception. Every other cell must be refused without any effect.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.platforms.facts import Reacted
from bot.platforms.messages import Meaning
from rounds import registry
from tests.engine import roles
from tests.engine.bots import Answer, Bot, copied
from tests.engine.roles import (
    ALL,
    ANYWHERE,
    BACKSTAGE,
    MODERATOR,
    OFFICIAL,
    OUT_FRONT,
    PLACES,
    REPORTERS,
    RESIDENT,
    ROLES,
    WORKERS,
    Row,
)
from tests.replay.playing import CHARTER

HOURS = '1="over 2 uur" eind="over 3 uur"'

TABLE = (
    Row("advies", "closed", REPORTERS, BACKSTAGE),
    Row("bewaar los ons-gesprek Klaar.", "held", roles.CLERK, BACKSTAGE),
    Row("bewaar vast ons-gesprek Er is een klacht.", "closed", roles.CLERK, BACKSTAGE),
    Row("advies erbij S2 Veel genoemd.", "closing", MODERATOR, BACKSTAGE),
    Row("advies orde A2 A1 Zo beter.", "closing", MODERATOR, BACKSTAGE),
    Row("advies weg A1 Kan niet.", "closing", MODERATOR, BACKSTAGE),
    Row("antwoord V1 In maart.", "questions", OFFICIAL, ANYWHERE),
    Row("evaluatie", "closed", roles.STAFF | {"youth_worker"}, frozenset({"personal"}), False),
    Row("gesprek afspraken minimum=7", "preparing", MODERATOR, BACKSTAGE),
    Row(f"gesprek nieuw peiling Nog een {CHARTER} in=plein", "closed", MODERATOR, BACKSTAGE),
    Row(f"gesprek rooster {HOURS}", "preparing", MODERATOR, BACKSTAGE),
    Row("gesprek start", "preparing", MODERATOR, BACKSTAGE),
    Row("gesprek kies ons-gesprek", "statements", MODERATOR, BACKSTAGE, False),
    Row("gesprek staf zomerstraat", "statements", MODERATOR, frozenset({"staf"}), False),
    Row("hervat", "paused", MODERATOR, ANYWHERE),
    Row("hulp", "statements", ALL, ANYWHERE, False),
    Row("mijn", "statements", ALL, ANYWHERE, False, ("resident", "staf")),
    Row("nieuwsbrief november", "statements", REPORTERS, frozenset({"staf"}), False),
    Row("nu V1", "questions", MODERATOR, BACKSTAGE),
    Row("ok S4", "statements", WORKERS, BACKSTAGE),
    Row("pauze Het alarm gaat.", "statements", MODERATOR, ANYWHERE),
    Row('peiling soort=een vraag="Waar?" opties="a; b"', "statements", MODERATOR, BACKSTAGE),
    Row("privacy", "statements", ALL, ANYWHERE, False),
    Row("sluit ja", "statements", MODERATOR, BACKSTAGE),
    Row("status", "statements", ALL, ANYWHERE, False),
    Row("stelling Er moet een pomp komen.", "statements", ALL, OUT_FRONT),
    Row("taal en", "statements", ALL, ANYWHERE, False),
    Row("toon S3", "statements", WORKERS, BACKSTAGE),
    Row("tot over 2 uur", "statements", MODERATOR, BACKSTAGE),
    Row("oordeel O1 niet Dat is zo afgesproken.", "draft", MODERATOR, BACKSTAGE),
    Row("uitslag", "closed", ALL, ANYWHERE, False),
    Row("uitslag 1", "closed", ALL, ANYWHERE, False),
    Row("verberg S1 2", "statements", WORKERS, BACKSTAGE),
    Row("vergeetmij", "statements", ALL, ANYWHERE, False),
    Row("verzamelen stop", "statements", MODERATOR, BACKSTAGE),
    Row("volgende ja", "statements", MODERATOR, BACKSTAGE),
    Row("vraag Wanneer komt de tram?", "questions", ALL, OUT_FRONT),
    Row("werk", "statements", WORKERS, BACKSTAGE, False),
    Row("zoekuit V1 over 3 dagen", "questions", OFFICIAL, ANYWHERE),
    # only of residents: staff has no ballot
    Row("kloptniet A1 Zo was het niet.", "draft", RESIDENT, OUT_FRONT),
    Row("mijn alles", "statements", ALL, OUT_FRONT, False),
    Row("meedoen", "statements", RESIDENT, ANYWHERE, False),
    Row("steun V1", "questions", RESIDENT, OUT_FRONT),
    Row("stem S1 eens", "open ballot", RESIDENT, OUT_FRONT),
    Row("stem S1 eens", "statements", RESIDENT, frozenset({"personal"})),
    Row("stem P1 2", "poll", RESIDENT, OUT_FRONT),
    Row("stem A1 nee Te duur.", "consent", RESIDENT, frozenset({"personal"})),
    Row("waarom S1 Dat is nodig.", "open ballot", RESIDENT, OUT_FRONT),
    # only of whoever wrote it
    Row("wijzig S1 Ik was het niet.", "statements", frozenset(), frozenset()),
    Row("intrekken S1", "statements", frozenset(), frozenset()),
    *roles.COMMITMENTS,
    *roles.ANSWERS,
    *roles.MEETINGS,
    *roles.OTHERS,
)
#: A vote typed in the room of a confidential ballot: told, not counted (one line in the journal).
TOLD = {
    ("stem S1 eens", "statements", "zomerstraat"),
    ("stem A1 nee Te duur.", "consent", "zomerstraat"),
}

REFUSED = {
    *(f"refused_{code}" for code in ("word_not_yours", "word_not_here", "staff_no_ballot")),
    *(
        "refused_not_yours",
        "refused_staff_objection",
        "refused_reason_in_room",
        "room_votes_do_not_count",
        "unknown_word",
        "refused_evaluation_none",
    ),
    *roles.REFUSED,
}


def test_no_word_is_missing_in_the_table() -> None:
    """Each word of every vocabulary has a row, or it is said which test has what it needs."""
    known = registry.vocabulary()
    tried = set()
    for row in TABLE:
        typed = row.text.split(" ")
        forms = (known.by_form.get(tuple(typed[:size])) for size in (3, 2, 1))
        tried |= {word.dutch for word in [next(filter(None, forms), None)] if word is not None}
    words = {word.dutch for word in known.words}
    assert words - tried == set(roles.ELSEWHERE)
    for word, why in roles.ELSEWHERE.items():
        file = Path(__file__).parents[2] / why.partition(": ")[2]
        assert word in file.read_text("utf-8"), why


def statements(bot: Bot, more: str = "") -> None:
    bot.staff(f"gesprek nieuw gesprek Ons gesprek {CHARTER} toetsing=vooraf {more} in=zomerstraat")
    bot.staff('peiling soort=een vraag="Waar begint het?" opties="noord; zuid"')
    bot.staff("gesprek start")
    bot.say("zoe", "stelling Er moeten meer bomen komen.")
    bot.say("zoe", "stelling De bus moet vaker rijden.")
    bot.say("zoe", "stelling Weg met de auto.")
    bot.say("yes", "stelling Er moet een plein komen.")
    bot.staff("ok S1 S2")
    bot.staff("verberg S3 2")
    bot.tick(timedelta(minutes=10))  # staff hears what waits


def ended(bot: Bot, more: str = "") -> None:
    """The rule recommends S1; S2 has a little over half."""
    statements(bot, more)
    for place, who in enumerate(("a", "b", "c", "d", "e", "f", "g")):
        bot.say(who, "stem S1 eens")
        bot.say(who, f"stem S2 {'eens' if place < 4 else 'oneens'}")


def closing(bot: Bot) -> None:
    ended(bot)
    bot.staff("volgende ja")
    for who in ("a", "b", "c", "d", "e"):
        bot.say(who, "stem P1 1")
    bot.staff("volgende ja")


def questions(bot: Bot) -> None:
    bot.open("vragenuur")
    bot.say("zoe", "vraag Wanneer begint het werk?")


def poll(bot: Bot) -> None:
    ended(bot, "stemming=open")
    bot.staff("volgende ja")


def consent(bot: Bot) -> None:
    closing(bot)
    bot.staff("volgende ja")


def handed_over(bot: Bot) -> None:
    consent(bot)
    bot.staff("volgende ja")
    bot.staff("advies")


def answered(bot: Bot) -> None:
    handed_over(bot)
    words = 'reactie A1 overgenomen Ja. van=college bron="x" klaar="1 maart"'
    bot.say("omar", words, "staf", roles=("official",))
    bot.say("omar", "ja", "staf", roles=("official",))
    bot.tick(timedelta(minutes=10))  # the room hears it


def closed(bot: Bot) -> None:
    ended(bot)
    bot.staff("sluit ja")


def held(bot: Bot) -> None:
    closed(bot)
    bot.say("klaas", "bewaar vast ons-gesprek Er is een klacht.", "staf", roles=("clerk",))


def draft(bot: Bot) -> None:
    ended(bot, 'concept="2 dagen"')
    bot.say("een-resident", "stem S1 eens")
    for _ in range(3):
        bot.staff("volgende ja")
    bot.staff("sluit ja")
    bot.say("a", "kloptniet A1 Dat heb ik niet gezegd.")
    bot.staff("ok O1")


def preparing(bot: Bot) -> None:
    bot.staff(f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=zomerstraat")


SITUATIONS: dict[str, Callable[[Bot], None]] = {
    "answered": answered,
    "closed": closed,
    "closing": closing,
    "consent": consent,
    "draft": draft,
    "held": held,
    "handed over": handed_over,
    "open ballot": lambda bot: statements(bot, "stemming=open"),
    "paused": lambda bot: (statements(bot), bot.staff("pauze")),
    "poll": poll,
    "preparing": preparing,
    "questions": questions,
    "statements": statements,
    **roles.SITUATIONS,
}


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    made = {}
    for name, prepare in SITUATIONS.items():
        made[name] = tmp_path_factory.mktemp("roles") / "town.db"
        bot = Bot(made[name])
        prepare(bot)
        bot.close()
    return made


def typed(bot: Bot, row: Row, role: str, place: str, prefix: str = "!") -> Answer:
    before = len(bot.spoken)
    held = () if role == "resident" else (role,)
    where = None if place == "personal" else place
    said = bot.put(bot.fact(f"een-{role}", prefix + row.text, where, roles=held))
    heard = (f"een-{role}", "staf")
    words = "\n".join(m.plain for m in said if m.place.name in heard)
    return Answer.of(words, (n for there, n in bot.spoken[before:] if there in heard))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.text[:24]} ({row.situation})")
def test_every_cell(row: Row, bases: dict[str, Path], tmp_path: Path) -> None:
    outside = Bot(copied(bases[row.situation], tmp_path / "outside"))
    outside.clock.set(outside.clock().replace(minute=30))
    for role in ROLES:
        for place in PLACES:
            if row.may(role, place):
                _allowed(row, role, place, copied(bases[row.situation], tmp_path / role / place))
            else:
                _not_allowed(row, role, place, outside)
    outside.close()


def _allowed(row: Row, role: str, place: str, file: Path) -> None:
    bot = Bot(file)
    bot.clock.set(bot.clock().replace(minute=30))
    before = bot.lines()
    said = typed(bot, row, role, place)
    assert not REFUSED & {*said.codes}, (role, place, said)
    assert (bot.lines() > before) is row.changes, (role, place, said)
    bot.close() if row.changes else bot.die()  # what did not change is as sound as it was


def _not_allowed(row: Row, role: str, place: str, bot: Bot) -> None:
    for prefix in ("!", "") if place != "zomerstraat" else ("!",):
        before = bot.lines()
        said = typed(bot, row, role, place, prefix)
        told = role == "resident" and (row.text, row.situation, place) in TOLD
        grown = bot.lines() - before
        assert grown == 0 or (told and grown == 1), (role, place, prefix, said)
        if prefix and not told:
            assert REFUSED & {*said.codes}, (role, place, said)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "resident"])
def test_staff_has_no_ballot_in_any_way(role: str, bases: dict[str, Path], tmp_path: Path) -> None:
    """Typed, by place, by reaction, by a button, by answering that a statement is the same."""
    from bot.platforms.facts import Chose

    bot = Bot(copied(bases["open ballot"], tmp_path))
    bot.clock.set(bot.clock().replace(minute=30))
    before = [e for e in bot.events() if "Cast" in e]
    me = {"roles": (role,)}
    for text in ("meedoen", "ja", "stem S1 eens", "S1 eens", "1 eens 2 oneens", "e e", "eens"):
        bot.say("iemand", text, **me)
    origin = bot.fact("iemand", "", "zomerstraat", **me).origin
    bot.put(Reacted(origin, "👍", item="S1"))
    bot.put(Chose(bot.fact("iemand", "", **me).origin, Meaning("ons-gesprek", "S1", "agree")))
    bot.say("iemand", "stelling Er moeten meer bomen komen", **me)
    bot.say("iemand", "1", **me)
    assert [e for e in bot.events() if "Cast" in e] == before
    bot.close()


def test_who_stops_being_staff_may_vote_again(bases: dict[str, Path], tmp_path: Path) -> None:
    bot = Bot(copied(bases["statements"], tmp_path))
    bot.clock.set(bot.clock().replace(minute=30))
    bot.say("iemand", "stem S1 eens")
    bot.say("iemand", "status", roles=("clerk",))
    assert bot.tally("S1") == {}
    bot.say("iemand", "stem S1 oneens")
    assert bot.tally("S1") == {"disagree": 1}
    bot.close()
