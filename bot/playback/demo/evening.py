"""Makes the demo's transcript: who types what and when, derived from ``story.py``.

Residents answer by the places of what the bot offers them, so a small model of the offers (fewest
votes first, five at a time) goes along. A test holds the model to the bot.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from bot.playback.demo import story
from bot.playback.demo.people import DISAGREE, PASS, opinion, option, part_of_hundred
from bot.playback.demo.story import MODERATOR, OFFICIAL, ROOM, STAFF
from bot.playback.transcript import Line, read

#: When the dialogue starts.
BEGIN = datetime(2026, 12, 1, 19, 30, tzinfo=timezone(timedelta(hours=1)))

#: The hours of the three rounds, in minutes after the beginning.
STATEMENTS_END, POLL, POLL_END, VOTE, VOTE_END = 40, 41, 58, 61, 88

_OFFER = 5
_SHORT = {"eens": "e", "oneens": "o", "?": "?"}

#: What a person does: a generator that yields the seconds until their next action.
Doing = Iterator[float]


@dataclass(slots=True)
class _Bot:
    """A model of the bot's offers: the statements with the fewest votes first, then by number."""

    votes: dict[str, int] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    done: dict[str, set[str]] = field(default_factory=dict)

    def offer(self, who: str) -> list[str]:
        done = self.done.setdefault(who, set())
        fresh = [n for n in self.votes if n not in done and n not in self.hidden]
        return sorted(fresh, key=lambda n: (self.votes[n], int(n[1:])))[:_OFFER]

    def vote(self, who: str, number: str) -> None:
        done = self.done.setdefault(who, set())
        self.votes[number] += number not in done
        done.add(number)


class _Evening:
    """Builds the lines in order of time. ``seen`` are the ids of the lines that the demo shows."""

    def __init__(self) -> None:
        self.lines: list[dict[str, object]] = []
        self.seen: set[str] = set()
        self._bot = _Bot()
        self._now = 0.0
        self._greeted: set[str] = set()

    def play(self) -> None:
        """Run everybody's actions in order of time."""
        people: list[tuple[float, int, Doing]] = []
        for number, (start, doing) in enumerate(self._everybody()):
            heapq.heappush(people, (start, number, doing))
        while people:
            self._now, number, doing = heapq.heappop(people)
            wait = next(doing, None)
            if wait is not None:
                heapq.heappush(people, (self._now + wait, number, doing))

    def _say(self, who: str, text: str, where: str = "", show: bool = False) -> None:
        id = f"m{len(self.lines) + 1}"  # noqa: A001 - the transcript's word
        line: dict[str, object] = {"id": id, "at": self._clock(), "user": who}
        if who in _ROLES and who not in self._greeted:
            line["roles"] = [_ROLES[who]]
        self._greeted.add(who)
        if where:
            line["in"] = where
        line["text"] = text
        self.lines.append(line)
        if show or where == ROOM:
            self.seen.add(id)

    def _clock(self) -> str:
        return (BEGIN + timedelta(seconds=int(self._now))).isoformat()

    # -- who does what ------------------------------------------------------------------------

    def _everybody(self) -> Iterator[tuple[float, Doing]]:
        yield -240, self._preparing()
        yield -2, self._moderating()
        for end in (STATEMENTS_END, POLL_END, VOTE_END):
            yield (end - 10) * 60, self._time_passing()
            yield end * 60, self._time_passing()
        yield 388, self._official()
        for saying in story.SAYINGS:
            yield saying.after, self._stating(saying)
        for who, after, text, _same, answer in story.ALIKE:
            yield after, self._repeating(who, text, answer)
        for after, who, text in story.CHATTER:
            yield after, self._chatting(who, text)
        for place, who in enumerate(story.RESIDENTS):
            if who not in story.ONLY_TALKS:
                late = who in story.LATE
                yield (1500 if late else 560 + place * 34), self._voting(who)
            if who not in story.NOT_IN_POLL:
                yield POLL * 60 + 20 + place * 25, self._choosing(who)
            if who not in story.NOT_IN_CLOSING:
                yield VOTE * 60 + 20 + place * 40, self._consenting(who)

    def _preparing(self) -> Doing:
        """The moderator fills in the charter, one question at a time."""
        for text in _CHARTER:
            self._say(MODERATOR, text, STAFF, show=text in _CHARTER_SHOWN)
            yield 20

    def _time_passing(self) -> Doing:
        """Lines with nothing but a time, so that the clock goes on while nobody types."""
        self.lines.append({"at": self._clock()})
        yield 0

    def _moderating(self) -> Doing:
        yield from self._at(0, f'gesprek start tot="{_hour(STATEMENTS_END)}"')
        yield from self._at(story.HIDDEN_AT / 60, f"verberg {story.HIDDEN} naam")
        self._bot.hidden.add(story.HIDDEN)
        yield from self._at(9, "werk")
        yield from self._at(9.3, "toon 1")
        self._bot.hidden.discard(story.HIDDEN)
        options = "; ".join(story.OPTIONS)
        poll = f'peiling soort=een vraag="{story.POLL}" opties="{options}"'
        yield from self._at(35, poll)
        yield from self._at(POLL, f'volgende tot="{_hour(POLL_END)}"')
        yield from self._at(POLL_END + 1, f'volgende tot="{_hour(VOTE_END)}"')
        yield from self._at(POLL_END + 1.5, "advies weg " + " ".join(story.DROPPED))
        yield from self._at(POLL_END + 2, "advies erbij " + " ".join(story.ADDED))
        yield from self._at(VOTE, f'volgende tot="{_hour(VOTE_END)}"')
        yield from self._at(VOTE_END + 1, "advies")

    def _at(self, minute: float, text: str) -> Doing:
        yield minute * 60 - self._now
        self._say(MODERATOR, text, STAFF, show=True)

    def _official(self) -> Doing:
        """The official tries to take part, and is told that staff has no ballot."""
        self._say(OFFICIAL, "meedoen", show=True)
        yield 0

    def _chatting(self, who: str, text: str) -> Doing:
        self._say(who, text, ROOM)
        yield 0

    def _stating(self, saying: story.Saying) -> Doing:
        who, number = saying.author, f"S{len(self._bot.votes) + 1}"
        self._say(who, f"stelling {saying.text}", show=number in _SHOWN)
        self._bot.votes[number] = 0
        if number == story.HIDDEN:
            yield story.HIDDEN_AT + 40 - self._now
            self._say(who, f"wijzig {number} {story.REWORDED}", show=True)

    def _repeating(self, who: str, text: str, answer: str) -> Doing:
        """Somebody gives a near-duplicate of a statement, and agrees with the earlier one
        instead."""
        self._say(who, f"stelling {text}", show=who == story.ALIKE[0][0])
        yield 15
        self._say(who, answer, show=who == story.ALIKE[0][0])
        same = next(row[3] for row in story.ALIKE if row[0] == who)
        self._bot.vote(who, same)

    def _voting(self, who: str) -> Doing:
        """Take part in the round of statements, to the end of the offers."""
        show = who in _FOLLOWED
        pause = 6 + part_of_hundred(who, "pause") / 8
        if who == "piet":  # he does not know yet how it works
            self._say(who, "!stem S11 oneens", ROOM)
            yield pause
        if who == "nadia":
            self._say(who, "meedon", show=True)
            yield pause
        self._say(who, "!meedoen" if show else "meedoen", ROOM if show else "")
        yield pause
        self._say(who, "ja", show=show)
        offer = self._bot.offer(who)
        told = {number for (name, number) in story.REASONS if name == who}
        while offer:
            yield pause
            choices = {number: opinion(who, number) for number in offer}
            self._say(who, _answers(choices, part_of_hundred(who, "style") < 30), show=show)
            asked = _asked(choices, len(self._bot.done[who]))
            for number in offer:
                self._bot.vote(who, number)
            offer = self._bot.offer(who)
            if asked:
                yield pause
                reason = story.REASONS.get((who, asked))
                self._say(who, reason or "nee", show=show)
                told.discard(asked if reason else "")
        for number in sorted(told):
            yield pause
            self._say(who, f"waarom {number} {story.REASONS[who, number]}", show=show)

    def _choosing(self, who: str) -> Doing:
        """Choose an option of the poll; a few do so with the item's number."""
        self._say(who, "meedoen", show=who == _POLLED)
        yield 12
        self._say(who, str(option(who)), show=who == _POLLED)

    def _consenting(self, who: str) -> Doing:
        """Vote yes or no on the recommendations."""
        no, reason = story.NO.get(who, ("", ""))
        show = who in _CONSENTED
        self._say(who, "meedoen", show=show)
        yield 15
        places = enumerate(story.RECOMMENDED, 1)
        words = (f"{place} {'nee' if number == no else 'ja'}" for place, number in places)
        self._say(who, " ".join(words), show=show)
        if reason:
            yield 20
            self._say(who, f"waarom {no} {reason}", show=show)


