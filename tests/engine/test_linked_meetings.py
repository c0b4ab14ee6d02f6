"""Promise 22 for meetings: whoever signed up with both accounts counts once, and so does their
support of a proposal."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advice.town.planned import Named, Shown
from advice.verifying.verify_agenda import verify_agenda
from bot.documents.agenda import town_files
from bot.platforms.facts import Tick
from meetings.meeting import Meeting, Phase, Stand
from rounds import registry
from tests.engine.networks import Networks, codes
from tests.generated import examples

NEW = 'moment nieuw Ons plein wanneer="over 3 dagen"'
PEOPLE = tuple(f"buur-{number}" for number in range(5))
NETWORKS = ("matrix", "discord")
PLACES = 3


@pytest.fixture
def both(tmp_path: Path) -> Networks:
    return planned(tmp_path, PLACES)


def planned(folder: Path, places: int) -> Networks:
    both = Networks(folder / "town.db")
    both.commanded(f"{NEW} plaatsen={places}")
    return both


def meeting(both: Networks, number: int = 1) -> Meeting:
    found = both.engine.ledger.meetings.get(number)
    assert found is not None
    return found


def link(both: Networks, who: str, roles: tuple[str, ...] = ()) -> dict[str, object]:
    """Link somebody's accounts, by the code that they get on Matrix; what they are told."""
    (given,) = both.heard(who, "koppel", roles=roles)
    (told,) = both.heard(who, f"koppel {given.data['code']}", "discord")
    assert told.template == "linked"
    return dict(told.data)


def settle(both: Networks) -> None:
    both.later(seconds=1)
    both.put(Tick(both.clock()))


def stands(both: Networks) -> dict[int, Stand]:
    known = meeting(both).sign_ups.values()
    return {one.number: one.stand for one in known if one.stand is not Stand.GONE}


# -- by hand --------------------------------------------------------------------------------------


def test_the_later_sign_up_goes_and_the_place_is_free_again(both: Networks) -> None:
    for who, network in (("anna", "matrix"), ("bram", "matrix"), ("anna", "discord")):
        both.heard(who, "aanmelden M1", network)
    assert codes(both.heard("cor", "aanmelden M1", "discord")) == ["meeting_waits"]
    told = link(both, "anna")
    assert told["meetings"] == [{"meeting": "M1", "title": "Ons plein", "number": 1}]
    settle(both)
    assert stands(both) == {1: Stand.PLACE, 2: Stand.PLACE, 4: Stand.PLACE}
    for network in NETWORKS:
        (mine,) = both.heard("anna", "mijn", network)
        assert [row["number"] for row in mine.data["rows"]] == [1]
    assert codes(both.heard("anna", "aanmelden M1", "discord")) == ["meeting_signed_up"]
    assert len(stands(both)) == 3


def test_a_place_is_kept_where_the_earlier_one_waits(tmp_path: Path) -> None:
    both = planned(tmp_path, 1)
    for who, network in (("bram", "matrix"), ("anna", "matrix"), ("cor", "matrix")):
        both.heard(who, "aanmelden M1", network)
    both.commanded('moment nieuw Ons park wanneer="over 3 dagen" plaatsen=1')
    both.heard("anna", "afmelden M1")
    both.heard("bram", "afmelden M1")
    both.heard("anna", "aanmelden M1", "discord")  # behind cor
    settle(both)
    both.heard("anna", "aanmelden M1")
    both.heard("cor", "afmelden M1")
    settle(both)
    before = stands(both)
    assert sorted(before.values()) == [Stand.PLACE, Stand.WAITS]
    link(both, "anna")
    assert list(stands(both).values()) == [Stand.PLACE]


def test_reminders_and_the_name_stay(both: Networks) -> None:
    both.heard("anna", "aanmelden M1")
    both.heard("anna", 'aanmelden M1 naam="Anna Zonderling"', "discord")
    both.heard("anna", "herinner M1 dag", "discord")
    link(both, "anna")
    (one,) = (each for each in meeting(both).sign_ups.values() if each.stand is Stand.PLACE)
    assert (one.number, one.day, one.hour) == (1, True, False)
    assert meeting(both).wants_day == 1
    assert one.name is not None
    assert both.store.texts.words(one.name.ref) == "Anna Zonderling"


def test_a_proposal_has_nobodys_support_twice_and_not_its_authors(both: Networks) -> None:
    for who, network, text in (
        ("anna", "matrix", "moment voorstel Schoon plein"),
        ("bram", "discord", "moment voorstel Schoon park"),
    ):
        both.heard(who, text, network)
    both.commanded("ok M2")
    both.commanded("ok M3")
    for who, network in (("anna", "discord"), ("cor", "matrix"), ("cor", "discord")):
        for number in (2, 3):
            both.heard(who, f"steun M{number}", network)
    both.heard("bram", "steun M3", "matrix")
    for who in ("anna", "bram", "cor"):
        link(both, who)
    assert len(meeting(both, 2).supporters) == 1  # cor's; anna made it
    assert len(meeting(both, 3).supporters) == 2  # anna's and cor's; bram made it
    assert codes(both.heard("anna", "steun M2", "discord")) == ["refused_meeting_support_own"]


def test_who_turns_out_to_be_staff_supports_nothing(both: Networks) -> None:
    both.heard("anna", "moment voorstel Schoon plein")
    both.commanded("ok M2")
    both.heard("bram", "steun M2", "discord")
    assert len(meeting(both, 2).supporters) == 1
    link(both, "bram", ("official",))
    assert meeting(both, 2).supporters == set()


