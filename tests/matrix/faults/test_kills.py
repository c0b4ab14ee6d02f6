"""The program is killed at random moments during a dialogue on a real homeserver.

What residents sent is counted again here, from what they sent alone. ``stadsgesprek run`` is ended
by SIGKILL 25 times, in every part of the dialogue; each time it has to be ready again.
"""

from __future__ import annotations

import csv
import io
import random
import re
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from bot.platforms.matrix import KEY
from tests.matrix import synapse as surroundings
from tests.matrix.asking import CLIENT
from tests.matrix.dialogue.stage import NAMES, Plain, Street, until
from tests.matrix.events import Event
from tests.matrix.synapse import Synapse
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.sentences import part

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)

KILLS = 25

SENTENCES = (
    "Er moeten meer kastanjes langs de straat komen.",
    "De parkeerplaatsen bij de kerk mogen verdwijnen.",
    "Wij willen een waterpomp op het speelplein.",
    "De lantaarns gaan na middernacht uit.",
    "Honden horen overal aan de riem.",
    "Het buurthuis verdient een nieuwe keuken.",
    "Vuilnisbakken staan te ver weg.",
    "Brommers rijden te hard door het park.",
)
QUESTIONS = (
    "Wanneer begint het werk aan de stoep?",
    "Waarom is de bibliotheek op maandag dicht?",
    "Hoeveel kost een boom in een pot?",
    "Wie veegt de bladeren in de herfst?",
)
VOTERS = NAMES[:5]  # fien is the official who answers
SAID = {"eens": "agree", "oneens": "disagree", "?": "pass"}
CARDS = (*(("om-te-tellen", f"card-{n}") for n in range(3)), ("om-te-vragen", "card-0"))
CODE = re.compile(r"Uw code: ([0-9A-Z]{12})")


class Killer:
    """Kills the program at a random moment and starts it again, up to a number of times."""

    def __init__(self, street: Street, chance: random.Random) -> None:
        self.kills = 0
        self.error: BaseException | None = None
        self._street, self._chance = street, chance
        self._until = 0
        self._more = threading.Condition()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def up_to(self, kills: int) -> None:
        """Kill from now on, until this many kills in all."""
        with self._more:
            self._until = kills
            self._more.notify()

    @property
    def busy(self) -> bool:
        if self.error is not None:
            raise AssertionError(f"not ready again after kill {self.kills}") from self.error
        return self.kills < self._until

    def _work(self) -> None:
        running = self._street.running
        try:
            while self.kills < KILLS:
                with self._more:
                    self._more.wait_for(lambda: self.kills < self._until)
                time.sleep(self._chance.uniform(0.0, 2.0))
                running.kill()
                if self._chance.random() < 0.2:  # while it is starting, too
                    running.spawn()
                    time.sleep(self._chance.uniform(0.0, 0.6))
                    running.kill()
                running.start(60)
                self.kills += 1
        except BaseException as error:  # noqa: BLE001 - the test has to hear of it
            self.error = error


