"""Promise 29, and what a keeper sees of each fault: one sentence, no trace, and no secret.

``stadsgesprek`` runs as a process. Password, token, town key and the key of the store are canaries;
every error is forced in turn, with log lines as text and as JSON, from files and from the
environment, and once in a terminal.
"""

from __future__ import annotations

import json
import os
import pty
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from aiohttp import web

from tests.matrix.faults.house import (
    ENV_PASSWORD,
    ENV_TOKEN,
    PASSWORD,
    TOKEN,
    House,
    wrong_password,
)
from tests.matrix.platform.double import USER, limited, refused
from tests.programs import COMMAND, ROOT

pytest_plugins = ["tests.matrix.faults.house"]


def revoked_token(house: House) -> None:
    house.write(password_file="", token_file="token")
    house.server.fault = lambda _m, _p: refused(401, "M_UNKNOWN_TOKEN")


def expired_token(house: House) -> None:
    house.write(password_file="", token_file="token")
    house.server.expired.add(TOKEN)


def revoked_while_running(house: House) -> None:
    house.write(password_file="", token_file="token")
    house.server.fault = lambda _m, p: refused(401, "M_UNKNOWN_TOKEN") if p == "sync" else None


def another_ones_token(house: House) -> None:
    house.write(password_file="", token_file="token", user="@ander:dubbel.test")


def no_homeserver(house: House) -> None:
    house.server.fault = lambda _m, _p: refused(404, "M_UNRECOGNIZED")


def echoing_homeserver(house: House) -> None:
    """It answers with what it was asked, in an error."""
    body = {"errcode": "M_FORBIDDEN", "error": f"no {PASSWORD} {TOKEN}"}
    house.server.fault = lambda _m, _p: web.json_response(body, status=403)


def no_password_file(house: House) -> None:
    (house.folder / "wachtwoord").unlink()


def binary_password(house: House) -> None:
    (house.folder / "wachtwoord").write_bytes(PASSWORD.encode() + b"\xff\xfe")


def no_secret(house: House) -> None:
    house.write(password_file="")


def password_in_config(house: House) -> None:
    house.write(password=PASSWORD)


def broken_config(house: House) -> None:
    path = house.folder / "config.toml"
    path.write_text(path.read_text() + f'\npassword = "{PASSWORD}\n')


def store_is_a_file(house: House) -> None:
    (house.folder / "matrix-store").write_text(TOKEN)


def login_is_a_folder(house: House) -> None:
    (house.folder / "matrix-store" / "login.json").mkdir(parents=True)


def lost_store(house: House) -> None:
    house.write(password_file="", token_file="token")
    keys = {"ed25519:APPARAAT": "vreemd"}
    answer = {"device_keys": {USER: {"APPARAAT": {"keys": keys}}}}
    house.server.fault = lambda _m, p: web.json_response(answer) if p == "keys/query" else None


def short_town_key(house: House) -> None:
    (house.folder / "town.key").write_text("kort")


def secrets_in_surroundings(house: House) -> None:
    house.env = {
        "STADSGESPREK_MATRIX_PASSWORD": ENV_PASSWORD,
        "STADSGESPREK_MATRIX_TOKEN": ENV_TOKEN,
    }
    house.server.fault = lambda _m, p: (
        refused(401, "M_UNKNOWN_TOKEN") if p != "login" else refused(403, "M_FORBIDDEN")
    )


def closed_account(house: House) -> None:
    house.kept()
    house.server.fault = lambda _m, _p: refused(403, "M_USER_DEACTIVATED")


#: Each fault, and a word that the sentence has.
FAULTS: dict[Callable[[House], None], str] = {
    wrong_password: "refused the password",
    revoked_token: "expired or was revoked",
    expired_token: "expired or was revoked",
    revoked_while_running: "expired or was revoked",
    another_ones_token: "belongs to",
    no_homeserver: "homeserver in [matrix]",
    echoing_homeserver: "password",
    no_password_file: "cannot be read",
    binary_password: "cannot be read",
    no_secret: "there is no password",
    password_in_config: "password",
    broken_config: "config.toml",
    store_is_a_file: "matrix-store cannot be used",
    login_is_a_folder: "matrix-store cannot be used",
    lost_store: "keys cannot be made again",
    short_town_key: "town.key",
    secrets_in_surroundings: "refused the password",
    closed_account: "closed or locked",
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
@pytest.mark.parametrize("log", ["text", "json"])
def test_a_fault_is_one_sentence_and_no_secret(
    fault: Callable[[House], None], log: str, house: House
) -> None:
    fault(house)
    done = house.run("run", "--log", log)
    written = done.stdout + done.stderr
    assert done.returncode == 2, written
    assert "Traceback" not in written
    said = [line for line in done.stderr.splitlines() if line.startswith("stadsgesprek: ")]
    assert len(said) == 1, written
    assert done.stderr.splitlines()[-1] == said[0]
    assert FAULTS[fault] in said[0]
    for secret in house.canaries:
        assert secret not in written


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_check_says_the_same_without_a_secret(fault: Callable[[House], None], house: House) -> None:
    fault(house)
    house.run("init")
    done = house.run("check")
    written = done.stdout + done.stderr
    assert "Traceback" not in written
    if fault is not revoked_while_running:
        assert done.returncode in (1, 2), written
    for secret in house.canaries:
        assert secret not in written


def test_bad_answers_are_waited_out_without_a_secret(house: House) -> None:
    """Limits, broken JSON and cut bodies: the program goes on, and its log holds codes."""
    answers: list[Any] = [
        limited(0.2),
        web.Response(status=500, text=PASSWORD),
        web.Response(status=200, text=f'{{"next_batch": "{TOKEN}'),
    ]

    def faulty(_method: str, path: str) -> Any:
        return answers.pop(0) if path == "sync" and answers else None

    house.server.fault = faulty
    house.server.token = TOKEN
    done = house.run_until_ready()
    assert '"limited"' in done.stderr
    assert '"unavailable"' in done.stderr
    for secret in house.canaries:
        assert secret not in done.stdout + done.stderr
    for line in done.stderr.splitlines():
        json.loads(line)


def test_in_a_terminal(house: House) -> None:
    """What a keeper sees who starts it by hand: an interpreter of its own, and nothing of ours."""
    wrong_password(house)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *house.words("run")],
        stdout=theirs,
        stderr=theirs,
        stdin=theirs,
        cwd=ROOT,
        env=house.surroundings,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            more = os.read(ours, 4096)
        except OSError:
            break
        if not more:
            break
        shown += more
    os.close(ours)
    assert process.wait(30) == 2
    lines = shown.decode().strip().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("stadsgesprek: The homeserver refused the password of @bot:")
    assert PASSWORD not in shown.decode()
