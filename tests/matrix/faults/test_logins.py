"""How often the program logs in, and its warning about files that others can read."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from tests.matrix.faults.house import TOKEN, House, wrong_password
from tests.matrix.platform.double import expired, limited, refused

pytest_plugins = ["tests.matrix.faults.house"]


def unknown_at_once(house: House) -> None:
    """The new token is not taken either."""
    house.server.fault = lambda _m, p: refused(401, "M_UNKNOWN_TOKEN") if p != "login" else None


def expired_at_once(house: House) -> None:
    """Every token is said to have expired, also the newest."""
    house.server.fault = lambda _m, p: expired() if p != "login" else None


def revoked_with_wrong_password(house: House) -> None:
    house.kept()
    house.server.fault = lambda _m, p: (
        refused(403, "M_FORBIDDEN") if p == "login" else refused(401, "M_UNKNOWN_TOKEN")
    )


def expired_with_wrong_password(house: House) -> None:
    house.kept()
    house.server.expired.add(TOKEN)
    wrong_password(house)


def no_news(house: House) -> None:
    """It can log in, and the rest of the server refuses."""
    house.server.fault = lambda _m, p: refused(403, "M_FORBIDDEN") if p == "sync" else None


FAULTS: tuple[Callable[[House], None], ...] = (
    wrong_password,
    unknown_at_once,
    revoked_with_wrong_password,
    expired_with_wrong_password,
    no_news,
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_start_that_fails_logs_in_once(fault: Callable[[House], None], house: House) -> None:
    fault(house)
    assert house.run("run", "--log", "json").returncode == 2
    assert house.server.asked["login"] == 1


def test_a_token_that_expires_at_once_is_renewed_once(house: House) -> None:
    expired_at_once(house)
    assert house.run("run", "--log", "json").returncode == 2
    assert house.server.asked["login"] <= 2


def test_what_the_log_in_has_to_wait_is_waited(house: House) -> None:
    """The server gives its time twice; the program stays as it is until then, and asks no more."""
    at: list[float] = []

    def limits(_method: str, path: str) -> Any:
        if path != "login":
            return None
        at.append(time.monotonic())
        return limited(2.0) if len(at) < 3 else None

    house.server.fault = limits
    errors = house.run_until_ready().stderr
    assert len(at) == 3
    assert all(later - earlier >= 2.0 for earlier, later in pairwise(at))
    assert [json.loads(line)["event"] for line in errors.splitlines()].count("limited") == 2


def test_the_next_start_does_not_log_in(house: House) -> None:
    no_news(house)
    for _ in range(3):
        assert house.run("run", "--log", "json").returncode == 2
    assert house.server.asked["login"] == 1


@pytest.mark.parametrize(
    ("key", "name"), [("password_file", "wachtwoord"), ("token_file", "token")]
)
def test_a_secret_that_others_can_read(key: str, name: str, house: House) -> None:
    house.write(**{"password_file": "", key: name})
    wrong_password(house)
    house.run("init")
    file = house.folder / name
    for mode, found in ((0o600, False), (0o640, True), (0o604, True), (0o400, False)):
        file.chmod(mode)
        said = house.run("check").stdout
        assert (f"{file} can be read by others — run: chmod 600 {file}" in said) is found, said
    file.chmod(0o644)
    no_news(house)
    lines = house.run("run", "--log", "json").stderr.splitlines()[:-1]
    codes = [json.loads(line)["event"] for line in lines]
    assert codes.count("secret_readable_by_others") == 1
    assert str(file) not in "".join(lines)