class Evening:
    """What is said, and a naive count of it: everybody's last vote on every item."""

    def __init__(self, street: Street, killer: Killer, chance: random.Random) -> None:
        self.street, self.killer, self._chance = street, killer, chance
        self.votes: dict[tuple[str, str], str] = {}
        self.support: set[tuple[str, str]] = set()
        self.authors: dict[str, str] = {}
        self.last: dict[str, str] = {}

    def command(self, text: str) -> None:
        """Say a moderator's word once; wait until the bot's receipt is on it."""
        street = self.street
        assert isinstance(street.moderator, Plain)
        feed = street.moderator.feed
        said = street._say(street.moderator, street.staff, text)  # what is waited for comes after
        feed.wait_until(lambda: feed.has_read(street.staff, street.bot, said), seconds=120)

    def in_room(self, part: str) -> None:
        self.street.wait("vera", self.street.room, part, 120)

    def tell(self, name: str, text: str) -> None:
        self.last[name] = self.street.tell(name, text)

    def amid_kills(self, kills: int, say: Callable[[str], None]) -> None:
        """Residents go on talking until the program was killed so many times in all."""
        self.killer.up_to(kills)
        while self.killer.busy:
            say(self._chance.choice(VOTERS))
            time.sleep(self._chance.uniform(0.0, 0.4))

    def vote(self, name: str, item: str, choice: str) -> None:
        self.tell(name, f"stem {item} {choice}")
        self.votes[name, item] = choice

    def everybody_votes(self, items: tuple[str, ...], choices: tuple[str, ...]) -> None:
        for name in VOTERS:
            for item in items:
                if (name, item) not in self.votes:
                    self.vote(name, item, self._chance.choice(choices))

    def counts(self, item: str) -> dict[str, int]:
        return Counter(choice for (_, of), choice in self.votes.items() if of == item)

    # -- the dialogue -------------------------------------------------------------------------

    def conversation(self) -> None:
        self.command(f"gesprek nieuw gesprek Om te tellen {CHARTER} minimum=5 in=zomerstraat")
        self.command('peiling soort=een vraag="Waar komt de bank?" opties="plein; park; hoek"')
        self.command("gesprek start")
        self.in_room("Ronde 1 van 3")
        left = list(SENTENCES)
        authors = iter(VOTERS * 2)

        def state(_name: str) -> None:
            if left:
                self.tell(next(authors), f"stelling {left.pop()}")

        self.amid_kills(4, state)
        while left:
            state("")
        self._settled()
        items = tuple(f"S{n}" for n in range(1, len(SENTENCES) + 1))
        choices = tuple(SAID)
        pick = self._chance.choice
        self.amid_kills(11, lambda name: self.vote(name, pick(items), pick(choices)))
        self.everybody_votes(items, choices)
        for name in VOTERS:  # else there may be nothing to recommend
            self.vote(name, "S1", "eens")
        self._settled()
        self.killer.up_to(13)
        self.command("volgende")
        self.in_room("Ronde 2 van 3")
        self.amid_kills(15, lambda name: self.vote(name, "P1", pick(("1", "2", "3"))))
        self.everybody_votes(("P1",), ("1", "2", "3"))
        self._settled()
        self.command("volgende")
        self.in_room("Ronde 3 van 3")
        self.command("volgende")
        self.in_room(part("vote_opened"))
        self.amid_kills(18, lambda name: self.vote(name, "A1", pick(("ja", "nee"))))
        self.everybody_votes(("A1",), ("ja", "nee"))
        self._settled()
        self.killer.up_to(20)
        self.command("sluit ja")
        self.in_room("Ronde 3 is klaar")
        self.killer.up_to(21)
        self.command("advies")
        self.in_room("Controlegetal van het document")

    def questions(self) -> None:
        self.command(f"gesprek nieuw vragenuur Om te vragen {CHARTER} in=zomerstraat")
        self.command("gesprek start")
        self.in_room("Vragen")
        for number, question in enumerate(QUESTIONS, 1):  # one by one, so that V1 is the first
            self.tell(VOTERS[number], f"vraag {question}")
            self._settled()
            self.authors[f"V{number}"] = VOTERS[number]
        self.amid_kills(24, self._supports)
        official = self.street.people["fien"]
        for number in range(1, len(QUESTIONS) + 1):
            official.say(self.street.room, f"!antwoord V{number} Dat doen wij in {2030 + number}.")
        self.killer.up_to(KILLS)
        self.command("sluit ja")
        self.in_room("Ronde 1 is klaar")

    def _supports(self, name: str) -> None:
        item = f"V{self._chance.randint(1, len(QUESTIONS))}"
        if self.authors[item] == name:
            return
        self.tell(name, f"steun {item}")
        self.support.add((name, item))

    def _settled(self) -> None:
        """What residents said is handled: a receipt stands on the last of it everywhere."""
        for name, said in self.last.items():
            voice, room = self.street.voices[name], self.street.directs[name]
            assert isinstance(voice, Plain)
            feed = voice.feed
            feed.wait_until(partial(feed.has_read, room, self.street.bot, said), seconds=120)


