"""The bot joins rooms: staff rooms by word, rights, upgrades, rooms of young people."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from tests.matrix import synapse as surroundings
from tests.matrix.asking import CLIENT
from tests.matrix.client import Resident
from tests.matrix.dialogue.stage import Street, until
from tests.matrix.events import Event
from tests.matrix.synapse import Synapse
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.sentences import part, wording

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)

NEW = f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=zomerstraat"


def spoken(street: Street, room: str, who: Resident | None = None) -> list[Event]:
    """Every message of the bot's in a room, edits left out, as somebody there reads them."""
    events = (who or street.vera).history(room)
    own = [e for e in events if e.sender == street.bot and e.kind == "m.room.message"]
    return [e for e in own if not e.edits]


def says(street: Street, room: str, part: str, who: Resident | None = None) -> Event:
    """Wait until the bot's message with these words stands."""
    found: list[Event] = []

    def there() -> bool:
        found[:] = [e for e in spoken(street, room, who) if part in e.text]
        return bool(found)

    until(there, 40, f"{part!r} of the bot")
    return found[-1]


def write(street: Street, old: str, new: str) -> None:
    """Change the config before the bot starts."""
    path = street.running.config
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_staff_room_is_tied_by_word(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: the bot answers at once; whose room it is does not depend on limits."""
    with Street(lifted_synapse, tmp_path, "tie", people=1) as street:
        vera, anna = street.vera, street.people["anna"]
        says(street, street.room, "Goedendag")
        quiet = len(spoken(street, street.room))
        # somebody who leads nothing makes a room of their own: the bot does not come
        theirs = anna.create_room("Val", invite=(street.bot,))
        made = vera.create_room("Begeleiding", invite=(street.bot, anna.user))
        anna.join(made)
        intro = says(street, made, part("room_not_set_up"))
        assert made in intro.text
        assert "zomerstraat" in intro.text
        anna.say(made, "!gesprek staf zomerstraat")
        vera.say(made, "gesprek staf zomerstraat")  # without its prefix it is talk here
        vera.say(made, "!gesprek staf plein")
        says(street, made, "De groep «plein» ken ik niet")
        vera.say(made, "!gesprek staf zomerstraat")
        says(street, made, "de groep van de moderators van zomerstraat")
        says(street, street.staff, part("staff_room_moved"))
        assert len([e for e in spoken(street, made) if part("room_not_set_up") in e.text]) == 1
        assert len(spoken(street, street.room)) == quiet
        assert street.bot not in anna.members(theirs)
        assert street.running.end() == 0
        street.running.start()
        vera.say(made, NEW)
        says(street, made, part("prepared", "not missing"))
        vera.say(made, "gesprek start")
        says(street, street.room, "Ronde 1 van 1")
        moved = vera.upgrade(made, "11")  # the staff room moves: it stays the same place
        vera.invite(moved, street.bot)  # a closed room's successor is closed: clients invite anew
        until(lambda: street.bot in vera.members(moved), 40, "the bot in the successor")
        vera.say(moved, "status")
        says(street, moved, "ronde 1 van 1")
        assert all(part("room_not_set_up") not in e.text for e in spoken(street, moved))
        assert street.running.end() == 0
        street.assert_log_is_silent()


def test_not_where_people_walk_in_and_not_by_who_leads_nothing(
    lifted_synapse: Synapse, tmp_path: Path
) -> None:
    """Lifted: the bot answers at once."""
    street = Street(lifted_synapse, tmp_path, "walk", people=2)
    anna, bram = street.people["anna"], street.people["bram"]
    write(street, "trusted = [", f'trusted = ["{anna.user}", "{bram.user}", ')
    street.vera.set_power(street.room, bram.user, 50)
    with street:
        square = bram.create_room("Plein", invite=(street.bot,), preset="public_chat")
        says(street, square, part("room_not_set_up"), bram)
        bram.say(square, "!gesprek staf zomerstraat")
        says(street, square, part("refused_staff_room_open"), bram)
        bram.set_state(square, "m.room.join_rules", {"join_rule": "invite"})
        bram.say(square, "!gesprek staf zomerstraat")  # he leads the street by power
        says(street, square, "de groep van de moderators van zomerstraat", bram)
        own = anna.create_room("Eigen", invite=(street.bot,))
        says(street, own, part("room_not_set_up"), anna)
        anna.say(own, "!gesprek staf zomerstraat")
        last = anna.say(own, "!hulp")  # power in a room of her own makes her no moderator
        feed = anna.feed()
        feed.wait_until(lambda: feed.has_read(own, street.bot, last), seconds=40)
        assert len(spoken(street, own, anna)) == 1


def test_it_says_what_it_may_not_do(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: the bot says it at once."""
    street = Street(lifted_synapse, tmp_path, "rights", people=1)
    write(street, "[[rooms]]", "[[rooms]]\n# as it is")
    with street:
        first = says(street, street.staff, "In zomerstraat mag ik nog niet alles")
        assert wording("lacks_pin") in first.text
        assert wording("lacks_remove") in first.text
        says(street, street.room, part("welcome"))
        street.vera.set_power(street.room, street.bot, 50)
        levels = street.vera.state(street.room, "m.room.power_levels")
        levels["redact"] = 100
        street.vera.set_state(street.room, "m.room.power_levels", levels)
        until(lambda: len(_lacking(street)) == 2, 40, "what it may no longer do")
        assert wording("lacks_remove") in _lacking(street)[-1].text
        assert "vastzetten" not in _lacking(street)[-1].text
        levels["events_default"] = 80
        street.vera.set_state(street.room, "m.room.power_levels", levels)
        says(street, street.staff, "Ik kan niets zeggen in zomerstraat")
        assert len(spoken(street, street.room)) == 1


def _lacking(street: Street) -> list[Event]:
    return [e for e in spoken(street, street.staff) if "In zomerstraat mag ik nog niet" in e.text]


def test_the_card_goes_along_when_a_room_moves(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: the bot answers at once. Another name of the room changes nothing."""
    with Street(lifted_synapse, tmp_path, "move", people=2) as street:
        vera, anna = street.vera, street.people["anna"]
        vera.set_power(street.room, street.bot, 50)
        street.open_directs()
        street.command(NEW, part("prepared", "not missing"))
        street.command("gesprek start", "Ronde 1", street.room)
        old = says(street, street.room, "Ronde 1 van 1")
        vera.set_state(street.room, "m.room.name", {"name": "Zomerstraat en omgeving"})
        vera.request("PUT", f"{CLIENT}/directory/room/%23naam-{old.at}:{street.server.name}",
                     {"room_id": street.room})  # fmt: skip
        street.ask(
            "anna", "stelling Er moeten meer kastanjes komen.", f"{part('statement_noted')} S1"
        )
        successor = vera.upgrade(street.room, "11")
        until(lambda: street.bot in vera.members(successor), 40, "the bot in the successor")
        card = says(street, successor, "Ronde 1 van 1")
        until(lambda: _pinned(vera, successor, card.id), 40, "the new card pinned")
        greeted = [e for e in spoken(street, successor) if "Goedendag" in e.text]
        assert greeted == []  # they know each other
        anna.join(successor)
        street.ask(
            "bram", "stelling De lantaarns gaan eerder uit.", f"{part('statement_noted')} S2"
        )

        def edited() -> bool:
            edits = [e for e in anna.history(successor) if e.edits]
            return any(e.edits == card.id and "2 stellingen" in e.text for e in edits)

        until(edited, 60, "the new card with two statements")
        street.command("sluit ja", part("dialogue_closed_staff"))
        says(street, successor, "Ronde 1 is klaar", anna)
        assert all("klaar" not in e.text for e in spoken(street, street.room))


def _pinned(who: Resident, room: str, message: str) -> bool:
    return message in who.state(room, "m.room.pinned_events").get("pinned", ())


def test_no_room_is_opened_by_the_bot_for_young_people(
    lifted_synapse: Synapse, tmp_path: Path
) -> None:
    """Lifted: what the bot would do it would do at once. Bram, in another room, is the proof that
    it opens conversations otherwise (test_in_the_room)."""
    street = Street(lifted_synapse, tmp_path, "youth", people=2)
    write(street, 'staff = "staf"', 'staff = "staf"\nyouth = true')
    with street:
        street.command(NEW, part("prepared", "not missing"))
        street.command("gesprek start", "Ronde 1", street.room)
        anna = street.people["anna"]
        for text in ("!meedoen", "!stelling Er moet een skatebaan komen.", "!meedoen"):
            last = street.shout("anna", text)
        feed = street.vera.feed()
        feed.wait_until(lambda: feed.has_read(street.room, street.bot, last), seconds=40)
        street.command("werk", "S1: «Er moet een skatebaan komen.»")  # it waits for a moderator
        street.directs["anna"] = anna.direct(street.bot)
        street.ask(
            "anna", "meedoen", part("begin", language="nl_jeugd")
        )  # her own conversation works
        joined = street.spare.request("GET", f"{CLIENT}/joined_rooms")["joined_rooms"]
        assert set(joined) == {street.room, street.staff, street.directs["anna"]}
        assert set(anna.sync()["rooms"].get("invite", {})) == set()
        street.tell("anna", "stelling Ik wil niet meer leven op dit plein")
        told = says(street, street.staff, "Kijk nu naar S2")
        assert "leven" not in told.text
        assert anna.user not in told.text
        assert street.running.end() == 0
        street.assert_log_is_silent()


def test_threads_are_a_setting(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: the bot answers at once."""
    street = Street(lifted_synapse, tmp_path, "threads", people=2)
    write(street, "[matrix]", "[matrix]\nthreads = true")
    with street:
        street.open_directs()
        street.command(f"{NEW} stemming=open", part("prepared", "not missing"))
        street.command("gesprek start", "Ronde 1", street.room)
        card = says(street, street.room, "Ronde 1 van 1")
        street.ask(
            "anna", "stelling Er moeten meer kastanjes komen.", f"{part('statement_noted')} S1"
        )
        shown = says(street, street.room, "S1: «Er moeten meer kastanjes komen.»")
        street.command("sluit ja", part("dialogue_closed_staff"))
        result = says(street, street.room, "Ronde 1 is klaar")
        for message in (shown, result):
            relation = message.content["m.relates_to"]
            assert (relation["rel_type"], relation["event_id"]) == ("m.thread", card.id)
            assert relation["is_falling_back"] is True
            assert relation["m.in_reply_to"] == {"event_id": card.id}
        assert "m.relates_to" not in card.content
