"""Conversations in person, rooms that move, and rooms that put the bot out or let it in again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.platforms.facts import Mark

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from bot.platforms.facts import Joined, Left, Right, Rights
from bot.platforms.live import Impossible, Unreachable
from bot.platforms.matrix.settings import SIGNS
from bot.platforms.places import Place, PlaceKind
from tests.matrix import synapse as surroundings
from tests.matrix.platform.bots import Bot, person, room, settings
from tests.matrix.platform.street import Street, street
from tests.matrix.synapse import Synapse
from tests.sentences import part

pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)


@pytest.fixture
def here(
    lifted_synapse: Synapse, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Street]:
    """Lifted: what is tried here is what facts come out, not how fast residents may write."""
    name = request.node.name.replace("[", "-").strip("]").replace("_", "-")[5:40].lower()
    found = street(lifted_synapse, tmp_path, name)
    yield found
    found.bot.close()


def test_a_personal_conversation(here: Street) -> None:
    place = person(here.anna.user)
    with pytest.raises(Unreachable):
        here.bot.send(place, "te-vroeg", "dag")
    direct = here.anna.direct(here.bot.settings.user)
    here.anna.say(direct, "stelling Meer bankjes")
    here.bot.read_until(lambda: here.bot.said)
    (said,) = here.bot.said
    assert (said.text, said.origin.place) == ("stelling Meer bankjes", place)
    sent = here.bot.send(place, "token-1", "Dank u")
    assert here.anna.feed().wait_text("Dank u", room=direct).id == sent
    bot = here.restarted(here.bot.cursor)
    bot.read()
    assert bot.send(place, "token-1", "Dank u") == sent
    here.anna.invite(direct, here.vera.user)
    here.anna.say(direct, "nu luistert er iemand mee")
    bot.read_until(lambda: not bot.batches[-1].facts and len(bot.batches) > 2)
    assert bot.texts == []
    with pytest.raises(Unreachable):
        bot.send(place, "token-2", part("lock_screen"))


def test_rooms_only_for_whom_is_trusted(here: Street) -> None:
    theirs = here.anna.create_room("Val", invite=(here.bot.settings.user,))
    own = here.vera.create_room("Overleg", invite=(here.bot.settings.user,))
    here.bot.read_until(lambda: here.bot.settings.user in here.vera.members(own))
    here.bot.read()
    assert here.bot.settings.user not in here.anna.members(theirs)
    assert "invitation_not_trusted" in here.bot.alarms


def test_a_room_is_followed_when_it_moves(here: Street) -> None:
    here.bot.read()
    successor = here.vera.upgrade(here.room, "11")
    here.bot.read_until(lambda: here.bot.settings.user in here.vera.members(successor))
    here.anna.join(successor)
    here.anna.say(successor, "hier verder")
    here.bot.read_until(lambda: "hier verder" in here.bot.texts)
    assert here.bot.said[-1].origin.place == room("straat")
    sent = here.bot.send(room("straat"), "token-1", "Ik ook")
    assert here.vera.event(successor, sent).text == "Ik ook"
    bot = here.restarted(here.bot.cursor)
    bot.read()
    assert bot.matrix._house.room(room("straat")) == successor


def test_pins_reactions_files_and_removing(here: Street) -> None:
    card = here.bot.send(room("straat"), "token-1", "Kaart")
    said = here.anna.say(here.room, "weg")
    matrix, run = here.bot.matrix, here.bot.run
    for refused in (matrix.pin(room("straat"), card), matrix.remove(room("straat"), said)):
        with pytest.raises(Impossible):
            run(refused)
    here.vera.set_power(here.room, here.bot.settings.user, 50)
    run(matrix.pin(room("straat"), card))
    run(matrix.pin(room("straat"), card))
    assert here.vera.state(here.room, "m.room.pinned_events") == {"pinned": [card]}
    run(matrix.unpin(room("straat"), card))
    assert here.vera.state(here.room, "m.room.pinned_events") == {"pinned": []}
    run(matrix.mark(room("straat"), said, Mark.TICK, "token-2"))
    run(matrix.mark(room("straat"), said, Mark.TICK, "token-4"))  # it stands already
    assert [e.content["m.relates_to"]["key"] for e in here.anna.related(here.room, said)] == ["✅"]
    here.anna.react(here.room, said, "✅")
    run(matrix.mark(room("straat"), said, Mark.JOIN, "token-6"))
    for _twice in range(2):  # the second time there is none
        run(matrix.unmark(room("straat"), said, Mark.TICK))
    left = [e for e in here.anna.related(here.room, said) if e.content]
    assert {(e.sender, e.content["m.relates_to"]["key"]) for e in left} == {
        (here.anna.user, "✅"),
        (here.bot.settings.user, SIGNS[Mark.JOIN]),
    }
    seen = run(matrix.look(room("straat"), said))
    assert (seen.account, seen.text, seen.talks) == (here.anna.user, "weg", False)
    run(matrix.remove(room("straat"), said))
    assert here.anna.event(here.room, said).content == {}
    assert not run(matrix.look(room("straat"), said)).account
    data = b"PK\x03\x04 bundel"
    done = run(matrix.upload(room("straat"), "bundel.zip", data, "application/zip", "token-3"))
    content = here.anna.event(here.room, done).content
    assert (content["msgtype"], content["filename"]) == ("m.file", "bundel.zip")
    assert here.anna.download(content["url"]) == data
    done = run(matrix.upload(room("straat"), "uitslag.png", b"\x89PNG", "image/png", "token-5"))
    content = here.anna.event(here.room, done).content
    assert (content["msgtype"], content["info"]["mimetype"]) == ("m.image", "image/png")


def test_a_conversation_begun_by_the_bot(here: Street) -> None:
    feed = here.anna.feed()
    here.bot.run(here.bot.matrix.open_direct(here.anna.user))
    feed.wait_until(lambda: bool(feed.invites), seconds=10)
    ((direct, invitation),) = feed.invites.items()
    assert invitation["is_direct"] is True
    here.anna.join(direct)
    here.anna.say(direct, "ja graag")
    here.bot.read_until(lambda: "ja graag" in here.bot.texts)
    assert here.bot.said[-1].origin.place == person(here.anna.user)
    here.bot.run(here.bot.matrix.open_direct(here.anna.user))
    here.bot.close()
    (here.bot.settings.store / "rooms.json").unlink()
    bot = here.restarted("")
    # Synapse may answer the first question of a device as it did two minutes ago: read on
    bot.read_until(lambda: bot.matrix._house.room(person(here.anna.user)) == direct)


def test_check_says_what_is_missing(here: Street) -> None:
    found = [(one.good, one.text) for one in here.bot.run(here.bot.matrix.check())]
    texts = "\n".join(text for _, text in found)
    assert "device: signed" in texts
    assert "pin the card, remove messages" in texts
    assert "limit: none" in texts


def test_put_out_and_let_in_again(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: it is about what happens, not how fast."""
    vera, bram = lifted_synapse.register("vera-uit"), lifted_synapse.register("bram-uit")
    account = lifted_synapse.register("bot-uit")
    made = vera.create_room("Besloten", preset="private_chat", room_alias_name="besloten")
    chosen = settings(
        lifted_synapse,
        "bot-uit",
        tmp_path / "store",
        trusted=frozenset({vera.user}),
        rooms={"straat": f"#besloten:{lifted_synapse.name}", "nergens": "#nergens:wijk.test"},
    )
    with Bot(chosen) as bot:
        bot.start()
        assert "alias_unknown" in bot.alarms
        bot.read_until(lambda: "join_refused" in bot.alarms)
        vera.invite(made, bram.user)
        bram.join(made)
        vera.invite(made, account.user)
        bot.read_until(lambda: any(isinstance(fact, Joined) for fact in bot.facts))
        bram.say(made, "nog net gehoord")
        vera.request("POST", f"/_matrix/client/v3/rooms/{made}/kick", {"user_id": account.user})
        bram.say(made, "niet voor de bot")
        bot.read_until(lambda: any(isinstance(fact, Left) for fact in bot.facts))
        assert bot.texts == ["nog net gehoord"]
        assert "room_left" in bot.alarms
        with pytest.raises(Unreachable):
            bot.send(room("straat"), "token-1", "Hallo")
        vera.invite(made, account.user)
        bot.read_until(lambda: account.user in vera.members(made))
        bram.say(made, "weer wel")
        bot.read_until(lambda: "weer wel" in bot.texts)
        assert bot.texts == ["nog net gehoord", "weer wel"]


