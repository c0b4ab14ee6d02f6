"""What people do in rooms becomes facts, on a real Synapse with clients that are not ours."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.platforms.facts import Mark, Reacted, Unreacted

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from bot.platforms.facts import Edited, Joined, Left, Removed, Right, Rights
from bot.platforms.live import Impossible, Unreachable
from bot.platforms.matrix import KEY, reading
from bot.platforms.matrix.settings import SIGNS
from bot.platforms.places import Place, PlaceKind
from tests.matrix import synapse as surroundings
from tests.matrix.client import Resident
from tests.matrix.platform.bots import Bot, person, room, settings
from tests.matrix.synapse import Synapse
from tests.sentences import part

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)


@dataclass
class Street:
    """A neighbourhood's room with its moderator and a resident, and the bot in it."""

    server: Synapse
    vera: Resident
    anna: Resident
    room: str
    bot: Bot

    def restarted(self, cursor: str) -> Bot:
        self.bot.close()
        self.bot = Bot(self.bot.settings).start(cursor)
        return self.bot


def street(server: Synapse, where: Path, name: str, version: str = "") -> Street:
    vera, anna = server.register(f"vera-{name}"), server.register(f"anna-{name}")
    bot = server.register(f"bot-{name}")
    more = {"room_version": version} if version else {}
    made = vera.create_room(f"Straat {name}", preset="public_chat", **more)
    anna.join(made)
    vera.say(made, "gezegd voor de bot er was")
    chosen = settings(
        server,
        f"bot-{name}",
        where / "store",
        trusted=frozenset({vera.user}),
        rooms={"straat": made},
        roles={"official": frozenset({anna.user})},
    )
    running = Bot(chosen).start()
    vera.invite(made, bot.user)
    running.read_until(lambda: any(isinstance(fact, Joined) for fact in running.facts))
    return Street(server, vera, anna, made, running)


@pytest.fixture
def here(
    lifted_synapse: Synapse, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Street]:
    """Lifted: what is tried here is what facts come out, not how fast residents may write."""
    name = request.node.name.replace("[", "-").strip("]").replace("_", "-")[5:40].lower()
    found = street(lifted_synapse, tmp_path, name)
    yield found
    found.bot.close()


def test_words(here: Street) -> None:
    said = here.anna.say(here.room, "!stelling Meer bomen")
    here.anna.send(here.room, "m.room.message", {"msgtype": "m.notice", "body": "piep"})
    elsewhere = here.anna.create_room("Elders")
    here.anna.say(elsewhere, "niet hier")
    reply = here.vera.reply(here.room, said, "> <@anna:x> Meer\n> bomen\n\neens")
    here.bot.read_until(lambda: "eens" in here.bot.texts)
    first, second = here.bot.said
    assert (first.text, first.reply) == ("!stelling Meer bomen", "")
    assert (second.text, second.reply) == ("eens", said)
    assert first.origin.place == room("straat")
    assert (first.origin.cause, first.origin.order) == (said, said)
    assert first.origin.at.timestamp() * 1000 == here.anna.event(here.room, said).at
    assert first.origin.roles == {"official"}
    assert second.origin.roles == {"moderator"}
    batch = here.bot.batches[-1]
    assert batch.handled == ((here.room, reply),)
    feed = here.vera.feed()
    feed.wait_until(
        lambda: here.bot.settings.user in str(here.vera.sync()["rooms"]["join"][here.room]),
        seconds=10,
    )


def test_edits_reactions_and_what_is_taken_back(here: Street) -> None:
    said = here.anna.say(here.room, "!stelling Meer bomen")
    here.anna.edit(here.room, said, "!stelling Veel meer bomen")
    here.vera.edit(here.room, said, "!stelling Minder bomen")
    thumb = here.vera.react(here.room, said, "👍")
    here.bot.read_until(lambda: any(isinstance(fact, Reacted) for fact in here.bot.facts))
    here.vera.redact(here.room, thumb)
    here.anna.redact(here.room, said)
    here.bot.read_until(lambda: any(isinstance(fact, Removed) for fact in here.bot.facts))
    edits = [fact for fact in here.bot.facts if isinstance(fact, Edited)]
    assert [(fact.target, fact.text) for fact in edits] == [(said, "!stelling Veel meer bomen")]
    (reacted,) = [fact for fact in here.bot.facts if isinstance(fact, Reacted)]
    assert (reacted.post, reacted.sign, reacted.item) == (said, "👍", "")
    assert reacted.origin.cause == thumb
    assert [f.reaction for f in here.bot.facts if isinstance(f, Unreacted)] == [thumb]
    assert [f.target for f in here.bot.facts if isinstance(f, Removed)] == [said]


