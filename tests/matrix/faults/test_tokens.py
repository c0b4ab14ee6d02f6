"""Tokens that expire: a real homeserver that gives them a short life."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from bot.platforms.facts import Joined
from bot.platforms.live import Ended
from tests.matrix import synapse as surroundings
from tests.matrix.asking import CLIENT
from tests.matrix.dialogue.stage import Street, until
from tests.matrix.platform.bots import Bot, settings
from tests.matrix.synapse import Synapse
from tests.programs import Program

pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)


@pytest.fixture(scope="module")
def server() -> Iterator[Synapse]:
    """Lifted: log-ins are what is tried, and all tests share an address."""
    with Synapse(lifted="log-ins", settings={"session_lifetime": "8s"}) as found:
        yield found


def test_a_token_that_expires_is_renewed(server: Synapse, tmp_path: Path) -> None:
    """The same device, with the same keys, goes on: nothing said is lost."""
    account = server.register("bot-verloopt")
    vera = server.register("vera-verloopt")
    made = vera.create_room("Straat", preset="public_chat")
    chosen = settings(
        server,
        "bot-verloopt",
        tmp_path / "store",
        trusted=frozenset({vera.user}),
        rooms={"straat": made},
    )
    with Bot(chosen) as bot:
        bot.start()
        bot.read_until(lambda: any(isinstance(fact, Joined) for fact in bot.facts))
        device = bot.matrix._client.device_id
        vera = server.log_in("vera-verloopt")
        vera.say(made, "een")
        bot.read_until(lambda: bot.alarms.count("token_expired") >= 2, seconds=90)
        vera = server.log_in("vera-verloopt")
        vera.say(made, "twee")
        bot.read_until(lambda: "twee" in bot.texts)
        assert bot.texts == ["een", "twee"]
        assert bot.matrix._client.device_id == device
        assert json.loads((tmp_path / "store" / "login.json").read_bytes())["device"] == device
        keeper = server.log_in("bot-verloopt")
        devices = {d["device_id"] for d in keeper.request("GET", f"{CLIENT}/devices")["devices"]}
        assert devices == {device, account.device, keeper.device}


def test_without_a_password_it_is_said(server: Synapse, tmp_path: Path) -> None:
    server.register("bot-alleen")
    token = server.log_in("bot-alleen").token
    chosen = replace(
        settings(server, "bot-alleen", tmp_path / "store"),
        password=lambda: "",
        token=lambda: token,
    )
    with Bot(chosen) as bot:
        bot.start()
        with pytest.raises(Ended, match="expired or was revoked"):
            bot.read_until(lambda: False, seconds=60)


def test_the_program_ends_with_a_sentence(server: Synapse, tmp_path: Path) -> None:
    street = Street(server, tmp_path, "zin", people=1)
    token = server.log_in("bot-zin").token
    config = street.running.config
    config.write_text(config.read_text().replace("password_file", "token_file"))
    (tmp_path / "password").write_text(token)
    process = street.running.spawn()
    until(lambda: said_again(process, server, street), 90, "the end")
    assert process.returncode == 2
    last = street.running.log.splitlines()[-1]
    assert "expired or was revoked" in last
    assert "Traceback" not in street.running.log
    assert token not in street.running.log


def said_again(process: subprocess.Popen[str] | Program, server: Synapse, street: Street) -> bool:
    """Whether the program has ended; somebody speaks, so that it asks for more at once."""
    server.log_in("vera-zin").say(street.room, "Is er al iemand?")
    with suppress(subprocess.TimeoutExpired):
        process.wait(1)
    return process.poll() is not None