def test_a_room_that_gets_its_alias_later_is_known_by_it(
    lifted_synapse: Synapse, tmp_path: Path
) -> None:
    """Lifted: it is about what happens, not how fast. The keeper started the bot first."""
    vera, account = lifted_synapse.register("vera-later"), lifted_synapse.register("bot-later")
    chosen = settings(
        lifted_synapse,
        "bot-later",
        tmp_path / "store",
        trusted=frozenset({vera.user}),
        rooms={"straat": f"#later:{lifted_synapse.name}"},
    )
    with Bot(chosen) as bot:
        bot.start()
        bot.read()
        vera.create_room("Straat", room_alias_name="later", invite=(account.user,))
        bot.read_until(lambda: any(isinstance(fact, Joined) for fact in bot.facts))
        (joined,) = [fact for fact in bot.facts if isinstance(fact, Joined)]
        assert joined.origin.place == room("straat")
        assert joined.lacks == (Right.PIN, Right.REMOVE)


def test_a_room_of_no_setting_is_a_place_only_where_a_trusted_account_invited(
    here: Street,
) -> None:
    made = here.vera.create_room("Begeleiding", invite=(here.bot.settings.user, here.anna.user))
    here.anna.join(made)
    here.bot.read_until(lambda: here.bot.settings.user in here.vera.members(made))
    here.anna.say(made, "!gesprek staf straat")
    here.vera.say(made, "!gesprek staf straat")
    here.bot.read_until(lambda: len(here.bot.said) == 2)
    theirs, hers = (fact.origin for fact in here.bot.said)
    assert theirs.place == hers.place == Place("matrix", PlaceKind.STAFF, made)
    assert (theirs.moderates, hers.moderates) == (frozenset(), frozenset({"straat"}))
    assert not hers.open_to_all
    here.vera.set_state(made, "m.room.join_rules", {"join_rule": "public"})
    here.vera.say(made, "nog eens")
    here.bot.read_until(lambda: "nog eens" in here.bot.texts)
    assert here.bot.said[-1].origin.open_to_all


