"""Whole evenings of 25 residents, drawn from a seed and counted again here from the raw lines.

The recount below knows nothing of the program: it reads what was typed, line by line, keeps the
last word of everybody, and does the sums of the contract with plain numbers.
"""

from __future__ import annotations

import random
from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bot.documents.placing import put_bundle
from tests.replay.playing import Evening, played, result
from tests.verifying import verified

RESIDENTS = [f"bewoner{n}" for n in range(1, 26)]
WORDS = {"eens": "agree", "oneens": "disagree", "weet ik niet": "pass"}
SIGNS = {"👍": "eens", "👎": "oneens", "🤷": "weet ik niet"}
OPTIONS = ("noord", "zuid", "oost", "west")


def evening(seed: int, ballot: str) -> Evening:
    """What 25 residents and a moderator type, in three rounds."""
    draw = random.Random(seed)
    made = Evening()
    made.open("gesprek", more=f"stemming={ballot} minimum=6")
    writers = draw.sample(RESIDENTS, 9)
    for number, who in enumerate(writers, 1):
        made.say(who, f"stelling Voorstel {number}: huisnummer {number} krijgt een boom.")
    made.add("wim", "zomerstraat", roles=["official"], text="!stelling Plan 10 van de gemeente.")
    likes = {f"S{n}": draw.choice((0.15, 0.4, 0.5, 0.62, 0.85)) for n in range(1, 11)}
    reasons = 0
    for who in draw.sample(RESIDENTS, 23):
        typed = draw.random() < 0.5 or ballot == "vertrouwelijk"
        for item in draw.sample(sorted(likes), draw.randint(3, 10)):
            for _ in range(draw.choice((1, 1, 1, 2, 3))):
                _vote(made, draw, who, item, likes[item], typed)
            if typed and draw.random() < 0.08:
                made.say(who, f"stem {item} niets")
            if draw.random() < 0.1:
                reasons += 1
                made.say(who, f"waarom {item} Reden {reasons} staat hier.")
    made.say("wim", "stem S1 eens")
    made.add(writers[0], "zomerstraat", text="!stem S2 oneens")
    made.staff("verberg S3 onderwerp")
    made.say(writers[4], "intrekken S5")
    made.staff("verberg S6 dubbel")
    made.staff("toon S6")
    made.staff(f'peiling soort=meer vraag="Waar eerst?" opties="{"; ".join(OPTIONS)}"')
    made.staff("volgende")
    made.say(writers[0], "stem S1 eens")  # too late
    for who in draw.sample(RESIDENTS, 17):
        for _ in range(draw.choice((1, 1, 2))):
            chosen = draw.sample(range(1, 5), draw.randint(1, 3))
            made.say(who, "stem P1 " + " ".join(map(str, sorted({1, *chosen}))))
    made.staff("volgende")
    made.staff("volgende")
    for who in draw.sample(RESIDENTS, 19):
        for item in ("A1", "A2", "A3", "A4", "A5"):
            if draw.random() < 0.9:
                made.say(who, f"stem {item} {draw.choice(('ja', 'ja', 'nee', 'nee Te duur.'))}")
    made.staff("sluit ja")
    return made


def _vote(
    made: Evening, draw: random.Random, who: str, item: str, likes: float, typed: bool
) -> None:
    word = "eens" if draw.random() < likes else draw.choice(("oneens", "oneens", "weet ik niet"))
    if typed:
        made.say(who, f"stem {item} {word}", where=None)
        return
    sign = next(sign for sign, means in SIGNS.items() if means == word)
    event = made.add(who, "zomerstraat", react=sign, on=item)
    if draw.random() < 0.2:
        made.add(draw.choice((who, "vera")), "zomerstraat", unreact=event)


