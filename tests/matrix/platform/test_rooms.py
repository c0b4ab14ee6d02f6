"""What people do in rooms becomes facts, on a real Synapse with clients that are not ours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.platforms.facts import Reacted, Unreacted

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from bot.platforms.facts import Edited, Removed
from bot.platforms.matrix import KEY, reading
from tests.matrix import synapse as surroundings
from tests.matrix.platform.bots import Bot, room
from tests.matrix.platform.street import Street, street
from tests.matrix.synapse import Synapse

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