def test_older_rooms_name_what_is_removed_elsewhere(
    lifted_synapse: Synapse, tmp_path: Path
) -> None:
    old = street(lifted_synapse, tmp_path, "oud", version="10")
    with old.bot:
        said = old.anna.say(old.room, "weg hiermee")
        old.vera.redact(old.room, said)
        old.bot.read_until(lambda: any(isinstance(f, Removed) for f in old.bot.facts))
        assert [f.target for f in old.bot.facts if isinstance(f, Removed)] == [said]
        old.vera.set_power(old.room, old.anna.user, 50)
        old.anna.say(old.room, "nu mag ik meer")
        old.bot.read_until(lambda: "nu mag ik meer" in old.bot.texts)
        assert old.bot.said[-1].origin.roles == {"moderator", "official"}


def test_the_same_token_is_one_message(here: Street) -> None:
    first = here.bot.send(room("straat"), "token-1", "Hallo @room", dialogue="park", slot="card-0")
    assert here.bot.send(room("straat"), "token-1", "Hallo @room") == first
    here.bot.read_until(lambda: "token-1" in here.bot.posted)
    assert here.bot.posted == {"token-1": first}
    sent = [e for e in here.vera.history(here.room) if e.sender == here.bot.settings.user]
    sent = [e for e in sent if e.kind == "m.room.message"]
    assert [e.id for e in sent] == [first]
    content = sent[0].content
    assert content["msgtype"] == "m.text"
    assert content["m.mentions"] == {}
    assert content[KEY] == {"dialogue": "park", "slot": "card-0", "token": "token-1"}
    assert "@room" not in content["body"] + content["formatted_body"]
    assert here.bot.run(here.bot.matrix.find(room("straat"), "token-1")) == first
    assert here.bot.run(here.bot.matrix.find(room("straat"), "token-2")) == ""


def test_an_edit_keeps_the_id_of_the_first(here: Street) -> None:
    first = here.bot.send(room("straat"), "token-1", "Kaart: 1 stem")
    again = here.bot.send(room("straat"), "token-2", "Kaart: 2 stemmen", edits=first)
    assert again == first
    here.bot.read_until(lambda: "token-2" in here.bot.posted)
    assert here.bot.posted == {"token-1": first, "token-2": first}
    newest = here.vera.history(here.room)[-1]
    assert (newest.edits, newest.text) == (first, "Kaart: 2 stemmen")
    assert newest.content["body"] == "* Kaart: 2 stemmen"


def test_after_a_restart_what_was_not_committed_comes_again(here: Street) -> None:
    here.anna.say(here.room, "een")
    here.bot.read_until(lambda: "een" in here.bot.texts)
    cursor, device = here.bot.cursor, here.bot.matrix._client.device_id
    here.anna.say(here.room, "twee")
    here.bot.read_until(lambda: "twee" in here.bot.texts, acknowledge=False)
    here.bot.close()
    here.anna.say(here.room, "drie")
    bot = here.restarted(cursor)
    bot.read_until(lambda: "drie" in bot.texts)
    assert bot.texts == ["twee", "drie"]
    assert bot.matrix._client.device_id == device
    assert bot.alarms == []


def test_three_hundred_messages_in_one_gap(here: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_PAGE", 80)  # three pages of them
    here.bot.read_until(lambda: not here.bot.batches[-1].facts)
    cursor = here.bot.cursor
    here.bot.close()
    for number in range(300):
        (here.anna, here.vera)[number % 2].say(here.room, f"bericht {number}")
    bot = here.restarted(cursor)
    bot.read_until(lambda: "bericht 299" in bot.texts)
    assert bot.texts == [f"bericht {number}" for number in range(300)]
    assert bot.said == sorted(bot.said, key=lambda f: (f.origin.at, f.origin.order))
    batch = bot.batches[0]
    last = max(fact.origin.at for fact in bot.said)
    assert last - timedelta(seconds=3) < batch.read_back_at
    bot.read_until(lambda: bot.batches[-1].read_back_at > last, seconds=10)


def test_nothing_said_before_the_bot_came(here: Street) -> None:
    here.anna.say(here.room, "nu wel")
    here.bot.read_until(lambda: here.bot.said)
    assert here.bot.texts == ["nu wel"]
    here.bot.close()
    again = Bot(here.bot.settings).start("")
    with again:
        again.read_until(lambda: again.said)
        assert again.texts == ["nu wel"]


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
