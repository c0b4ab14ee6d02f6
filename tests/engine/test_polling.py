"""Voting by tap: one poll at a time beside the list; what is tapped counts like what is typed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.platforms.facts import Chose, Said
from bot.platforms.messages import Meaning, Message
from dialogues.dialogue import Dialogue
from dialogues.receipts import receipt
from storage.forgetting import destroy_links
from storage.rows import ASK
from tests.engine.chat import person
from tests.engine.live import CHARTER
from tests.engine.street import TAPS, Street
from tests.generated import examples

POLLS = replace(TAPS, polls=True)
STATEMENTS = ("Er moeten meer bomen komen.", "De straat wordt autovrij.", "De bus moet blijven.")


class Tapping(Street):
    """Anna, who answers in polls."""

    def polls(self, who: str = "anna") -> list[tuple[str, Message]]:
        there = person(who)
        messages = self.chat.messages.items()
        return [(n, m) for n, m in messages if m.place == there and m.slot.startswith(ASK)]

    def asked(self, who: str = "anna") -> list[str]:
        return [message.choices[0].means.item for _, message in self.polls(who)]

    def chooses(self, choice: str, number: int = -1, who: str = "anna") -> None:
        name, poll = self.polls(who)[number]
        means = next(c.means for c in poll.choices if c.means.choice == choice)
        self.put(Chose(self.origin(who, person(who)), means, name))
        self.settle()

    @property
    def dialogue(self) -> Dialogue:
        (dialogue,) = self.engine.ledger.states.values()
        return dialogue

    def votes(self) -> dict[str, str | None]:
        """What counts of Anna, by statement."""
        books = self.dialogue.machine(0).box(self.dialogue.states[0]).books
        return {n: vote.choice for n, book in books.items() for vote in book.votes.values()}


def opened(file: Path, monkeypatch: pytest.MonkeyPatch, statements: int = 3) -> Tapping:
    made = Tapping(file, monkeypatch, POLLS)
    made.open()
    for words in STATEMENTS[:statements]:
        made.say("otto", f"stelling {words}")
    made.settle()
    return made


@pytest.fixture
def tapping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tapping:
    made = opened(tmp_path / "town.db", monkeypatch)
    made.tap("anna")
    return made


def test_one_poll_at_a_time_after_the_list(tapping: Tapping) -> None:
    messages = [m for m in tapping.chat.messages.values() if m.place == person("anna")]
    listed, poll = messages
    assert not listed.choices
    assert [choice.means.choice for choice in poll.choices] == ["agree", "disagree", "pass"]
    first = poll.choices[0].means.item
    assert listed.plain.index(f"({first})") == min(listed.plain.index(f"(S{n})") for n in (1, 2, 3))
    tapping.chooses("agree")
    assert len(tapping.polls()) == 2
    tapping.chooses("disagree")
    tapping.chooses("pass")
    assert sorted(tapping.asked()) == ["S1", "S2", "S3"]
    assert sorted(map(str, tapping.votes().values())) == ["agree", "disagree", "pass"]
    last = tapping.heard("anna")[-1]
    assert receipt(tapping.engine.town.key, next(iter(ballots(tapping)))) in last


def ballots(tapping: Tapping) -> set[str]:
    books = tapping.dialogue.machine(0).box(tapping.dialogue.states[0]).books
    return {ballot for book in books.values() for ballot in book.votes}


def test_a_typed_answer_brings_the_next_poll_too(tapping: Tapping) -> None:
    (first,) = tapping.asked()
    tapping.say("anna", f"stem {first} eens")
    tapping.settle()
    assert len(tapping.asked()) == 2
    tapping.say("anna", "2 oneens 3 ?")
    tapping.settle()
    assert len(tapping.asked()) == 2  # nothing is left to ask


def test_a_vote_taken_back_in_words_is_not_asked_again(tapping: Tapping) -> None:
    tapping.chooses("agree")
    first = tapping.asked()[0]
    tapping.say("anna", f"stem {first} niets")
    tapping.settle()
    assert tapping.votes() == {first: None}
    assert len(tapping.asked()) == 2
    tapping.chooses("disagree", number=0)
    assert tapping.votes()[first] == "disagree"


def test_a_response_without_an_answer_takes_back(tapping: Tapping) -> None:
    tapping.chooses("agree")
    name, _ = tapping.polls()[0]
    tapping.put(Chose(tapping.origin("anna", person("anna")), Meaning("", choice="none"), name))
    assert list(tapping.votes().values()) == [None]


@pytest.mark.parametrize(
    "means",
    [
        Meaning("ons-gesprek", "S1", "evil", 0),
        Meaning("ons-gesprek", "S9", "agree", 0),
        Meaning("ons-gesprek", "S1", "agree", 1),
        Meaning("elders", "S1", "agree", 0),
        Meaning("", choice="none"),
    ],
)
def test_what_no_poll_asked_counts_for_nothing(tapping: Tapping, means: Meaning) -> None:
    tapping.put(Chose(tapping.origin("anna", person("anna")), means, "$nothing"))
    tapping.settle()
    assert tapping.votes() == {}
    assert tapping.alarms == []


def test_words_that_changed_are_asked_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tapping = opened(tmp_path / "one.db", monkeypatch, 1)
    tapping.tap("anna")
    tapping.say("otto", "wijzig S1 De bomen moeten weg.")
    tapping.settle()
    tapping.chooses("agree")
    assert tapping.votes() == {}
    assert tapping.asked() == ["S1", "S1"]
    assert "weg" in tapping.polls()[-1][1].plain
    tapping.chooses("agree")
    assert tapping.votes() == {"S1": "agree"}


def test_a_poll_is_never_edited_and_survives_a_kill(tapping: Tapping) -> None:
    tapping.chooses("agree")
    before = tapping.polls()
    tapping.restart()
    tapping.say("anna", "meedoen")
    tapping.settle()
    assert tapping.polls() == before
    assert all(not message.edits for _, message in before)
    tapping.chooses("pass")
    assert len(tapping.polls()) == 3


def test_people_are_told_what_the_server_sees(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for can in (POLLS, TAPS):
        street = Tapping(tmp_path / f"{can.polls}.db", monkeypatch, can)
        street.open()
        (reply,) = street.put(Said(street.origin("anna", person("anna")), "meedoen"))
        assert reply.notices[0].data["polls"] is can.polls


def test_without_polls_there_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    street = Tapping(tmp_path / "words.db", monkeypatch, TAPS)
    street.open()
    street.say("otto", f"stelling {STATEMENTS[0]}")
    street.tap("anna")
    assert street.polls() == []


WORDS = {"agree": "eens", "disagree": "oneens", "pass": "pas", None: "niets"}
STEPS = st.lists(
    st.tuples(st.booleans(), st.sampled_from(["S1", "S2", "S3"]), st.sampled_from([*WORDS])),
    min_size=1,
    max_size=8,
)


@settings(examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, shuffled=st.randoms(use_true_random=False))
def test_the_newest_expression_counts_whichever_way_it_was_given(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    steps: list[tuple[bool, str, str | None]],
    shuffled: object,
) -> None:
    """Also when what was said meanwhile is read back in another order."""
    file = tmp_path_factory.mktemp("taps") / "town.db"
    tapping = opened(file, monkeypatch)
    tapping.tap("anna")
    facts, wanted = [], {}
    for tapped, item, choice in steps:
        origin = tapping.origin("anna", person("anna"))
        wanted[item] = choice
        if tapped:
            means = Meaning("ons-gesprek", item, choice or "none", 0)
            facts.append(Chose(origin, means, f"$of-{item}"))
        else:
            facts.append(Said(origin, f"stem {item} {WORDS[choice]}"))
    shuffled.shuffle(facts)  # type: ignore[attr-defined]
    tapping.put(*facts)
    assert {n: c for n, c in tapping.votes().items() if c} == {n: c for n, c in wanted.items() if c}


def test_which_poll_was_whose_goes_with_the_links(tapping: Tapping) -> None:
    tapping.chooses("agree")
    name, _ = tapping.polls()[0]
    assert tapping.store.posts.slot_of(name)[1].startswith(ASK)
    with tapping.store.transaction():
        destroy_links(tapping.store, "ons-gesprek", tapping.clock())
    assert tapping.store.posts.slot_of(name) == ("", "")
    assert tapping.store.posts.slot_of(tapping.chat.cards()[0])[1] == "card-0"


def round_of(file: Path, monkeypatch: pytest.MonkeyPatch, kind: str, fill: str) -> Tapping:
    """A street with one round that a moderator fills, in which anna taps the card."""
    made = Tapping(file, monkeypatch, POLLS)
    made.command(f"gesprek nieuw {kind} Ons gesprek {CHARTER}")
    made.command(fill)
    made.command("start")
    made.settle()
    made.tap("anna")
    return made


POLL = 'peiling soort=een vraag="Waar begint het werk?" opties="noord; zuid; het plein"'
DILEMMA = 'dilemma vraag="Bomen of parkeren?" a="12 bomen erbij" b="3 bomen erbij"'


@pytest.mark.parametrize(
    ("kind", "fill", "labels", "chosen", "kept"),
    [
        ("peiling", POLL, ["Noord", "Zuid", "Het plein"], "2", (2,)),
        ("dilemma", DILEMMA, ["A: 12 bomen erbij", "B: 3 bomen erbij", "Geen van beide"], "b", "b"),
    ],
)
def test_a_poll_and_a_dilemma_are_asked_by_tap(
    kind: str,
    fill: str,
    labels: list[str],
    chosen: str,
    kept: object,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    street = round_of(tmp_path / "town.db", monkeypatch, kind, fill)
    ((_, poll),) = street.polls()
    assert [choice.label for choice in poll.choices] == labels
    street.chooses(chosen)
    assert list(street.votes().values()) == [kept]
    assert len(street.polls()) == 1
    street.put(
        Chose(
            street.origin("anna", person("anna")), Meaning("", choice="none"), street.polls()[0][0]
        )
    )
    assert list(street.votes().values()) == [None]


def test_what_takes_several_choices_is_asked_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill = POLL.replace("soort=een", "soort=meer")
    street = round_of(tmp_path / "town.db", monkeypatch, "peiling", fill)
    assert street.polls() == []
    street.say("anna", "1 3")
    assert list(street.votes().values()) == [(1, 3)]
