"""Tokens that expire or are revoked, and keys that are lost: against a double."""

from __future__ import annotations

import asyncio
import itertools
import time
from dataclasses import replace
from typing import Any

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from aiohttp import web

from bot.platforms.facts import Trouble
from bot.platforms.live import Ended
from bot.platforms.matrix import Settings
from tests.matrix.platform.bots import Bot, Waits, room
from tests.matrix.platform.double import (
    ROOM,
    TOKEN,
    USER,
    Double,
    expired,
    limited,
    refused,
)


def test_a_token_that_ends_while_running(server: Double, bot: Bot) -> None:
    bot.start()
    bot.read()
    server.fault = lambda _m, _p: refused(401, "M_UNKNOWN_TOKEN")
    with pytest.raises(Ended, match="expired or was revoked"):
        bot.read()


def test_a_token_that_expired_is_renewed_for_the_same_device(server: Double, bot: Bot) -> None:
    """The server says that it is a soft log-out; everything that met the old token goes on."""
    with Bot(replace(bot.settings, token=lambda: "", password=lambda: "zomer")) as known:
        known.start()
        known.read()
        server.expired.add(TOKEN)
        server.token = "vers"
        server.say("een")
        known.read_until(lambda: known.texts == ["een"])
        assert known.send(room("straat"), "t1", "Hallo") == "$gezonden-t1"
        assert known.alarms == ["token_expired"]
        assert server.asked["login"] == 2
        assert server.devices == ["", "APPARAAT"]
    with Bot(known.settings) as again:  # the new token was kept
        again.start()
        assert server.asked["login"] == 2


def test_the_library_meets_the_expired_token_first(server: Double, bot: Bot) -> None:
    """As in an encrypted room, where it asks for keys: it forgets the token then."""
    with Bot(replace(bot.settings, token=lambda: "", password=lambda: "zomer")) as known:
        known.start()
        known.read()
        server.expired.add(TOKEN)
        server.token = "vers"
        known.run(known.matrix._client.joined_members(ROOM))
        server.say("een")
        known.read_until(lambda: known.texts == ["een"])
        assert known.alarms == ["token_expired"]


def test_a_token_that_expired_meanwhile(server: Double, bot: Bot) -> None:
    with Bot(replace(bot.settings, token=lambda: "", password=lambda: "zomer")) as known:
        known.start()
    server.expired.add(TOKEN)
    server.token = "vers"
    with Bot(known.settings) as again:
        again.start()
        again.read()
        assert server.devices == ["", "APPARAAT"]
        assert again.alarms == ["token_expired"]


def test_a_token_that_expired_without_a_password(server: Double, bot: Bot) -> None:
    bot.start()
    bot.read()
    server.expired.add(TOKEN)
    with pytest.raises(Ended, match="expired or was revoked"):
        bot.read()
    with Bot(bot.settings) as again, pytest.raises(Ended, match="new token"):
        again.start()
    assert server.asked["login"] == 0


def test_a_new_token_in_place_of_one_that_expired(server: Double, bot: Bot) -> None:
    """What the sentence tells the keeper to do."""
    bot.start()
    bot.close()
    server.expired.add(TOKEN)
    with Bot(replace(bot.settings, token=lambda: "nieuw")) as again:
        again.start()
        server.say("een")
        again.read_until(lambda: again.texts == ["een"])
    assert server.asked["login"] == 0


@pytest.mark.parametrize("password", ["zomer", ""])
def test_a_token_that_expires_before_the_keys_are_there(
    password: str, server: Double, bot: Bot
) -> None:
    """Between the log-in and the first upload nobody asks for news."""
    server.token = "vers"
    taken: list[str] = []

    def ends(_method: str, path: str) -> Any:
        if path == "keys/upload" and TOKEN not in server.expired:
            server.expired.add(TOKEN)
            return expired()
        taken.append(path)
        return None

    server.fault = ends
    with Bot(replace(bot.settings, password=lambda: password)) as known:
        if password:
            known.start()
            assert server.devices == ["APPARAAT"]
            assert taken.count("keys/upload") == 1
            with Bot(known.settings) as again:  # the new token was kept
                again.start()
            assert server.asked["login"] == 1
        else:
            with pytest.raises(Ended, match="expired or was revoked"):
                known.start()


class Lost:
    """A bot whose device has keys on the server, while its own copy is lost."""

    def __init__(self, server: Double, settings: Settings, password: str) -> None:
        self.server = server
        self.settings = replace(settings, password=lambda: password)
        with Bot(self.settings) as first:
            first.start()
        for file in settings.store.glob("*.db"):
            file.unlink()
        keys = {"keys": {"ed25519:APPARAAT": "vreemd"}}
        self.answer = {"device_keys": {USER: {"APPARAAT": keys}}}
        server.fault = self.fault
        server.token = "vers"
        server.device_of["vers"] = "NIEUW"

    def fault(self, _method: str, path: str) -> Any:
        return web.json_response(self.answer) if path == "keys/query" else None