def test_unlinked_it_stays_with_who_typed_it(both: Networks) -> None:
    both.heard("anna", "aanmelden M1", "discord")
    link(both, "anna")
    assert codes(both.heard("anna", "ontkoppel", "matrix")) == ["unlinked"]
    assert codes(both.heard("anna", "mijn", "matrix")) == ["mine_meetings"]
    assert codes(both.heard("anna", "mijn", "discord")) == ["mine_no_meetings"]
    both.heard("anna", "aanmelden M1", "discord")
    assert len(stands(both)) == 2


@pytest.mark.parametrize("typed", NETWORKS)
def test_linked_parted_and_linked_again_it_is_still_one(both: Networks, typed: str) -> None:
    """What was given under a name that went with the first link stays that person's."""
    both.heard("bram", "moment voorstel Schoon plein")
    both.commanded("ok M2")
    for network in NETWORKS:
        both.heard("anna", "aanmelden M1", network)
        both.heard("anna", "steun M2", network)
    for _ in range(2):
        link(both, "anna")
        assert len(stands(both)) == 1
        assert len(meeting(both, 2).supporters) == 1
        both.heard("anna", "ontkoppel", typed)
        for network in NETWORKS:
            both.heard("anna", "aanmelden M1", network)
            both.heard("anna", "steun M2", network)
        assert len(stands(both)) == 2
        assert len(meeting(both, 2).supporters) == 2
    link(both, "anna")
    assert len(stands(both)) == 1
    assert len(meeting(both, 2).supporters) == 1


# -- generated ------------------------------------------------------------------------------------


@dataclass
class Count:
    """Our own count of who is one with whom, and of who signed up."""

    linked: set[str] = field(default_factory=set)
    signed: set[tuple[str, str]] = field(default_factory=set)

    def who(self, person: str, network: str) -> tuple[str, str]:
        return (person, "") if person in self.linked else (person, network)

    def link(self, person: str) -> None:
        mine = {(person, network) for network in NETWORKS} & self.signed
        self.linked.add(person)
        self.signed -= mine
        if mine:
            self.signed.add((person, ""))

    def unlink(self, person: str, typed: str) -> None:
        """What was given stays with the account that asked for it."""
        self.linked.discard(person)
        if (person, "") in self.signed:
            self.signed.remove((person, ""))
            self.signed.add((person, typed))


acts = st.lists(
    st.tuples(
        st.sampled_from(("aanmelden", "aanmelden", "aanmelden", "afmelden", "koppel", "ontkoppel")),
        st.sampled_from(PEOPLE),
        st.sampled_from(NETWORKS),
    ),
    min_size=8,
    max_size=30,
)


@examples(40)
@given(acts)
def test_however_people_link_everybody_counts_once(said: list[tuple[str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        both, count = planned(Path(folder), PLACES), Count()
        for word, who, network in said:
            _does(both, count, word, who, network)
            settle(both)
            _agree(both, count)
        before = meeting(both)
        both.restart()
        assert meeting(both) == before


def _does(both: Networks, count: Count, word: str, who: str, network: str) -> None:
    me = count.who(who, network)
    if word == "koppel":
        if who not in count.linked:
            link(both, who)
            count.link(who)
    elif word == "ontkoppel":
        if who in count.linked:
            both.heard(who, word, network)
            count.unlink(who, network)
    elif word == "aanmelden":
        both.heard(who, "aanmelden M1", network)
        count.signed.add(me)
    elif me in count.signed:
        both.heard(who, "afmelden M1", network)
        count.signed.discard(me)


def _agree(both: Networks, count: Count) -> None:
    state = meeting(both)
    assert state.phase is Phase.PLANNED
    standing = [one for one in state.sign_ups.values() if one.stand is not Stand.GONE]
    people = [both.store.participants.person_of(one.by) for one in standing]
    assert len(set(people)) == len(people) == len(count.signed)
    assert state.signed_up == sum(one.stand is Stand.PLACE for one in standing)
    taken = state.signed_up + len(state.offers)
    assert taken == min(PLACES, len(standing))
    wanted = set()
    for who, network in count.signed:
        wanted |= {(who, network)} if network else {(who, each) for each in NETWORKS}
    assert set(_signed(both)) == wanted


def _signed(both: Networks) -> Iterator[tuple[str, str]]:
    """Each account that is told that it signed up."""
    for who in PEOPLE:
        for network in NETWORKS:
            found = both.heard(who, "mijn", network)
            if "mine_meetings" in codes(found):
                yield who, network


# -- verified -------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", NETWORKS)
def test_what_was_linked_is_found_right(both: Networks, tmp_path: Path, first: str) -> None:
    """Whoever acts for a sign-up of the other account is found to be allowed to."""
    for network in (first, *(one for one in NETWORKS if one != first)):
        both.heard("buur-0", "aanmelden M1", network)
    both.heard("buur-1", "aanmelden M1", "discord")
    both.heard("buur-0", "herinner M1 dag", "discord")
    link(both, "buur-0")
    link(both, "buur-1")
    for name in ("buur-0", "buur-1"):
        both.heard(name, "afmelden M1")
    settle(both)
    assert not stands(both)
    named, ledger = Named("Haarlem", "Europe/Amsterdam", "nl"), both.engine.ledger
    shown = Shown(lambda _room: True, both.store.texts.words)
    reader = both.store.reader()
    files = town_files(named, (), ledger.meetings.by_id.values(), shown, reader)
    for name, data in files.items():
        (tmp_path / "agenda").mkdir(exist_ok=True)
        (tmp_path / "agenda" / name).write_bytes(data)
    verdict = verify_agenda(tmp_path / "agenda", registry.record())
    assert [one.sentence() for one in verdict.differences] == []