class Recount:
    """The last word of everybody in every round, from the raw lines."""

    def __init__(self, rows: list[dict[str, Any]], open_ballot: bool) -> None:
        self.open_ballot = open_ballot
        self.round = 0
        self.votes: dict[str, dict[str, Any]] = defaultdict(dict)
        self.standing: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        self.authors: dict[str, str] = {}
        self.reasons: dict[str, dict[str, str]] = defaultdict(dict)
        self.gone: set[str] = set()
        for row in rows:
            self.read(row)

    def read(self, row: dict[str, Any]) -> None:
        if "react" in row:
            self.standing[row["user"], row["on"]].append((row["id"], SIGNS[row["react"]]))
            self._reacted(row["user"], row["on"])
        elif "unreact" in row:
            for (who, item), signs in self.standing.items():
                if any(event == row["unreact"] for event, _ in signs):
                    signs[:] = [s for s in signs if s[0] != row["unreact"]]
                    self._reacted(who, item)
        else:
            self._typed(row, row["text"].lstrip("!").split(" ", 2))

    def _reacted(self, who: str, item: str) -> None:
        signs = self.standing[who, item]
        self.votes[item].pop(who, None)
        if signs:
            self.votes[item][who] = WORDS[signs[-1][1]]

    def _typed(self, row: dict[str, Any], words: list[str]) -> None:
        who, word = row["user"], words[0]
        in_room = row.get("in") == "zomerstraat"
        if word == "volgende" or word == "sluit ja":
            self.round += 1
        elif word == "stelling":
            self.authors[f"S{len(self.authors) + 1}"] = who
        elif word == "waarom":
            self.reasons[words[1]][who] = words[2]
        elif word in ("verberg", "intrekken"):
            self.gone.add(words[1])
        elif word == "toon":
            self.gone.discard(words[1])
        elif word == "stem" and who != "wim" and (self.open_ballot or not in_room):
            self._vote(who, words[1], words[2])

    def _vote(self, who: str, item: str, choice: str) -> None:
        # volgende: round 2, round 3, its vote; a vote for another round is not taken
        if {"S": 0, "P": 1, "A": 3}[item[0]] != self.round:
            return
        if item[0] == "A" and int(item[1:]) > len(self.recommended()):
            return
        self.votes[item].pop(who, None)
        if choice == "niets":
            return
        if item[0] == "S":
            self.votes[item][who] = WORDS[choice]
        elif item[0] == "P":
            self.votes[item][who] = choice.split()
        else:
            self.votes[item][who] = "yes" if choice == "ja" else "no"
            if choice.startswith("nee "):
                self.reasons[item][who] = choice[4:]

    def counting(self, letter: str) -> dict[str, dict[str, Any]]:
        return {
            item: votes
            for item, votes in self.votes.items()
            if item[0] == letter and item not in self.gone
        }

    def people(self, letter: str) -> set[str]:
        return {who for votes in self.counting(letter).values() for who in votes}

    def statement(self, item: str) -> dict[str, Any]:
        votes, everybody = self.votes[item], len(self.people("S"))
        counts = {side: list(votes.values()).count(side) for side in WORDS.values()}
        few = len(votes) < 5
        return {
            "counts": None if few else counts,
            "voters": None if few else len(votes),
            "result": self._result(counts, len(votes), everybody),
        }

    @staticmethod
    def _result(counts: dict[str, int], voters: int, everybody: int) -> str:
        if voters < 5 or voters < everybody / 2:
            return "too_few"
        with_opinion = counts["agree"] + counts["disagree"]
        hundredfold = counts["agree"] * 100
        if with_opinion and hundredfold >= 60 * with_opinion:
            return "agreed"
        return "rejected" if with_opinion and hundredfold <= 40 * with_opinion else "divided"

    def poll(self) -> dict[str, int]:
        chosen = [option for choice in self.votes["P1"].values() for option in choice]
        return {text: chosen.count(str(n)) for n, text in enumerate(OPTIONS, 1)}

    def recommended(self) -> list[str]:
        """The items that the written rule recommends, in order."""
        found: list[tuple[Any, ...]] = []
        for item in self.counting("S"):
            row = self.statement(item)
            if row["result"] == "agreed" and row["voters"] >= max(5, len(self.people("S")) / 2):
                share = Fraction(
                    row["counts"]["agree"], row["counts"]["agree"] + row["counts"]["disagree"]
                )
                found.append((-share, -row["voters"], 0, int(item[1:]), item))
        counts, voters = self.poll(), len(self.votes["P1"])
        for place, chosen in enumerate(counts.values()):
            if voters >= 5 and chosen > voters / 2:
                share = Fraction(chosen, len(self.people("P")))
                found.append((-share, -voters, 1, 1, place, "P1"))
        return [row[-1] for row in sorted(found)][:5]


CASES = [(seed, ballot) for ballot in ("vertrouwelijk", "open") for seed in (1, 2, 3, 4)]


@pytest.mark.parametrize(("seed", "ballot"), CASES)
def test_evening(seed: int, ballot: str, tmp_path: Path) -> None:
    lines = evening(seed, ballot)
    handed = played(lines.data, tmp_path / "r.db", clerk=True).bundles["ons-gesprek"]
    found = result(handed.files)
    own = Recount(lines.rows, ballot == "open")
    statements, poll, _ = found["rounds"]
    for letter, round_ in zip("SPA", found["rounds"], strict=True):
        assert round_["voters"] == len(own.people(letter))
    for item in statements["items"]:
        if item["number"] in own.gone:
            assert item["counts"] is None
            assert item["state"] == {"S3": "hidden", "S5": "withdrawn"}[item["number"]]
        else:
            assert {k: item[k] for k in ("counts", "voters", "result")} == own.statement(
                item["number"]
            )
            _reasons_fit(item, own)
    assert poll["items"][0]["counts"] == own.poll()
    assert [r["from"] for r in found["recommendations"]] == own.recommended()
    assert len(found["recommendations"]) >= 2  # else this evening tries too little
    for recommendation in found["recommendations"]:
        _recommendation_fits(recommendation, own)
    _people_fit(found["participants"], own)
    put_bundle(handed.files, tmp_path / "out")
    assert verified(tmp_path / "out").differences == ()


def _reasons_fit(item: dict[str, Any], own: Recount) -> None:
    """Each reason is on the side its author's vote has; who has none is not printed."""
    votes = own.votes[item["number"]]
    given = own.reasons[item["number"]]
    expected = {(words, votes[who]) for who, words in given.items() if who in votes}
    if item["suppressed"]:
        expected = set()
    assert {(reason["text"], reason["side"]) for reason in item["reasons"]} == expected


def _recommendation_fits(found: dict[str, Any], own: Recount) -> None:
    consent = list(own.votes[found["number"]].values())
    yes, no = consent.count("yes"), consent.count("no")
    assert found["consent"] == {"yes": yes, "no": no}
    assert found["divided"] == (no > yes)
    source = found["from"]
    disagree = list(own.votes[source].values()).count("disagree") if source[0] == "S" else 0
    against, voters = max(disagree, no), len(own.votes[source])
    if against >= max(2, voters / 10):
        assert found["minority"]["opposed"] == against
    else:
        assert found["minority"] is None


def _people_fit(found: dict[str, Any], own: Recount) -> None:
    wrote = {who for item, who in own.authors.items() if item not in own.gone and who != "wim"}
    for reasons in own.reasons.values():
        wrote |= set(reasons)
    voted = own.people("S") | own.people("P") | own.people("A")
    assert found["contributed"] == len(wrote)
    assert found["voted"] == len(voted)
    assert found["total"] == len(wrote | voted)
