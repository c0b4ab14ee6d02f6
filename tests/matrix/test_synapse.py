"""Tests of the test tools: a real Synapse with its own limits, and plain HTTP clients."""

from __future__ import annotations

import time

import pytest

from tests.matrix import synapse as surroundings
from tests.matrix.asking import Refused
from tests.matrix.client import Resident
from tests.matrix.feed import NotSeenError
from tests.matrix.synapse import Synapse

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)


def street(server: Synapse, *names: str) -> tuple[str, list[Resident]]:
    """A public room with these people in it; the first made it."""
    people = [server.register(name, name.title()) for name in names]
    room = people[0].create_room("Zomerstraat", preset="public_chat")
    for person in people[1:]:
        person.join(room)
    return room, people


def test_two_people_talk(synapse: Synapse) -> None:
    room, (anna, bram) = street(synapse, "anna", "bram")
    feed = bram.feed()

    said = anna.say(room, "Er moeten meer bomen komen.", html="Er moeten <b>meer</b> bomen komen.")
    seen = feed.wait_text("meer bomen", room=room, by=anna.user)
    assert seen.id == said
    assert seen.html.count("<b>") == 1

    bram.react(room, said, "👍")
    assert [one.sender for one in anna.related(room, said)] == [bram.user]
    replied = bram.reply(room, said, "Ja, bij de school.")
    anna.edit(room, said, "Er moeten veel meer bomen komen.")
    assert feed.wait(lambda one: one.edits == said).text == "Er moeten veel meer bomen komen."
    bram.redact(room, replied)
    assert anna.event(room, replied).content == {}


def test_a_receipt_is_seen(synapse: Synapse) -> None:
    room, (carla, daan) = street(synapse, "carla", "daan")
    feed = carla.feed()
    first, second = carla.say(room, "Een"), carla.say(room, "Twee")
    daan.mark_read(room, second)
    feed.wait_until(lambda: feed.has_read(room, daan.user, first), seconds=10)
    with pytest.raises(NotSeenError, match="carla"):
        feed.wait_text("Drie", seconds=0.2)


def test_a_direct_conversation_says_so(synapse: Synapse) -> None:
    eva, bot = synapse.register("eva"), synapse.register("bot")
    feed = bot.feed()
    room = eva.direct(bot.user)
    feed.wait_until(lambda: room in feed.invites, seconds=10)
    assert feed.invites[room]["is_direct"] is True
    assert feed.invites[room]["sender"] == eva.user
    bot.join(room)
    assert bot.members(room) == sorted([bot.user, eva.user])


def test_creators_and_power(synapse: Synapse) -> None:
    room, (fay, guus) = street(synapse, "fay", "guus")
    assert fay.state(room, "m.room.create")["room_version"] == "12"
    assert fay.creators(room) == [fay.user]
    assert fay.user not in fay.state(room, "m.room.power_levels")["users"]
    fay.set_power(room, guus.user, 50)
    assert guus.state(room, "m.room.power_levels")["users"] == {guus.user: 50}


def test_the_limits_are_synapses_own(synapse: Synapse) -> None:
    room, (_, iris) = street(synapse, "hugo", "iris")
    iris.patient = False
    begun, said, refused = time.monotonic(), 0, None
    while refused is None and said < 40:
        try:
            iris.say(room, str(said))
            said += 1
        except Refused as answer:
            refused = answer
    assert refused is not None
    assert refused.status == 429
    assert 1 < refused.wait <= 5
    # the join counts as well: nine more are the burst of ten, and one for each five seconds passed
    assert 9 <= said <= 10 + (time.monotonic() - begun) / 5

    iris.patient = True
    iris.say(room, "En toch")
    assert iris.waited > 1


def test_the_keeper_lifts_one_account(synapse: Synapse) -> None:
    jan = synapse.register("jan")
    jan.patient = False
    room = jan.create_room("Veel")
    synapse.override_ratelimit(jan.user)
    jan.say_all(room, [str(number) for number in range(30)])
    synapse.restore_ratelimit(jan.user)
    burst = [f"nog {number}" for number in range(20)]
    with pytest.raises(Refused, match="429"):
        jan.say_all(room, burst)


def test_a_gap_in_a_sync_is_closed(lifted_synapse: Synapse) -> None:
    """Lifted: 150 messages would take Synapse's own limits twelve minutes."""
    room, (kees, lies) = street(lifted_synapse, "kees", "lies")
    feed = lies.feed()
    kees.say_all(room, [f"bericht {number}" for number in range(150)])
    feed.pull()
    texts = [one.text for one in feed.seen if one.text.startswith("bericht")]
    assert texts == [f"bericht {number}" for number in range(150)]
    assert [one.text for one in lies.history(room) if one.text.startswith("bericht")] == texts


def test_a_restart_keeps_rooms_and_tokens() -> None:
    with Synapse() as server:
        room, (mo, noor) = street(server, "mo", "noor")
        mo.say(room, "Voor de herstart")
        url = server.url
        server.restart()
        assert server.url == url
        mo.say(room, "Na de herstart")
        said = [one.text for one in noor.history(room) if one.kind == "m.room.message"]
        assert said == ["Voor de herstart", "Na de herstart"]
        server.kill()
        with pytest.raises(OSError, match=r"."):
            mo.say(room, "Niemand thuis")
        server.start()
        assert noor.members(room) == sorted([mo.user, noor.user])
        folder = server.folder
    assert not folder.exists()
