"""Encrypted rooms on a real Synapse; the residents write with matrix-nio alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

import nio

from bot.platforms.facts import Edited, Joined, Trouble
from bot.platforms.live import Ended
from bot.platforms.matrix import KEY
from bot.platforms.messages import Message
from tests.documents import words
from tests.matrix import synapse as surroundings
from tests.matrix.client import Resident
from tests.matrix.platform.bots import Bot, person, room, settings
from tests.matrix.platform.crypts import Encrypting
from tests.matrix.synapse import PASSWORD, Synapse

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)


@dataclass
class Street:
    server: Synapse
    vera: Resident
    anna: Encrypting
    room: str
    bot: Bot
    account: Resident

    def restarted(self, cursor: str) -> Bot:
        self.bot.close()
        self.bot = Bot(self.bot.settings).start(cursor)
        return self.bot


@pytest.fixture
def here(
    lifted_synapse: Synapse, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Street]:
    """Lifted: what is tried here is encryption, not how fast residents may write."""
    name = request.node.name.replace("_", "-")[5:40]
    vera = lifted_synapse.register(f"vera-{name}")
    anna = lifted_synapse.register(f"anna-{name}")
    account = lifted_synapse.register(f"bot-{name}")
    algorithm = {"type": "m.room.encryption", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
    made = vera.create_room("Dicht", preset="public_chat", initial_state=[algorithm])
    anna.join(made)
    chosen = settings(
        lifted_synapse,
        f"bot-{name}",
        tmp_path / "store",
        trusted=frozenset({vera.user}),
        rooms={"straat": made},
    )
    bot = Bot(chosen).start()
    bot.read_until(lambda: any(isinstance(fact, Joined) for fact in bot.facts))
    bot.read()
    writing = Encrypting(anna, tmp_path / "anna")
    found = Street(lifted_synapse, vera, writing, made, bot, account)
    yield found
    writing.close()
    found.bot.close()


def test_words_both_ways(here: Street) -> None:
    said = here.anna.say(here.room, "!stelling Meer bomen")
    here.anna.edit(here.room, said, "!stelling Veel meer bomen")
    here.bot.read_until(lambda: any(isinstance(f, Edited) for f in here.bot.facts))
    assert [(f.text, f.origin.cause) for f in here.bot.said] == [("!stelling Meer bomen", said)]
    (edit,) = [f for f in here.bot.facts if isinstance(f, Edited)]
    assert (edit.target, edit.text) == (said, "!stelling Veel meer bomen")
    sent = here.bot.send(room("straat"), "token-1", "Kaart")
    assert here.bot.send(room("straat"), "token-1", "Kaart") == sent
    edited = here.bot.send(room("straat"), "token-2", "Kaart 2", edits=sent)
    assert edited == sent
    here.bot.read_until(lambda: "token-2" in here.bot.posted)
    assert here.bot.posted == {"token-1": sent, "token-2": sent}
    got = [one for one in here.anna.read() if one.sender == here.bot.settings.user]
    contents = [one.source["content"] for one in got if hasattr(one, "body")]
    assert [one["body"] for one in contents] == ["Kaart", "* Kaart 2"]
    assert contents[0][KEY]["token"] == "token-1"
    assert all(one.kind == "m.room.encrypted" for one in here.vera.history(here.room)[-2:])
    assert here.bot.run(here.bot.matrix.find(room("straat"), "token-1")) == sent
    mine = here.bot.run(here.bot.matrix.look(room("straat"), said))
    assert (mine.account, mine.text) == (here.anna.user, "!stelling Veel meer bomen")


def test_a_restart_with_the_same_store(here: Street) -> None:
    here.anna.say(here.room, "een")
    here.bot.read_until(lambda: "een" in here.bot.texts)
    cursor = here.bot.cursor
    here.bot.close()
    here.anna.say(here.room, "twee")
    bot = here.restarted(cursor)
    bot.read_until(lambda: "twee" in bot.texts)
    assert bot.texts == ["twee"]
    bot.send(room("straat"), "token-1", "Terug")
    assert "Terug" in [getattr(one, "body", "") for one in here.anna.read()]


def test_a_gap_in_an_encrypted_room(here: Street) -> None:
    here.anna.say(here.room, "begin")
    here.bot.read_until(lambda: "begin" in here.bot.texts)
    cursor = here.bot.cursor
    here.bot.close()
    for number in range(130):
        here.anna.say(here.room, f"bericht {number}")
    bot = here.restarted(cursor)
    bot.read_until(lambda: "bericht 129" in bot.texts)
    assert bot.texts == [f"bericht {number}" for number in range(130)]


def test_a_key_that_comes_late(here: Street) -> None:
    said, share = here.anna.say_without_sharing(here.room, "laat leesbaar")
    here.bot.read_until(lambda: said in here.bot.matrix._incoming.waiting.pending)
    assert here.bot.texts == []
    assert said not in [event for _, event in here.bot.batches[-1].handled]
    bot = here.restarted(here.bot.cursor)
    share()
    bot.read_until(lambda: bool(bot.said), acknowledge=False)
    assert [(f.text, f.origin.cause) for f in bot.said] == [("laat leesbaar", said)]
    at = here.vera.event(here.room, said).at
    assert bot.said[0].origin.at.timestamp() * 1000 == at
    assert bot.said[0].origin.late
    assert (here.room, said) in bot.batches[-1].handled
    bot = here.restarted(bot.cursor)  # not committed: it comes again
    bot.read_until(lambda: bool(bot.said))
    bot = here.restarted(bot.cursor)
    bot.read()
    assert bot.texts == []


def test_a_personal_conversation_and_its_words_before_the_bot_came(here: Street) -> None:
    direct = Resident(here.server.url, here.anna.user, here.anna.client.access_token, "x").direct(
        here.bot.settings.user, encrypted=True
    )
    here.anna.read()
    here.anna.say(direct, "stelling Meer bankjes")
    here.bot.read_until(lambda: here.bot.said)
    assert here.bot.said[0].origin.place == person(here.anna.user)
    here.bot.send(person(here.anna.user), "token-1", "Dank u")
    assert "Dank u" in [getattr(one, "body", "") for one in here.anna.read()]


def test_files_are_encrypted(here: Street) -> None:
    data = b"PK\x03\x04 bundel"
    upload = here.bot.matrix.upload(room("straat"), "bundel.zip", data, "application/zip", "t")
    sent = here.bot.run(upload)
    assert here.vera.event(here.room, sent).content[KEY] == {"token": "t"}
    (got,) = [one for one in here.anna.read() if isinstance(one, nio.RoomEncryptedFile)]
    stored = here.account.download(got.url)
    assert stored != data
    assert nio.crypto.decrypt_attachment(stored, got.key["k"], got.hashes["sha256"], got.iv) == data


def test_the_device_is_signed(here: Street) -> None:
    bot, client = here.bot.settings.user, here.bot.matrix._client
    found = here.vera.request("POST", "/_matrix/client/v3/keys/query", {"device_keys": {bot: []}})
    master = next(iter(found["master_keys"][bot]["keys"].values()))
    signing = found["self_signing_keys"][bot]
    assert f"ed25519:{master}" in signing["signatures"][bot]
    key = next(iter(signing["keys"].values()))
    device = found["device_keys"][bot][client.device_id]
    assert f"ed25519:{key}" in device["signatures"][bot]
    here.restarted(here.bot.cursor)
    again = here.vera.request("POST", "/_matrix/client/v3/keys/query", {"device_keys": {bot: []}})
    assert again["master_keys"] == found["master_keys"]


def test_a_lost_store_gets_a_new_signed_device(here: Street) -> None:
    device = here.bot.matrix._client.device_id
    here.bot.close()
    shutil.rmtree(here.bot.settings.store)
    bot = here.restarted(here.bot.cursor)
    bot.read()
    assert bot.matrix._client.device_id != device
    assert "store_lost" in bot.alarms
    assert [f.code for f in bot.facts if isinstance(f, Trouble)] == ["store_lost"]
    found = here.vera.request(
        "POST", "/_matrix/client/v3/keys/query", {"device_keys": {bot.settings.user: []}}
    )
    user = bot.settings.user
    key = next(iter(found["self_signing_keys"][user]["keys"].values()))
    new = found["device_keys"][user][bot.matrix._client.device_id]
    assert f"ed25519:{key}" in new["signatures"][user]
    here.anna.read()
    here.anna.say(here.room, "leest u dit?")
    bot.read_until(lambda: "leest u dit?" in bot.texts)


def test_what_stands_outside_is_the_token_alone(here: Street) -> None:
    """By it the bot finds its messages without keys; nobody else's are taken for the bot's."""
    said = Message(room("straat"), "token-1", words("Kaart"), dialogue="d", slot="card-0")
    sent = here.bot.run(here.bot.matrix.send(said))
    edit = here.bot.run(here.bot.matrix.send(replace(said, token="token-2", edits=sent)))
    first, second = here.vera.history(here.room)[-2:]
    megolm = {"algorithm", "ciphertext", "device_id", "sender_key", "session_id"}
    assert set(first.content) == {*megolm, KEY}
    assert first.content[KEY] == {"token": "token-1"}
    assert set(second.content) == {*megolm, KEY, "m.relates_to"}
    assert second.content[KEY] == {"token": "token-2"}
    marks = [e.source["content"][KEY] for e in here.anna.read() if hasattr(e, "body")]
    assert [mark["slot"] for mark in marks] == ["card-0", "card-0"]
    forged = {**first.content, KEY: {"token": "token-3"}}
    here.vera.send(here.room, "m.room.encrypted", forged)
    here.vera.say(here.room, "Kaart", more={KEY: {"token": "token-3"}})
    cursor, client = here.bot.cursor, here.bot.matrix._client
    here.bot.close()
    Path(client.store.database_path).unlink()
    bot = here.restarted(cursor)
    assert bot.matrix._client.device_id != client.device_id
    bot.read_until(lambda: bot.matrix._known.named["straat"].room in bot.matrix._house.rooms)
    found = [bot.run(bot.matrix.find(room("straat"), f"token-{n}")) for n in (1, 2, 3)]
    assert found == [sent, edit, ""]
    assert edit == sent


def test_lost_keys_leave_the_account_as_it_was(here: Street) -> None:
    """Where only the device's keys are gone, the new device is signed by the same account."""
    user, client, cursor = here.bot.settings.user, here.bot.matrix._client, here.bot.cursor
    wanted = {"device_keys": {user: []}}
    before = here.vera.request("POST", "/_matrix/client/v3/keys/query", wanted)
    here.bot.close()
    Path(client.store.database_path).unlink()
    bot = here.restarted(cursor)
    bot.read()
    assert [f.code for f in bot.facts if isinstance(f, Trouble)] == ["store_lost"]
    assert "signing_keys_replaced" not in bot.alarms
    after = here.vera.request("POST", "/_matrix/client/v3/keys/query", wanted)
    assert after["master_keys"] == before["master_keys"]
    signing = next(iter(after["self_signing_keys"][user]["keys"].values()))
    device = after["device_keys"][user][bot.matrix._client.device_id]
    assert f"ed25519:{signing}" in device["signatures"][user]


