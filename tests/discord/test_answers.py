"""How presses and commands are acknowledged and answered, and with how many requests."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.platforms.discord import replies
from bot.platforms.discord.errors import Shut
from bot.platforms.facts import Chose, Said, Stale
from bot.platforms.live import Doubtful, Ended, Impossible, NotYet, Unreachable
from bot.platforms.messages import Choice, Message
from bot.platforms.places import Place, PlaceKind
from tests.discord.asked import (
    AGREE,
    EENS,
    OVER,
    ROOM,
    STAFF,
    answer,
    facts,
    handled,
    posted,
    pressed,
    requests_of,
    send,
)
from tests.discord.test_behaviour import MENU
from tests.discord.world import World, custom_ids, text_of
from tests.documents import words

# -- how many requests ----------------------------------------------------------------------------


def test_a_press_is_acknowledged_and_the_answer_edits(world: World) -> None:
    message = posted(world, EENS)
    requests_of(world)
    result, fact = pressed(world, message)
    assert isinstance(fact, Chose)
    assert fact.means == AGREE
    assert result.deferred
    answer(world, fact, "Genoteerd.")
    assert requests_of(world) == [("POST", "callback"), ("PATCH", "@original")]
    assert "Genoteerd." in text_of(result.response._message)
    assert result.ephemeral
    assert text_of(world.stored(world.room)[str(message.id)]).startswith("Meer bomen?")


def test_what_changes_nothing_is_answered_at_once(world: World) -> None:
    message = posted(world, EENS)
    requests_of(world)
    data = {"custom_id": "gemaakt", "component_type": 2}
    anna = world.person("anna")
    result = world.run(
        anna._dispatch_interaction(3, world.room, data, source_message_id=message.id)
    )
    (fact,) = facts(world)
    assert isinstance(fact, Stale)
    answer(world, fact, "Deze knop is van iets anders.")
    assert requests_of(world) == [("POST", "callback")]
    assert result.ephemeral


def test_under_a_private_message_that_message_is_edited(world: World) -> None:
    _, first = pressed(world, posted(world, EENS))
    offer = answer(world, first, "1. Meer bomen?", EENS)
    stored = world.stored(world.room, "anna")[offer]
    requests_of(world)
    _, second = pressed(world, stored)
    assert answer(world, second, "Genoteerd.", token="b" * 20) == offer
    assert len(requests_of(world)) == 2
    now = text_of(world.stored(world.room, "anna")[offer])
    assert now.index("Genoteerd.") < now.index("Meer bomen?")
    # what was noted is not kept when the next is
    _, third = pressed(world, stored)
    answer(world, third, "Ook genoteerd.", token="c" * 20)
    now = text_of(world.stored(world.room, "anna")[offer])
    assert ("Ook genoteerd." in now, "\nGenoteerd." in now) == (True, False)


def test_a_list_of_its_own_takes_the_place_of_the_old_one(world: World) -> None:
    _, first = pressed(world, posted(world, EENS))
    offer = answer(world, first, "1. Meer bomen?", EENS)
    _, second = pressed(world, world.stored(world.room, "anna")[offer])
    other = Choice("Oneens", replace(AGREE, item="S8"))
    answer(world, second, "1. Meer bussen?", other, token="b" * 20)
    now = text_of(world.stored(world.room, "anna")[offer])
    assert ("Meer bussen?" in now, "Meer bomen?" in now) == (True, False)


def test_in_the_staff_channel_all_staff_sees_the_answer(world: World) -> None:
    world.person("vera", "moderator")
    result = world.run(world.person("vera").slash(world.staff, "status"))
    (fact,) = facts(world)
    assert isinstance(fact, Said)
    assert (fact.origin.place, fact.origin.roles) == (STAFF, {"moderator"})
    assert not fact.origin.open_to_all
    name = answer(world, fact, "Er is een gesprek.")
    assert not result.ephemeral
    assert name in world.stored(world.staff)
    assert world.run(world.platform.find(STAFF, "a" * 20)) == name


def test_nothing_to_say_ends_with_words(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replies, "PUT_OFF", 0.0)
    monkeypatch.setattr(replies, "CLOSED", 0.0)
    result = world.run(world.person("anna").slash(world.room, "hulp"))
    handled(world)
    world.run(asyncio.sleep(0.2))
    assert "nothing" in text_of(result.response._message)
    assert result.ephemeral


def test_who_is_not_handled_yet_reads_that_it_waits(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until it is handled nobody knows that nothing came of it; the answer takes the place of
    what was read meanwhile."""
    monkeypatch.setattr(replies, "CLOSED", 0.0)
    message = posted(world, EENS)
    result, fact = pressed(world, message)
    world.run(world.settled())
    assert text_of(result.response._message) == "waits"
    answer(world, fact, "Genoteerd.")
    seen = [text_of(one) for one in world.stored(world.room, "anna").values() if one.is_ephemeral]
    assert seen == ["Genoteerd.\nhelp"]


