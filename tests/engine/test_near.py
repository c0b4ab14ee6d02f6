"""What is said in private near a room (a command, a button) is about it, and said in person."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator
from pathlib import Path

import pytest
from msgspec import structs

from bot.desk.searching import search
from bot.platforms.facts import Chose, Origin, Said, Stale
from bot.platforms.menu import Searched
from bot.platforms.messages import Meaning
from bot.platforms.places import Place, PlaceKind
from bot.town.town import Rooms
from tests.engine.bots import MODERATOR, RECEIPT, ROOMS, Bot

STREET, SQUARE = "het-gesprek-in-de-straat", "het-gesprek-op-het-plein"


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    """A confidential dialogue in each of two rooms; anna last took part in that of the square."""
    made = Bot(tmp_path / "town.db")
    for room, title in (("zomerstraat", STREET), ("plein", SQUARE)):
        made.open(room=room, title=title.replace("-", " ").capitalize())
        made.say("zoe", "!meedoen", room)
        made.say("zoe", f"stelling Er moet meer groen komen: {title}.")
    made.say("anna", "!meedoen", "plein")
    yield made
    assert made.alarms == []
    made.close()


def place(room: str) -> Place:
    return Place("console", PlaceKind.ROOM, room)


def near(bot: Bot, room: str, user: str = "anna", language: str = "") -> Origin:
    origin = bot.fact(user, "").origin
    return structs.replace(origin, near=place(room), language=language)


def votes(bot: Bot, dialogue: str) -> int:
    state = bot.session.engine.ledger.states[dialogue]
    box = state.machine(0).box(state.states[0])
    assert box is not None
    return box.turnout


def plain(said: list) -> str:
    return "\n".join(message.plain for message in said)


@pytest.mark.parametrize(("room", "dialogue"), [("zomerstraat", STREET), ("plein", SQUARE)])
def test_it_is_about_the_room_and_a_confidential_vote_counts(
    bot: Bot, room: str, dialogue: str
) -> None:
    said = bot.put(Said(near(bot, room), "!stem S1 eens"))
    assert RECEIPT.search(plain(said))
    assert {name: votes(bot, name) for name in (STREET, SQUARE)} == {
        STREET: int(dialogue == STREET),
        SQUARE: int(dialogue == SQUARE),
    }


def test_from_a_place_without_a_dialogue_it_is_what_else_would_be_meant(bot: Bot) -> None:
    bot.put(Said(near(bot, "elders"), "!stem S1 eens"))
    assert votes(bot, SQUARE) == 1


def test_a_moderator_prepares_in_the_room_they_are_in(bot: Bot) -> None:
    for name in (STREET, SQUARE):
        bot.staff(f"@{name} sluit ja")
        bot.staff(f"@{name} sluit")
    origin = structs.replace(near(bot, "plein", "vera"), roles=frozenset(MODERATOR))
    bot.put(Said(origin, "!gesprek nieuw stellingenronde Iets nieuws"))
    assert bot.session.engine.ledger.states["iets-nieuws"].room == "plein"


def test_answers_are_in_the_language_of_their_program_until_they_say_otherwise(bot: Bot) -> None:
    english = plain(bot.put(Said(near(bot, "plein", language="en"), "!status")))
    dutch = plain(bot.put(Said(near(bot, "plein", language="nl"), "!status")))
    assert english != dutch
    bot.say("anna", "taal nl")
    assert plain(bot.put(Said(near(bot, "plein", language="en"), "!status"))) == dutch


def test_what_is_stale_is_told_and_nothing_is_kept(bot: Bot) -> None:
    before = bot.lines()
    said = bot.put(Stale(near(bot, "plein", "iemand")))
    assert [message.place.name for message in said] == ["iemand"]
    assert bot.lines() == before
    assert bot.session.engine.services.store.people.known("console", "iemand") is None


@pytest.mark.parametrize(
    "means",
    [
        Meaning("weg", "S1", "agree", 0),
        Meaning(STREET, "S1", "agree", 3),
        Meaning("weg", "", "meedoen"),
        Meaning(STREET, "", "bestaat-niet"),
    ],
)
def test_a_choice_that_means_nothing_any_more_is_told(bot: Bot, means: Meaning) -> None:
    before = bot.lines()
    assert plain(bot.put(Chose(near(bot, "plein"), means)))
    assert bot.lines() == before


def test_a_choice_without_an_item_is_the_word_about_that_dialogue(bot: Bot) -> None:
    bot.put(Chose(near(bot, "plein", "bram"), Meaning(STREET, "", "meedoen", 0)))
    here = str(Place("console", PlaceKind.PERSONAL, "bram"))
    assert bot.session.engine.services.store.places.dialogue(here) == STREET


# -- what fits behind a word ----------------------------------------------------------------------


def found(bot: Bot, suggests: str, text: str = "", *roles: str, room: str = ROOMS[0]) -> list[str]:
    searched = Searched("anna", frozenset(roles), place(room), suggests, text)
    return [one.value for one in search(bot.session.engine.services, searched)]


def test_items_of_this_room_that_hold_the_words(bot: Bot) -> None:
    bot.put(Said(near(bot, "zomerstraat", "zoe"), "!stelling De bus moet vaker rijden."))
    assert found(bot, "items") == ["S2", "S1"]
    assert found(bot, "items", "BUS") == ["S2"]
    assert found(bot, "items", room="plein") == ["S1"]


def test_what_is_hidden_only_staff_finds(bot: Bot) -> None:
    bot.staff(f"@{STREET} verberg S1 reclame")
    assert found(bot, "items") == []
    assert found(bot, "items", "", "moderator") == ["S1"]


def test_formats_and_dialogues(bot: Bot) -> None:
    assert "stellingenronde" in found(bot, "formats")
    assert found(bot, "dialogues", room="plein") == [SQUARE]
    assert found(bot, "niets") == []


def test_rooms_of_staff_alone(bot: Bot) -> None:
    """In a staff room those that it is for; who has no role finds none."""
    assert found(bot, "rooms", "", "moderator") == list(ROOMS)
    assert found(bot, "rooms", "PLE", "moderator") == ["plein"]
    assert found(bot, "rooms") == []
    services = bot.session.engine.services
    here = Place("console", PlaceKind.STAFF, "staf")
    searched = Searched("vera", frozenset({"moderator"}), here, "rooms", "")
    assert [one.value for one in search(services, searched)] == list(ROOMS)
    services.town.rooms = Rooms({"plein": (), "hof": ()}, {"staf": (here,)}, {"hof": "staf"})
    assert [one.value for one in search(services, searched)] == ["hof"]


def test_a_reason_is_found_by_its_author_and_staff_alone(bot: Bot) -> None:
    """It stands nowhere while the round is open."""
    for who in ("anna", "bram"):
        bot.put(Said(near(bot, "zomerstraat", who), "!stem S1 oneens"))
        bot.put(
            Said(near(bot, "zomerstraat", who), f"!waarom S1 Dan wordt het te donker, zegt {who}.")
        )
    assert found(bot, "items:with_reasons") == ["S1"]
    assert [one for one in found(bot, "items:any") if one[0] == "R"] == ["R1"]
    assert found(bot, "items:mine") == ["R1"]
    assert [one for one in found(bot, "items", "", "moderator") if one[0] == "R"] == ["R2", "R1"]


def test_only_items_that_fit_the_word(bot: Bot) -> None:
    assert found(bot, "items:V") == []
    assert found(bot, "items:votable") == ["S1"]


class Once(dict[str, tuple[Place, ...]]):
    """Rooms that are gone through once."""

    times = 0

    def items(self) -> ItemsView[str, tuple[Place, ...]]:
        self.times += 1
        assert self.times == 1
        return super().items()


def test_the_room_at_a_place_is_looked_up() -> None:
    """Nearly every fact asks for it, also in a town of hundreds of rooms."""
    places = {n: tuple(Place(p, PlaceKind.ROOM, n) for p in ("a", "b")) for n in "123"}
    rooms = Rooms(Once(places), {}, {})
    for name, known in places.items():
        assert {rooms.room_at(place) for place in known} == {name}
    assert rooms.room_at(Place("c", PlaceKind.ROOM, "1")) is None
    assert rooms == Rooms(dict(places), {}, {})
