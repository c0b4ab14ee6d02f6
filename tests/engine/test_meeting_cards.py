"""The card of a meeting: one message in the room, as the card of a round is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.desk.tapping import unanswered
from bot.platforms.facts import Chose, Joined, Mark, Tick
from bot.platforms.live import Doubtful, Impossible
from bot.platforms.places import Place
from bot.town.alarms import AlarmWords
from meetings.meeting import Meeting, Stand
from tests.engine.chat import ROOM, STAFF, Killed, Lost, person
from tests.engine.live import Live
from tests.engine.street import TAPS, Street

NEW = 'moment nieuw Ons plein wanneer="vrijdag 20:00"'
LIFE = (
    'moment verzet M1 wanneer="zaterdag 20:00" want="De zaal is dicht."',
    "moment afzeggen M1 De zaal is dicht.",
)


@pytest.fixture
def live(tmp_path: Path) -> Live:
    return Live(tmp_path / "town.db")


@pytest.fixture
def street(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Street:
    made = Street(tmp_path / "town.db", monkeypatch)
    made.command(NEW)
    made.settle()
    return made


def meeting(live: Live, number: int = 1) -> Meeting:
    found = live.engine.ledger.meetings.get(number)
    assert found is not None
    return found


def cards(live: Live, number: int = 1) -> list[str]:
    """The messages in the room that show a meeting."""
    shown = live.chat.messages.items()
    return [name for name, one in shown if one.dialogue == f"meeting/{number}" and one.slot]


def far_up(live: Live) -> None:
    live.chatter(31)
    live.later(minutes=30)


# -- one message ----------------------------------------------------------------------------------


def test_it_is_pinned_until_the_meeting_is_over_and_edited(live: Live) -> None:
    live.open()
    (of_round,) = live.chat.cards()
    live.command(NEW)
    live.deliver()
    (card,) = cards(live)
    assert set(live.chat.pinned) == {card, of_round}  # neither pushes the other away
    for text in LIFE:
        assert card in live.chat.pinned
        live.command(text)
        live.deliver()
        assert cards(live) == [card]
    assert live.reads(card).data("meeting_card")["phase"] == "called_off"
    assert live.chat.pinned == [of_round]


def test_a_proposal_is_pinned_once_it_is_taken_up(live: Live) -> None:
    live.say("anna", "moment voorstel Schoon plein")
    live.command("ok M1")
    live.deliver()
    (card,) = cards(live)
    assert live.chat.pinned == []
    live.command('moment neem M1 wanneer="vrijdag 20:00"')
    live.deliver()
    assert cards(live) == [card]
    assert live.chat.pinned == [card]


def test_far_up_it_is_posted_anew_and_the_old_one_goes(live: Live) -> None:
    live.command(NEW)
    live.deliver()
    (old,) = cards(live)
    far_up(live)
    live.deliver()
    (new,) = cards(live)
    assert new != old
    assert live.chat.removed == [old]
    assert live.chat.pinned == [new]


def test_of_several_meetings_the_next_one_moves_down_alone(live: Live) -> None:
    live.command(NEW.replace("vrijdag", "zaterdag"))
    live.command(NEW)
    live.deliver()
    before = {number: cards(live, number) for number in (1, 2)}
    far_up(live)
    live.deliver()
    assert cards(live, 1) == before[1]
    assert cards(live, 2) != before[2]
    assert len(cards(live, 2)) == 1


def test_over_it_is_not_posted_anew(live: Live) -> None:
    live.command(NEW)
    live.deliver()
    (card,) = cards(live)
    live.chatter(31)
    live.later(minutes=30)
    live.command("moment afzeggen M1 De zaal is dicht.")
    live.deliver()
    assert cards(live) == [card]
    assert live.chat.removed == []


def test_a_room_that_moved_has_it_too(live: Live) -> None:
    live.command(NEW)
    live.deliver()
    (old,) = cards(live)
    live.put(Joined(live.origin("bot", ROOM), moved=True))
    live.deliver()
    assert [one for one in cards(live) if one != old] != []


@pytest.mark.parametrize("refused", [False, True])
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", ["send", "mark", "pin", "unpin", "remove"])
def test_killed_at_any_step_it_stands_once_and_the_room_hears_each_thing_once(
    step: str, when: str, refused: bool, live: Live
) -> None:
    """Killed at each step of that kind, once: posted, posted again, moved, begun, over."""
    passed: set[str] = set()

    def fault(what: str, place: Place, name: str) -> BaseException | None:
        if what != step or place != ROOM or name in passed:
            return None
        passed.add(name)
        error = Doubtful(0.1) if refused else Killed()
        return error if when == "before" else Lost(error)

    def surely() -> None:
        while True:
            try:
                live.deliver()
            except Killed:
                live.chat.known.clear()  # the server forgot which tokens it had
                live.restart()
            else:
                return

    live.chat.fault = fault
    live.command(NEW)
    surely()
    far_up(live)
    surely()
    live.command(LIFE[0])
    surely()
    begins = meeting(live).hours
    assert begins is not None
    for hours in (0, 3):
        live.clock.set(begins.begins_at + timedelta(hours=hours))
        live.put(Tick(live.clock()))
        surely()
    assert len(cards(live)) == 1
    assert live.reads(cards(live)[0]).data("meeting_card")["phase"] == "held"
    said = [one.plain for one in live.chat.messages.values() if one.place == ROOM]
    assert len(said) == len(set(said)) == 3, said  # the card, that it moved, that it begins
    assert live.chat.pinned == []


def test_an_edit_that_is_refused_posts_no_second_one(live: Live) -> None:
    live.command(NEW)
    live.deliver()
    card = cards(live)
    edit = [True]

    def fault(what: str, place: Place, _id: str) -> BaseException | None:
        return Impossible("M_NOT_FOUND") if what == "send" and place == ROOM and edit[0] else None

    live.chat.fault = fault
    live.command(NEW.replace("nieuw", "verzet").replace("Ons plein", "M1") + ' want="Zo."')
    live.command(LIFE[0])
    for _ in range(8):
        live.deliver()
        live.courier._pace.later.clear()
    assert cards(live) == card
    assert "not_sent" in [code for one in live.told(STAFF) for code in one.codes]
    edit[0] = False
    live.command("moment afzeggen M1 De zaal is dicht.")
    live.deliver()
    assert cards(live) == card
    assert live.reads(card[0]).data("meeting_card")["phase"] == "called_off"


# -- the sign below it ----------------------------------------------------------------------------


def test_a_tap_signs_up_and_the_sign_goes_at_once(street: Street) -> None:
    (card,) = cards(street)
    assert street.chat.ticks == {card: Mark.JOIN}
    street.full = 62.0  # the conversation cannot be opened yet
    sign = street.tap("anna")
    assert street.chat.removed == [sign]
    assert street.heard("anna") == []
    assert meeting(street).signed_up == 1
    street.full = 0.0
    street.settle(200)
    assert street.chat.opened == ["anna"]
    assert "meeting_signed_up" in codes(street, "anna")
    assert street.chat.removed == [sign]
    street.tap("anna")
    assert meeting(street).signed_up == 1


def test_what_was_tapped_is_answered_after_a_restart(street: Street) -> None:
    street.full = 62.0
    street.tap("anna")
    street.restart()
    street.later(minutes=1)
    street.full = 0.0
    street.put(*unanswered(street.store, street.clock()))
    street.settle(100)
    (told,) = [one for one in street.told(person("anna")) if "meeting_signed_up" in one.codes]
    assert told.data("meeting_signed_up")["again"] is False
    assert unanswered(street.store, street.clock()) == ()


def test_a_tap_under_a_proposal_supports_it(street: Street) -> None:
    street.say("bram", "moment voorstel Schoon plein")
    street.command("ok M2")
    street.settle()
    (card,) = cards(street, 2)
    street.tap("anna", card=card)
    assert len(meeting(street, 2).supporters) == 1
    assert "meeting_supported" in codes(street, "anna")


def test_a_tap_after_its_beginning_means_nothing(street: Street) -> None:
    (card,) = cards(street)
    hours = meeting(street).hours
    assert hours is not None
    street.clock.set(hours.begins_at)
    street.put(Tick(street.clock()))
    street.settle()
    street.tap("anna", card=card)
    assert street.heard("anna") == []
    assert not street.store.people.known("matrix", "anna")


def test_where_young_people_are_the_answer_to_their_own_tap_is_all(street: Street) -> None:
    rooms = street.engine.services.town.rooms
    street.engine.services.town.rooms = replace(rooms, youth={"straat": AlarmWords()})
    street.tap("anna")
    assert street.chat.opened == ["anna"]
    for text in LIFE:
        street.command(text)
        street.settle()
    assert len(street.heard("anna")) == 1
    assert all(one.stand is Stand.PLACE for one in meeting(street).sign_ups.values())


def codes(live: Live, who: str) -> list[str]:
    return [code for one in live.told(person(who)) for code in one.codes]


@pytest.mark.parametrize("wants", [True, False])
def test_where_there_are_polls_a_free_place_is_asked_in_one(
    wants: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    street = Street(tmp_path / "town.db", monkeypatch, replace(TAPS, polls=True))
    street.command(f"{NEW} plaatsen=1")
    street.settle()
    for who in ("anna", "bram"):
        street.tap(who)
    street.say("anna", "afmelden M1")
    street.later(seconds=1)
    street.put(Tick(street.clock()))
    street.settle()
    (poll,) = [
        (name, one)
        for name, one in street.chat.messages.items()
        if one.place == person("bram") and one.choices
    ]
    assert [one.means.choice for one in poll[1].choices] == ["aanmelden", "afmelden"]
    means = poll[1].choices[0 if wants else 1].means
    street.put(Chose(street.origin("bram", person("bram")), means, poll[0]))
    street.settle()
    assert meeting(street).sign_ups[2].stand is (Stand.PLACE if wants else Stand.GONE)
    assert ("meeting_signed_up" if wants else "meeting_signed_off") in codes(street, "bram")
