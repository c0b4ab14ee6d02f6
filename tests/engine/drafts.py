"""A dialogue up to each of its phases around the draft of what goes to the council, for tests."""

from __future__ import annotations

from datetime import timedelta

from tests.engine.bots import Bot
from tests.replay.playing import CHARTER

PEOPLE = ("anna", "bram", "carla", "daan", "eva", "femke")

BUS, TREES = "De bus moet vaker rijden.", "Er moeten meer bomen komen."

WHY = "kloptniet A1 Zo was het niet."

ADJUST = 'oordeel O1 aangepast Dat klopt. wordt="Er moeten meer struiken komen."'

DAY, MINUTE, NO_TIME = timedelta(days=1), timedelta(minutes=1), timedelta()

AGREED = 'concept="2 dagen" minimum=1'


def until(bot: Bot, phase: str, more: str = AGREED, answer: str = "2026-12-15") -> Bot:
    """Bring a dialogue to a phase of the row ``PHASES``."""
    at = PHASES.index(phase)
    charter = CHARTER.replace("2026-12-15", answer)
    bot.staff(f"gesprek nieuw gesprek Ons gesprek {charter} {more} in=zomerstraat")
    steps = (begin, to_the_draft, vote, finish, heard, ruled)
    for step in steps[:at]:
        step(bot)
    return bot


def begin(bot: Bot) -> None:
    bot.staff("gesprek start")
    bot.say("anna", f"stelling {TREES}")
    bot.say("bram", f"stelling {BUS}")
    for number in ("S1", "S2"):
        bot.staff(f"ok {number}")
    for who in PEOPLE:
        bot.say(who, "stem S1 eens")
        bot.say(who, "stem S2 eens")


def to_the_draft(bot: Bot) -> None:
    bot.staff("volgende ja")


def vote(bot: Bot) -> None:
    bot.staff("volgende ja")
    for who in PEOPLE:
        bot.say(who, "stem A1 ja")


def finish(bot: Bot) -> None:
    bot.staff("sluit ja")
    bot.clock.set(bot.clock().replace(second=30))


def heard(bot: Bot) -> None:
    """Until objections are heard no more."""
    state = bot.dialogue.draft
    assert state is not None
    bot.tick(state.heard_until - bot.clock())


def ruled(bot: Bot) -> None:
    """Until the document goes out."""
    state = bot.dialogue.draft
    assert state is not None
    bot.tick(state.ruled_until - bot.clock())


#: Before the start, in the first round, before the vote on what to recommend, in that vote, while
#: objections are heard, while they are ruled on, and once the document went out.
PHASES = ("preparing", "statements", "waiting", "consent", "heard", "ruled on", "over")