def test_what_the_bot_may_not_do_any_more(here: Street) -> None:
    levels = here.vera.state(here.room, "m.room.power_levels")
    levels["users"] = {**levels.get("users", {}), here.bot.settings.user: 50}
    here.vera.set_state(here.room, "m.room.power_levels", levels)
    here.bot.read_until(lambda: any(isinstance(fact, Rights) for fact in here.bot.facts))
    levels["events_default"] = 60
    here.vera.set_state(here.room, "m.room.power_levels", levels)
    here.bot.read_until(lambda: len([f for f in here.bot.facts if isinstance(f, Rights)]) == 2)
    better, worse = [fact for fact in here.bot.facts if isinstance(fact, Rights)]
    assert (better.before, better.lacks) == ((Right.PIN, Right.REMOVE), ())
    assert (worse.before, worse.lacks) == ((), (Right.WRITE,))


def test_nothing_counts_as_known_that_waits_where_the_bot_is_not_yet(here: Street) -> None:
    """Somebody speaks in their conversation, and much later an answer tells of the invitation."""
    here.bot.read()
    direct = here.anna.direct(here.bot.settings.user)
    here.anna.say(direct, "stelling Er moeten meer bomen komen.")
    time.sleep(3)  # a moment that is known by then would lie after these words
    here.bot.read_until(lambda: bool(here.bot.texts))
    (said,) = here.bot.said
    earlier = here.bot.batches[: next(n for n, b in enumerate(here.bot.batches) if said in b.facts)]
    assert [b.read_back_at for b in earlier if b.read_back_at > said.origin.at] == []
    here.bot.read()
    here.bot.read_until(lambda: here.bot.batches[-1].read_back_at > said.origin.at)
