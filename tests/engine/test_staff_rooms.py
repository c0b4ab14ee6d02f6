"""``gesprek staf``, and what the bot says when it joins a place."""

from __future__ import annotations

from typing import Any

from bot.platforms.facts import Joined, Left, Origin, Right, Rights, Said
from bot.platforms.places import Place, PlaceKind
from tests.engine.bots import Answer, Bot

MODERATOR = frozenset({"moderator"})
BOTH = frozenset({"zomerstraat", "plein"})
NEW = Place("console", PlaceKind.STAFF, "!nieuw:dorp.test")
STREET = Place("console", PlaceKind.ROOM, "zomerstraat")


def origin(bot: Bot, place: Place, user: str = "vera", **more: Any) -> Origin:
    fact = bot.fact(user, "", roles=more.pop("roles", ()))
    kept = fact.origin
    return Origin(
        kept.cause, kept.at, place, user, kept.roles, kept.order, moderates=more.get("moderates"),
        open_to_all=more.get("open_to_all", False),
    )  # fmt: skip


def say(bot: Bot, text: str, place: Place = NEW, **more: Any) -> dict[str, Answer]:
    """Say something in a staff room; what the bot said to that, by the name of the place."""
    return heard(bot, Said(origin(bot, place, **more), text))


def heard(bot: Bot, fact: Any) -> dict[str, Answer]:
    """What the bot said in each place."""
    found: dict[str, str] = {}
    before = len(bot.spoken)
    for message in bot.put(fact):
        found[message.place.name] = found.get(message.place.name, "") + message.plain
    said = bot.spoken[before:]
    return {
        name: Answer.of(words, (notice for there, notice in said if there == name))
        for name, words in found.items()
    }


def lead(bot: Bot, text: str, **more: Any) -> dict[str, Answer]:
    return say(bot, text, roles=MODERATOR, **{"moderates": BOTH, **more})


def test_a_moderator_ties_a_staff_room_by_word(bot: Bot) -> None:
    said = lead(bot, "!gesprek staf zomerstraat")
    assert set(said) == {NEW.name, "staf"}  # the neighbourhood hears nothing of it
    assert said[NEW.name].tells("staff_room_tied", room="zomerstraat")
    assert said["staf"].tells("staff_room_moved", room="zomerstraat")
    rooms = bot.session.town.rooms
    assert rooms.staff_places("zomerstraat") == (NEW,)
    assert rooms.rooms_of_staff(NEW) == ("zomerstraat",)
    assert [place.name for place in rooms.staff_places("plein")] == ["staf"]


def test_it_is_a_staff_room_from_then_on_and_after_a_restart(bot: Bot) -> None:
    lead(bot, "!dialogue staff zomerstraat")
    bot.close()
    again = Bot(bot.file, now=bot.clock())
    said = lead(again, "gesprek nieuw stellingenronde Ons gesprek in=zomerstraat")
    assert "dialogue_new" in said[NEW.name].codes
    assert "plein" not in said[NEW.name]
    again.close()
    bot.session = Bot(bot.file, now=again.clock()).session  # closed by the fixture


def test_staff_notices_go_there(bot: Bot) -> None:
    bot.open()
    lead(bot, "!gesprek staf zomerstraat")
    before = len(bot.heard)
    lead(bot, "sluit ja")
    told = [(m.place.name, bot.reads(m).codes) for m in bot.heard[before:]]
    assert {name for name, codes in told if "dialogue_closed_staff" in codes} == {NEW.name}


def test_power_in_the_new_room_proves_nothing(bot: Bot) -> None:
    for leads in (frozenset[str](), frozenset({"plein"})):
        said = lead(bot, "!gesprek staf zomerstraat", moderates=leads)
        assert set(said) == {NEW.name}
        assert {"refused_word_not_yours", "refused_staff_room_not_yours"} & set(
            said[NEW.name].codes
        )
    assert [p.name for p in bot.session.town.rooms.staff_places("zomerstraat")] == ["staf"]


def test_a_room_that_people_can_walk_into_is_refused(bot: Bot) -> None:
    said = lead(bot, "!gesprek staf zomerstraat", open_to_all=True)
    assert "refused_staff_room_open" in said[NEW.name].codes
    assert bot.session.town.rooms.rooms_of_staff(NEW) == ()


def test_a_neighbourhoods_room_cannot_become_one(bot: Bot) -> None:
    said = heard(
        bot, Said(origin(bot, STREET, roles=MODERATOR, moderates=BOTH), "!gesprek staf plein")
    )
    assert set(said) == {"vera"}
    assert "refused_word_not_here" in said["vera"].codes