def test_under_a_private_message_it_waits_above_that(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, first = pressed(world, posted(world, EENS))
    offer = answer(world, first, "1. Meer bomen?", EENS)
    monkeypatch.setattr(replies, "CLOSED", 0.0)
    _, second = pressed(world, world.stored(world.room, "anna")[offer])
    world.run(world.settled())
    now = text_of(world.stored(world.room, "anna")[offer])
    assert now.index("waits") < now.index("Meer bomen?")
    answer(world, second, "Genoteerd.", token="b" * 20)
    now = text_of(world.stored(world.room, "anna")[offer])
    assert ("waits" in now, "Genoteerd." in now, "Meer bomen?" in now) == (False, True, True)


def test_two_that_are_answered_together_leave_nothing_behind(world: World) -> None:
    """The first one's sign of waiting goes, and it never says that there was nothing to say."""
    message = posted(world, EENS)
    first, _ = pressed(world, message)
    _, second = pressed(world, message)
    answer(world, second, "Beide genoteerd.")
    world.run(world.settled())
    assert first.acknowledged
    seen = [text_of(one) for one in world.stored(world.room, "anna").values() if one.is_ephemeral]
    assert seen == ["Beide genoteerd.\nhelp"]


# -- what does not count --------------------------------------------------------------------------


@pytest.mark.parametrize("custom_id", ["", "gemaakt", "c0||het-gesprek|0|S7|agree||AAAAAAAAAAAA"])
def test_what_is_forged_or_foreign_is_stale(world: World, custom_id: str) -> None:
    message = posted(world, EENS)
    data = {"custom_id": custom_id, "component_type": 2}
    anna = world.person("anna")
    world.run(anna._dispatch_interaction(3, world.room, data, source_message_id=message.id))
    (fact,) = facts(world)
    assert isinstance(fact, Stale)
    assert fact.origin.handle is not None


def test_what_one_of_staff_alone_reads_is_no_answer_that_all_staff_sees(world: World) -> None:
    world.person("vera", "moderator")
    world.run(world.person("vera").slash(world.staff, "status"))
    (fact,) = facts(world)
    here = Place("discord", PlaceKind.PERSONAL, world.account("vera"))
    with pytest.raises(Unreachable):
        send(world, Message(here, "a" * 20, words("Uw code."), handle=fact.origin.handle))
    assert not any("code" in text_of(one) for one in world.stored(world.staff, "vera").values())


@pytest.mark.parametrize("put_off", [False, True])
def test_what_is_for_one_person_alone_is_so_in_the_staff_channel_too(
    world: World, monkeypatch: pytest.MonkeyPatch, put_off: bool
) -> None:
    vera = world.person("vera", "moderator")
    if put_off:
        monkeypatch.setattr(replies, "PUT_OFF", 0.0)
    message = posted(world, EENS, place=STAFF)
    data = {"custom_id": "gemaakt", "component_type": 2}
    world.run(vera._dispatch_interaction(3, world.staff, data, source_message_id=message.id))
    world.run(world.settled())
    (fact,) = facts(world)
    here = Place("discord", PlaceKind.PERSONAL, world.account("vera"))
    handle = fact.origin.handle
    send(world, Message(here, "a" * 20, words("Deze knop is van iets anders."), handle=handle))
    assert list(world.stored(world.staff)) == [str(message.id)]
    assert len(world.stored(world.staff, "vera")) == 2


def test_a_button_works_after_a_restart(world: World) -> None:
    message = posted(world, EENS)
    world.restart()
    _, fact = pressed(world, message)
    assert isinstance(fact, Chose)
    assert fact.means == AGREE


@pytest.mark.parametrize("over", [False, True])
def test_what_comes_late_counts_only_where_it_could_be_acknowledged(over: bool) -> None:
    ahead: list[timedelta] = []
    world = World(MENU, clock=lambda: world.env.now() + sum(ahead, timedelta()))
    world.start()
    message = posted(world, EENS)
    requests_of(world)
    ahead.append(timedelta(seconds=2))
    if over:
        world.env.inject_error("POST", "/interactions/*/*/callback", **OVER)
    world.click("anna", message, custom_ids(message)[0])
    assert [type(fact) for fact in facts(world)] == ([] if over else [Chose])
    if not over:
        assert requests_of(world) == [("POST", "callback")]
    world.close()


# -- where a person is when nothing was asked -----------------------------------------------------


def test_nobody_is_written_to_first(world: World) -> None:
    place = Place("discord", PlaceKind.PERSONAL, world.account("anna"))
    with pytest.raises(Unreachable):
        send(world, Message(place, "1" * 20, words("Er is nieuws.")))
    with pytest.raises(Impossible):
        world.run(world.platform.open_direct(place.name))
    pressed(world, posted(world, EENS))
    name = send(world, Message(place, "2" * 20, words("Er is nieuws.")))
    assert name in world.stored(world.room, "anna")
    assert name not in world.stored(world.room, "bram")


# -- each message once ----------------------------------------------------------------------------


def test_what_stands_is_found_after_a_restart_by_its_token(world: World) -> None:
    first, second = posted(world, EENS), posted(world, token="2" * 20)
    edited = Message(ROOM, "3" * 20, words("Veel meer bomen?"), edits=str(second.id))
    send(world, edited)
    world.run(world.person("anna").send(world.room, "Goedemorgen"))
    world.restart()
    find = world.platform.find
    assert world.run(find(ROOM, "0" * 20)) == str(first.id)
    assert world.run(find(ROOM, "3" * 20)) == str(second.id)
    assert world.run(find(ROOM, "4" * 20)) == ""


@pytest.mark.parametrize(
    ("status", "code", "meant"),
    [
        (500, 0, Doubtful),
        (429, 0, NotYet),
        (404, 10003, Unreachable),
        (403, 50001, Unreachable),
        (403, 50013, Shut),
        (400, 50035, Impossible),
        (401, 0, Ended),
    ],
)
def test_what_discord_refuses(world: World, status: int, code: int, meant: type[Exception]) -> None:
    world.env.inject_error("POST", "/channels/*/messages", status=status, code=code)
    with pytest.raises(meant) as raised:
        posted(world)
    assert type(raised.value) is meant
    assert "Meer bomen" not in str(raised.value)
    posted(world)  # the next attempt is sent


def test_before_there_is_a_connection_it_is_not_yet() -> None:
    world = World(MENU)
    with pytest.raises(NotYet):
        posted(world)
    world.run(world.platform.close())
    world.close()
