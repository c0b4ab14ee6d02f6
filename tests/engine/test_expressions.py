"""Typed votes and reactions together, in any order: what counts is what still stands.

A naive list of everything each person expressed is compared with the ballot box of a real engine,
after each step: typed, reacted, taken back, hidden, shown, forgotten, made staff, restarted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.bots import Bot
from tests.generated import examples
from tests.replay.playing import CHARTER

PEOPLE = ("gijs", "hans")
STEPS = ("type", "type", "react", "react", "react", "unreact", "unreact", "none", "hide", "show",
         "forget", "staff", "restart")  # fmt: skip
PLAYS = st.lists(
    st.tuples(st.sampled_from(STEPS), st.sampled_from(PEOPLE), st.integers(0, 7)), max_size=14
)


@dataclass
class Kind:
    """A kind of vote: what opens it, its item, what is hidden, what is typed and tapped."""

    opening: tuple[str, ...]
    item: str
    hidden: str
    typed: dict[str, tuple[str, ...]]
    tapped: dict[str, str]
    adds_up: bool = False
    at_most: int = 9


FILLED = 'peiling soort={} anders=ja vraag="Wat?" opties="bomen; banken"'
OPTIONS = ({"1": ("1",), "2": ("2",), "3": ("3",)}, {"1️⃣": "1", "2️⃣": "2", "3️⃣": "3"})
SETS = {**OPTIONS[0], "1 3": ("1", "3"), "2 3": ("2", "3")}
KINDS = {
    "one": Kind((FILLED.format("een"),), "P1", "X1", *OPTIONS),
    "several": Kind((FILLED.format("meer"),), "P1", "X1", SETS, OPTIONS[1], adds_up=True),
    "two": Kind(
        (FILLED.format("meer hoogstens=2"),), "P1", "X1", SETS, OPTIONS[1], True, at_most=2
    ),
    "statements": Kind(
        (),
        "S1",
        "S1",
        {"eens": ("agree",), "oneens": ("disagree",), "?": ("pass",)},
        {"👍": "agree", "👎": "disagree", "🤷": "pass"},
    ),
}


@dataclass
class Person:
    """What somebody expressed, in order: None is ``niets``, a typed choice its keys; a reaction its
    id and key."""

    said: list[tuple[str, ...] | tuple[int, str] | None] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    staff: bool = False

    def counts(self, kind: Kind) -> tuple[str, ...]:
        typed: tuple[str, ...] = ()
        reacted: list[str] = []
        for one in self.said:
            if one is None or isinstance(one[0], str):
                typed, reacted = one or (), []  # type: ignore[assignment]
            elif one[0] not in self.taken:
                reacted.insert(0, one[1])
        if not kind.adds_up:
            return (reacted[0],) if reacted else typed
        return tuple([*dict.fromkeys([*reacted, *typed])][: kind.at_most])


class Evening:
    def __init__(self, file: Path, kind: Kind) -> None:
        self.kind, self.bot, self.file = kind, Bot(file), file
        form = "peiling" if kind.opening else "stellingenronde"
        bot = self.bot
        bot.staff(f"gesprek nieuw {form} Ons gesprek {CHARTER} stemming=open in=zomerstraat")
        for line in kind.opening:
            bot.staff(line)
        bot.staff("gesprek start")
        if kind.opening:
            bot.say("ida", "stem P1 anders een glijbaan")
            bot.staff("ok X1")
        else:
            bot.say("ida", "stelling Er moeten meer bomen komen.")
        self.people = {name: Person() for name in PEOPLE}
        self.count = 0
        self.shown = True
        self.ever: set[tuple[str, int]] = set()

    def do(self, step: str, name: str, which: int) -> None:
        bot, person, kind = self.bot, self.people[name], self.kind
        words = sorted(kind.typed if step == "type" else kind.tapped)
        word = words[which % len(words)]
        if step == "type":
            bot.say(name, f"stem {kind.item} {word}", **self._roles(person))
            if not person.staff and self._may(kind.typed[word]):
                person.said.append(kind.typed[word])
        elif step == "none":
            bot.say(name, f"stem {kind.item} niets", **self._roles(person))
            person.said += [] if person.staff else [None]
        elif step == "react":
            self.count += 1
            if not person.staff:
                bot.put(bot.reaction(name, word, kind.item, f"r{self.count}"))
                if self._may((kind.tapped[word],)):
                    person.said.append((self.count, kind.tapped[word]))
        elif step == "unreact" and self.count:
            gone = 1 + which % self.count
            bot.put(bot.unreaction(name, f"r{gone}"))
            for each in self.people.values():
                each.taken.add(gone)
        elif step in ("hide", "show"):
            bot.staff(f"verberg {kind.hidden} 2" if step == "hide" else f"toon {kind.hidden}")
            self.shown = step == "show"
        elif step == "forget":
            bot.say(name, "vergeetmij", **self._roles(person))
            bot.say(name, "ja, vergeet mij", **self._roles(person))
            self.people[name] = Person(staff=person.staff)
        elif step == "staff":
            bot.say(name, "hulp", roles=() if person.staff else ("official",))
            self.people[name] = Person(staff=not person.staff)
        elif step == "restart":
            bot.die()
            self.bot = Bot(self.file, now=bot.clock(), seed=f"again/{self.count}/{bot.clock()}")
            self.bot._count = bot._count

    def _roles(self, person: Person) -> dict[str, Any]:
        return {"roles": ("official",)} if person.staff else {}

    def _may(self, keys: tuple[str, ...]) -> bool:
        """Whether a choice of these keys is accepted now."""
        return self.shown or (self.kind.hidden == "X1" and "3" not in keys)

    def check(self) -> None:
        kind, dialogue = self.kind, self.bot.dialogue
        meant: Counter[str] = Counter()
        for person in self.people.values():
            meant.update(person.counts(kind))
        if kind.hidden == "X1" and not self.shown:
            del meant["3"]
        tally = {str(key): n for key, n in self.bot.tally(kind.item).items()}
        assert tally == dict(meant)
        box = dialogue.machine(0).box(dialogue.states[0])
        counted = {name for name, p in self.people.items() if self._visible(p.counts(kind))}
        assert box.voters == len(counted)

    def _visible(self, keys: tuple[str, ...]) -> bool:
        return any(self._may((key,)) for key in keys)


@pytest.mark.parametrize("name", KINDS)
def test_what_counts_is_what_still_stands(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    @examples(40, 1000)
    @given(PLAYS)
    def check(steps: list[tuple[str, str, int]]) -> None:
        evening = Evening(tmp_path_factory.mktemp("evening") / "town.db", KINDS[name])
        for step in steps:
            evening.do(*step)
            evening.check()
        evening.bot.close()

    check()


@pytest.mark.parametrize("closed", [False, True])
def test_who_is_forgotten_leaves_no_expression(closed: bool, tmp_path: Path) -> None:
    evening = Evening(tmp_path / "town.db", KINDS["several"])
    bot = evening.bot
    bot.put(bot.reaction("gijs", "1️⃣", "P1", "r1"), bot.reaction("hans", "1️⃣", "P1", "r2"))
    bot.say("gijs", "stem P1 2")
    if closed:
        bot.staff("sluit ja")
    bot.say("gijs", "vergeetmij")
    bot.say("gijs", "ja, vergeet mij")
    rows = bot.session.store._db.execute("SELECT count(*) FROM reactions").fetchone()
    assert rows == (1,)