def test_keys_and_token_lost_together_are_one_log_in(server: Double, bot: Bot) -> None:
    """The password is not spent on a device whose keys are gone."""
    lost = Lost(server, bot.settings, "zomer")
    server.expired.add(TOKEN)
    with Bot(lost.settings) as again:
        again.start()
        again.read()
        assert server.devices == [""]
        assert again.alarms[:2] == ["token_expired", "store_lost"]
        assert [f.code for f in again.facts if isinstance(f, Trouble)] == ["store_lost"]


def test_a_loss_that_was_noticed_is_remembered(server: Double, bot: Bot) -> None:
    """The start that noticed it could not log in; the next one needs one log-in, and says it."""
    lost = Lost(server, bot.settings, "zomer")
    server.fault = lambda method, path: (
        refused(403, "M_FORBIDDEN") if path == "login" else lost.fault(method, path)
    )
    with Bot(lost.settings) as other, pytest.raises(Ended, match="refused the password"):
        other.start()
    server.fault = lost.fault
    server.expired.add(TOKEN)
    with Bot(lost.settings) as again:
        again.start()
        assert server.devices == [""]
        assert again.alarms.count("store_lost") == 1


def test_lost_keys_and_the_token_of_a_fresh_log_in(server: Double, bot: Bot) -> None:
    """What the sentence tells a keeper to do who gives no password."""
    lost = Lost(server, bot.settings, "")
    with Bot(lost.settings) as again, pytest.raises(Ended, match="token of a fresh log-in"):
        again.start()
    with Bot(replace(lost.settings, token=lambda: "vers")) as fresh:
        fresh.start()
        assert fresh.matrix._client.device_id == "NIEUW"


def test_a_revoked_token_without_a_password(server: Double, bot: Bot) -> None:
    server.fault = lambda _m, _p: refused(401, "M_UNKNOWN_TOKEN")
    with pytest.raises(Ended, match="new token"):
        bot.start()


def test_a_revoked_token_with_a_password(server: Double, bot: Bot) -> None:
    bot.start()
    bot.close()
    again = Bot(replace(bot.settings, token=lambda: "", password=lambda: "zomer"))
    server.fault = lambda _m, path: (
        refused(401, "M_UNKNOWN_TOKEN") if path == "account/whoami" else None
    )
    with again:
        again.start()
        assert "token_unknown" in again.alarms
        assert server.asked["login"] == 1


def test_a_wrong_password(server: Double, bot: Bot) -> None:
    wrong = Bot(replace(bot.settings, token=lambda: "", password=lambda: "mis"))
    server.fault = lambda _m, path: refused(403, "M_FORBIDDEN") if path == "login" else None
    with wrong, pytest.raises(Ended, match="refused the password"):
        wrong.start()


def test_no_secret_at_all(bot: Bot) -> None:
    none = Bot(replace(bot.settings, token=lambda: ""))
    with none, pytest.raises(Ended, match="neither a token nor a password"):
        none.start()


def test_a_server_that_is_none(server: Double, bot: Bot) -> None:
    server.fault = lambda _m, _p: refused(404, "M_UNRECOGNIZED")
    with pytest.raises(Ended, match="homeserver in"):
        bot.start()


def test_a_position_the_server_does_not_take(server: Double, bot: Bot) -> None:
    bot.start("vreemd")
    server.fault = lambda _m, path: refused(400, "M_UNKNOWN") if path == "sync" else None
    with pytest.raises(Ended, match="M_UNKNOWN"):
        bot.read()


def test_somebody_elses_token(bot: Bot) -> None:
    other = Bot(replace(bot.settings, user="@ander:dubbel.test"))
    with other, pytest.raises(Ended, match="belongs to"):
        other.start()


def test_a_log_in_that_has_to_wait(
    server: Double, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = Waits(monkeypatch)
    times = itertools.count()
    server.fault = lambda _m, path: limited(333) if path == "login" and not next(times) else None
    patient = Bot(replace(bot.settings, token=lambda: "", password=lambda: "zomer"))
    with patient:
        patient.start()
    assert any(333 <= pause < 370 for pause in waits.taken)


def test_a_closing_is_known_soon(server: Double, bot: Bot) -> None:
    slow = Bot(replace(bot.settings, poll=30.0))
    with slow:
        slow.start()
        slow.read()
        asking = asyncio.run_coroutine_threadsafe(slow.matrix.read(), slow._loop)
        time.sleep(0.3)
        began, at = time.monotonic(), slow.settings.clock()
        slow._loop.call_soon_threadsafe(slow.matrix.complete_to, at)
        while asking.result(60).read_back_at < at:
            asking = asyncio.run_coroutine_threadsafe(slow.matrix.read(), slow._loop)
        assert time.monotonic() - began < slow.settings.poll
