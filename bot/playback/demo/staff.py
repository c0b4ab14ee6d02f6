"""What the staff of the demo does: the moderator prepares and leads, an official looks in."""

from __future__ import annotations

from datetime import timedelta

from bot.playback.demo import story
from bot.playback.demo.stage import BEGIN, Doing, Stage
from bot.playback.demo.story import MODERATOR, OFFICIAL, STAFF

#: The hours of the three rounds, in minutes after the beginning.
STATEMENTS_END, POLL, POLL_END, VOTE, VOTE_END = 40, 41, 58, 61, 88

#: The charter's questions answered; the first line opens the dialogue.
_CHARTER = (
    f"gesprek nieuw gesprek {story.TITLE}",
    "meedenken",
    "de gemeenteraad",
    "15 december",
    "de bus blijft en er is geen extra geld",
    "bomen, parkeren en oversteken",
    "1",
    'adressen=310 uitnodiging="per brief" agenda="raad van 10 december"',
    "klaar",
    "ja",
)

_CHARTER_SHOWN = frozenset({*_CHARTER[:2], _CHARTER[-1]})


def preparing(stage: Stage) -> Doing:
    """The moderator fills in the charter, one question at a time."""
    for text in _CHARTER:
        stage.say(MODERATOR, text, STAFF, show=text in _CHARTER_SHOWN)
        yield 20


def moderating(stage: Stage) -> Doing:
    """The moderator opens every round, and hides, adds and drops what the story says."""
    yield from _at(stage, 0, f'gesprek start tot="{_hour(STATEMENTS_END)}"')
    yield from _at(stage, story.HIDDEN_AT / 60, f"verberg {story.HIDDEN} naam")
    yield from _at(stage, 9, "werk")
    yield from _at(stage, 9.3, "toon 1")
    options = "; ".join(story.OPTIONS)
    yield from _at(stage, 35, f'peiling soort=een vraag="{story.POLL}" opties="{options}"')
    yield from _at(stage, POLL, f'volgende tot="{_hour(POLL_END)}"')
    yield from _at(stage, POLL_END + 1, f'volgende tot="{_hour(VOTE_END)}"')
    yield from _at(stage, POLL_END + 1.5, "advies weg " + " ".join(story.DROPPED))
    yield from _at(stage, POLL_END + 2, "advies erbij " + " ".join(story.ADDED))
    yield from _at(stage, VOTE, f'volgende tot="{_hour(VOTE_END)}"')
    yield from _at(stage, VOTE_END + 1, "advies")


def _at(stage: Stage, minute: float, text: str) -> Doing:
    yield minute * 60 - stage.now
    stage.say(MODERATOR, text, STAFF, show=True)


def _hour(minutes: int) -> str:
    return f"vandaag {BEGIN + timedelta(minutes=minutes):%H:%M}"


def looking_in(stage: Stage) -> Doing:
    """The official tries to take part, and is told that staff has no ballot."""
    stage.say(OFFICIAL, "meedoen", show=True)
    yield 0