@pytest.mark.timeout(600)  # two minutes where nothing else runs
def test_killed_at_random_moments(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: hundreds of messages within two minutes, each of which must count."""
    chance = random.Random(25)
    street = Street(lifted_synapse, tmp_path, "kills")
    with street.running.config.open("a") as config:
        config.write(f'official = ["{street.people["fien"].user}"]\n')
    with street:
        street.open_directs()
        killer = Killer(street, chance)
        evening = Evening(street, killer, chance)
        evening.conversation()
        evening.questions()
        while killer.busy:
            time.sleep(0.1)
        assert killer.kills == KILLS
        evening.command("status")
        until(lambda: all(map(_is_over, _newest(street).values())), 90, "cards that say it is over")
        street.running.end(20)
        assert street.running.log.count("Traceback") == 0
        _recount(evening)
        _stand_once(street)
        devices = street.spare.request("GET", f"{CLIENT}/devices")["devices"]
        assert len(devices) == 2  # the keeper's own, and one of the bot's for all its starts
        street.assert_log_is_silent()


def _recount(evening: Evening) -> None:
    """Every ballot counted once, with what its resident said last; every text is there once."""
    street = evening.street
    outcome = street.outcome("om-te-tellen")
    statements, poll, closing = outcome["rounds"]
    assert sorted(item["text"] for item in statements["items"]) == sorted(SENTENCES)
    for item in statements["items"]:
        said = evening.counts(item["number"])
        assert item["counts"] == {key: said[word] for word, key in SAID.items()}, item["number"]
    said = evening.counts("P1")
    assert poll["items"][0]["counts"] == {
        o: said[n] for o, n in zip(("plein", "park", "hoek"), "123", strict=True)
    }
    said = evening.counts("A1")
    assert closing["items"][0]["counts"] == {"yes": said["ja"], "no": said["nee"]}
    assert [r["voters"] for r in outcome["rounds"]] == [len(VOTERS)] * 3
    assert outcome["interim"] is False
    _codes(street)
    (street.folder / "export").rename(street.folder / "export-1")
    (questions,) = street.outcome("om-te-vragen")["rounds"]
    assert [item["text"] for item in questions["items"]] == list(QUESTIONS)
    support = Counter(item for _, item in evening.support)
    for number, item in enumerate(questions["items"], 1):
        assert item["counts"] == {"support": support[f"V{number}"]}
        assert item["answer"]["text"] == f"Dat doen wij in {2030 + number}."


def _codes(street: Street) -> None:
    """Who holds a code finds it in the list, and there are as many as ballots."""
    with (street.folder / "export" / "ontvangstcodes.csv").open(encoding="utf-8-sig") as file:
        listed = {(row[0], row[1]) for row in csv.reader(file, delimiter=";")}
    codes = {code for _, code in listed}
    for name in VOTERS:
        street.voices[name].pull()
    held = {
        code
        for name in VOTERS
        for one in street.voices[name].heard
        if one.sender == street.bot
        for code in CODE.findall(one.text)
    }
    assert held
    assert held <= codes
    assert sum(len(code) == 12 for code in codes) == 3 * len(VOTERS)


def _stand_once(street: Street) -> None:
    """Each message of the bot's stands in its room once, and says in the end what is so."""
    tokens = street.tokens()
    assert [token for token, times in Counter(tokens).items() if times > 1] == []
    assert "" not in tokens
    there = [e for e in street.vera.history(street.room) if e.sender == street.bot and e.content]
    messages = [e for e in there if e.kind == "m.room.message"]
    first = [e for e in messages if not e.edits and e.content["msgtype"] == "m.text"]
    cards = Counter(_slot(e) for e in first if _slot(e)[1].startswith("card-"))
    assert cards == dict.fromkeys(CARDS, 1)
    assert [slot for slot, card in _newest(street).items() if not _is_over(card)] == []
    others = Counter(e.text for e in first if not _slot(e)[1].startswith("card-"))
    assert [text for text, times in others.items() if times > 1] == []
    files = Counter(e.text for e in messages if e.content["msgtype"] == "m.file")
    assert sorted(files.values()) == [1, 1]
    assert "bundel.zip" in files
    in_staff = Counter(
        e.text
        for e in street.vera.history(street.staff)
        if e.sender == street.bot and e.kind == "m.room.message" and not e.edits
    )
    assert [text for text, times in in_staff.items() if times > 1] == []
    for name in VOTERS:  # fien spoke in the room
        said = Counter(
            e.sender
            for e in street.people[name].history(street.directs[name])
            if e.kind == "m.room.message" and not e.edits
        )
        assert said[street.bot] <= said[street.people[name].user] + 1, name  # an introduction
    bundle = next(e for e in messages if e.text == "bundel.zip")
    with zipfile.ZipFile(io.BytesIO(street.vera.download(bundle.content["url"]))) as packed:
        assert packed.testzip() is None


def _newest(street: Street) -> dict[tuple[str, str], Event | None]:
    """Each card of the evening as it stands now."""
    found = {_slot(e): e for e in street.vera.history(street.room) if e.sender == street.bot}
    return {slot: found.get(slot) for slot in CARDS}


def _is_over(card: Event | None) -> bool:
    return card is not None and "Deze ronde is klaar" in card.text


def _slot(event: Event) -> tuple[str, str]:
    mark: dict[str, Any] = event.content.get(KEY, {})
    return str(mark.get("dialogue", "")), str(mark.get("slot", ""))