def test_a_lost_store_with_only_a_token_is_explained(here: Street, tmp_path: Path) -> None:
    here.bot.close()
    token = here.bot.matrix._client.access_token
    chosen = replace(
        here.bot.settings, store=tmp_path / "nieuw", password=lambda: "", token=lambda: token
    )
    with Bot(chosen) as bot, pytest.raises(Ended, match="keys cannot be made again"):
        bot.start()
    assert PASSWORD not in repr(chosen)
    assert token not in repr(chosen)


def test_when_all_keys_are_used_up_newcomers_can_still_write(here: Street) -> None:
    """As after an absence in which more people came than the bot had left keys for."""
    here.bot.read()
    user, device = here.bot.settings.user, here.bot.matrix._client.device_id
    cursor = here.bot.cursor
    here.bot.close()
    wanted = {"one_time_keys": {user: {device: "signed_curve25519"}}}
    claimed = [
        here.vera.request("POST", "/_matrix/client/v3/keys/claim", wanted) for _ in range(120)
    ]
    last = claimed[-1]["one_time_keys"][user][device]
    assert next(iter(last.values()))["fallback"] is True
    here.anna.say(here.room, "ook zonder eigen sleutel")
    bot = here.restarted(cursor)
    bot.read_until(lambda: "ook zonder eigen sleutel" in bot.texts)
    bot.read()
    again = here.vera.request("POST", "/_matrix/client/v3/keys/claim", wanted)
    assert "fallback" not in next(iter(again["one_time_keys"][user][device].values()))