_ROLES = {MODERATOR: "moderator", OFFICIAL: "official"}

#: Whose conversation with the bot is shown, and of which statements.
_FOLLOWED = frozenset({"emine"})
_POLLED = "fatima"
_CONSENTED = frozenset({"kees"})
_SHOWN = frozenset({"S1", story.HIDDEN})

#: The charter's questions answered; the first line opens the dialogue.
_CHARTER = (
    f"gesprek nieuw gesprek {story.TITLE}",
    "meedenken",
    "de gemeenteraad",
    "15 december",
    "de bus blijft en er is geen extra geld",
    "bomen, parkeren en oversteken",
    "1",
    'adressen=310 uitnodiging="per brief" agenda="raad van 17 december"',
    "klaar",
    "ja",
)

_CHARTER_SHOWN = frozenset({*_CHARTER[:2], _CHARTER[-1]})


def _hour(minutes: int) -> str:
    return f"vandaag {BEGIN + timedelta(minutes=minutes):%H:%M}"


def _answers(choices: dict[str, str], short: bool) -> str:
    """Choices as somebody types them: with their places, or as a row of letters."""
    if short:
        return " ".join(_SHORT[choice] for choice in choices.values())
    return " ".join(f"{place} {choice}" for place, choice in enumerate(choices.values(), 1))


def _asked(choices: dict[str, str], before: int) -> str:
    """The statement that the bot asks a reason for, or "": at most one for every third vote."""
    opinions = [number for number, choice in choices.items() if choice != PASS]
    if not opinions or (before + len(choices)) // 3 == before // 3:
        return ""
    against = [number for number in opinions if choices[number] == DISAGREE]
    return (against or opinions)[-1]


def _evening() -> _Evening:
    evening = _Evening()
    evening.play()
    return evening


def transcript() -> list[dict[str, object]]:
    """The whole evening, a JSON object a line."""
    return _evening().lines


def scenes() -> frozenset[str]:
    """The ids of the lines that the demo shows, with the answers to them."""
    return frozenset(_evening().seen)


def lines() -> list[Line]:
    """The transcript as it is played: read like any other."""
    return read(json.dumps(line, ensure_ascii=False).encode() for line in transcript())
