"""Promise 22: evenings over two networks, with accounts linked at any moment, against a count of
our own; and what their documents say of accounts."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.documents.handover import handed_over
from bot.platforms.facts import Tick
from dialogues.dialogue import Status
from rounds import registry
from tests.engine.live import KEY
from tests.engine.networks import Networks, codes
from tests.generated import examples
from tests.verifying import verified

PEOPLE = tuple(f"buur-{number}" for number in range(6))
NETWORKS = ("matrix", "discord")
CHOICES = {"S1": ("eens", "oneens", "pas", "niets"), "S2": ("eens", "oneens", "niets")}
CHOICES["P1"] = ("1", "2", "niets")

#: What a word of a choice is counted as.
COUNTED = {"eens": "agree", "oneens": "disagree", "pas": "pass", "1": 1, "2": 2}

person = st.sampled_from(PEOPLE)
network = st.sampled_from(NETWORKS)
votes = st.tuples(st.just("vote"), person, network, st.integers(0, 5))
gifts = st.tuples(st.just("give"), person, network, st.just(0))
links = st.tuples(st.just("link"), person, network, st.just(0))
acts = st.lists(st.one_of(votes, votes, votes, links, gifts), min_size=10, max_size=50)


@dataclass
class Ballot:
    """What was chosen last on each item, with its place in the order of all; ``held``: something
    was chosen on it at some time."""

    chosen: dict[str, tuple[int, str]] = field(default_factory=dict)
    held: bool = False

    def standing(self) -> list[str]:
        return [choice for _, choice in self.chosen.values() if choice != "niets"]


@dataclass
class Count:
    """Our own count: who is one with whom, and their ballots in each round."""

    linked: set[str] = field(default_factory=set)
    ballots: list[dict[tuple[str, str], Ballot]] = field(default_factory=lambda: [{}, {}])
    gave: set[tuple[str, str]] = field(default_factory=set)
    votes: int = 0

    def who(self, person: str, network: str) -> tuple[str, str]:
        return (person, "") if person in self.linked else (person, network)

    def vote(self, round_: int, person: str, network: str, item: str, choice: str) -> None:
        self.votes += 1
        ballot = self.ballots[round_].setdefault(self.who(person, network), Ballot())
        ballot.chosen[item] = (self.votes, choice)
        ballot.held = ballot.held or choice != "niets"

    def link(self, person: str, round_: int) -> bool:
        """Make both sides one; returns whether both had chosen something in the open round."""
        here = self.ballots[round_]
        one, other = (here.pop((person, name), Ballot()) for name in NETWORKS)
        self.linked.add(person)
        items = one.chosen.keys() | other.chosen.keys()
        never = (0, "niets")
        newest = {i: max(one.chosen.get(i, never), other.chosen.get(i, never)) for i in items}
        here[person, ""] = Ballot(newest, one.held or other.held)
        return one.held and other.held

    def tally(self, round_: int, item: str) -> Counter[Any]:
        found = (b.chosen[item][1] for b in self.ballots[round_].values() if item in b.chosen)
        return Counter(COUNTED[choice] for choice in found if choice != "niets")

    def voted(self, round_: int) -> set[tuple[str, str]]:
        return {who for who, ballot in self.ballots[round_].items() if ballot.standing()}

    def people(self) -> tuple[int, int, int, int]:
        voted = {self.who(*who) for index in (0, 1) for who in self.voted(index)}
        gave = {self.who(*who) for who in self.gave}
        everybody = voted | gave
        linked = {who for who in everybody if who[0] in self.linked}
        return len(gave), len(voted), len(everybody), len(linked)


def go_on(both: Networks, word: str) -> None:
    both.command(word)
    both.read_back()
    both.put(Tick(both.clock()))


def play(both: Networks, count: Count, round_: int, acts: list[Any]) -> None:
    state = both.dialogue
    box = state.machine(round_).box(state.states[round_])
    for what, who, where, number in acts:
        account = f"{who}-{where[0]}"
        if what == "vote":
            item = "P1" if round_ else ("S1", "S2")[number % 2]
            choice = CHOICES[item][number % len(CHOICES[item])]
            both.heard(account, f"stem {item} {choice}", where)
            count.vote(round_, who, where, item, choice)
        elif what == "give" and not round_ and len(count.gave) < 12:
            words = f"Een zin over onderwerp {len(count.gave)}{len(state.items.by_number)}."
            if codes(both.heard(account, f"stelling {words}", where)) == ["statement_noted"]:
                count.gave.add(count.who(who, where))
        elif what == "link" and who not in count.linked:
            other = NETWORKS[1 - NETWORKS.index(where)]
            (code,) = both.heard(account, "koppel", where)
            turnout = box.turnout
            (linked,) = both.heard(f"{who}-{other[0]}", f"koppel {code.data['code']}", other)
            merged = count.link(who, round_)
            assert bool(linked.data["merged"]) is merged
            assert box.turnout == turnout - merged  # whatever anybody chose


@given(first=acts, second=acts)
@examples(15)
def test_counts_are_those_of_people_who_are_linked_at_any_moment(
    first: list[Any], second: list[Any]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        both, count = Networks(Path(folder) / "town.db"), Count()
        poll = 'soort=een vraag="Waar?" opties="noord; zuid"'
        both.open("gesprek", poll=poll)
        for number, words in enumerate(("De bus moet vaker rijden.", "Er zijn te weinig bomen.")):
            both.heard(f"zoe-{number}", f"stelling {words}")
            count.gave.add((f"zoe-{number}", "matrix"))
        play(both, count, 0, first)
        go_on(both, "volgende ja")
        play(both, count, 1, second)
        go_on(both, "sluit ja")
        state = both.dialogue
        assert state.status is Status.CLOSED
        for index, items in ((0, ("S1", "S2")), (1, ("P1",))):
            box = state.states[index].box
            assert state.frames[index].voters == len(count.voted(index))
            for item in items:
                found = {_option(key): n for key, n in box.recount(item)[0].items() if n}
                assert found == count.tally(index, item)
        figures = both.engine.ledger.figures(state)
        found = (figures.contributed, figures.voted, figures.total, figures.linked)
        assert found == count.people()
        document(both, count, Path(folder) / "bundle")
        both.restart()
        assert both.dialogue.states[1].box.recount("P1")[0] == box.recount("P1")[0]


def _option(key: Any) -> Any:
    return key[1] if isinstance(key, tuple) else key


def document(both: Networks, count: Count, folder: Path) -> None:
    """What is published of linked accounts: both figures or none, and verify finds no fault."""
    both.command("advies")
    handed = handed_over(both.store.reader(), registry.pages(), KEY, "ons-gesprek", clerk=True)
    folder.mkdir()
    for name, data in handed.files.items():
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_bytes(data)
    verdict = verified(folder)
    assert not verdict.differences, verdict.differences
    told = json.loads(handed.files["uitslag.json"])["participants"]
    _, _, total, linked = count.people()
    split = (linked, total - linked)
    if told["total"] is None:
        assert told["unlinked"] is None
        assert told["linked"] == (0 if linked == 0 else None)
    elif any(0 < people < 5 for people in split):
        assert (told["linked"], told["unlinked"]) == (None, None)
    else:
        assert (told["linked"], told["unlinked"]) == split