def test_a_place_that_is_tied_to_nothing_hears_nothing_else(bot: Bot) -> None:
    bot.open()
    assert say(bot, "!status") == {}
    assert say(bot, "!gesprek staf zomerstraat", moderates=BOTH) == {}
    assert lead(bot, "gesprek staf zomerstraat") == {}  # talk has no prefix
    assert lead(bot, "sluit ja") == {}
    assert "room_not_set_up" in lead(bot, "!hulp")[NEW.name].codes
    assert "room_not_set_up" in lead(bot, "!sluit")[NEW.name].codes
    assert bot.dialogue.open_frame is not None


def test_which_room_is_asked_and_unknown_ones_are_named(bot: Bot) -> None:
    assert "plein" in lead(bot, "!gesprek staf")[NEW.name]
    assert lead(bot, "!gesprek staf park")[NEW.name].tells("refused_unknown_room", "«park»")
    only = lead(bot, "!gesprek staf", moderates=frozenset({"plein"}))
    assert only[NEW.name].tells("staff_room_tied", room="plein")
    assert "staff_room_already" in lead(bot, "gesprek staf plein")[NEW.name].codes


def test_it_is_undone_in_the_former_staff_room(bot: Bot) -> None:
    lead(bot, "!gesprek staf zomerstraat")
    bot.staff("gesprek staf zomerstraat")
    assert [p.name for p in bot.session.town.rooms.staff_places("zomerstraat")] == ["staf"]


def test_what_is_rolled_back_ties_nothing(bot: Bot) -> None:
    lead(bot, "!gesprek staf plein")
    ledger = bot.session.engine.ledger
    ledger.ties.tie("zomerstraat", NEW)
    ledger.rolled_back()
    assert bot.session.town.rooms.rooms_of_staff(NEW) == ("plein",)


# -- coming in --------------------------------------------------------------------------------


def test_a_room_of_no_setting_hears_what_to_do_once(bot: Bot) -> None:
    said = heard(bot, Joined(origin(bot, NEW)))
    assert set(said) == {NEW.name}
    rooms = ["zomerstraat", "plein"]
    assert said[NEW.name].tells("room_not_set_up", "!gesprek staf", id=NEW.name, rooms=rooms)
    assert heard(bot, Left(origin(bot, NEW))) == {}


def test_a_staff_room_is_not_introduced_to(bot: Bot) -> None:
    assert heard(bot, Joined(origin(bot, Place("console", PlaceKind.STAFF, "staf")))) == {}


def test_staff_hears_once_what_the_bot_may_not_do(bot: Bot) -> None:
    said = heard(bot, Joined(origin(bot, STREET), (Right.PIN, Right.REMOVE)))
    assert said["zomerstraat"].tells("welcome", lacks=[])
    assert said["staf"].tells("rights_lacking", room="zomerstraat", lacks=["pin", "remove"])


def test_who_may_not_speak_says_nothing_in_the_room(bot: Bot) -> None:
    said = heard(bot, Joined(origin(bot, STREET), (Right.WRITE, Right.PIN, Right.REMOVE)))
    assert set(said) == {"staf"}
    assert said["staf"].tells(
        "rights_lacking", room="zomerstraat", lacks=["write", "pin", "remove"]
    )
    later = heard(bot, Rights(origin(bot, STREET), (), (Right.WRITE,)))
    assert "welcome" in later["zomerstraat"].codes


def test_only_a_change_for_the_worse_is_told(bot: Bot) -> None:
    assert "welcome" in heard(bot, Joined(origin(bot, STREET)))["zomerstraat"].codes
    worse = heard(bot, Rights(origin(bot, STREET), (Right.PIN,), ()))
    assert set(worse) == {"staf"}
    assert heard(bot, Rights(origin(bot, STREET), (), (Right.PIN,))) == {}


def test_without_a_staff_room_the_welcome_says_it(bot: Bot) -> None:
    rooms = bot.session.town.rooms
    bot.session.town.rooms = type(rooms)(rooms.rooms, {}, rooms.staff_of)
    said = heard(bot, Joined(origin(bot, STREET), (Right.PIN,)))
    assert set(said) == {"zomerstraat"}
    assert said["zomerstraat"].tells("welcome", lacks=["pin"])
    worse = heard(bot, Rights(origin(bot, STREET), (Right.PIN, Right.REMOVE), (Right.PIN,)))
    assert worse["zomerstraat"].tells("rights_lacking", room="zomerstraat")


def test_the_card_comes_anew_where_the_room_goes_on(bot: Bot) -> None:
    bot.open()
    before = [m for m in bot.heard if m.slot == "card-0"]
    said = bot.put(Joined(origin(bot, STREET), (), moved=True))
    (card,) = [m for m in said if m.place == STREET]
    assert (card.slot, card.edits) == ("card-0", "")
    assert bot.card()["round"] == 1
    bot.say("zoe", "stelling Er moeten meer bomen komen.")
    newest = [m for m in bot.heard if m.slot == "card-0"][-1]
    assert newest.edits not in ("", *(m.edits for m in before))
