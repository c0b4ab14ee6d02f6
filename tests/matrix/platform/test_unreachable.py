"""``check`` ends soon where the homeserver cannot be reached, and says which and why."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from aiohttp import web

from bot.cli import run
from bot.cli.output import WRONG
from bot.cli.setup import check_all
from bot.platforms.matrix import checking
from bot.town import keys
from tests.matrix.platform.double import USER, Double, limited

CONFIG = """[town]
name = "Haarlem"
[matrix]
homeserver = "{}"
user = "{}"
password_file = "password"
"""


def checked(folder: Path, homeserver: str) -> None:
    (folder / "config.toml").write_text(CONFIG.format(homeserver, USER), encoding="utf-8")
    (folder / "password").write_text("geheim", encoding="utf-8")
    (folder / "password").chmod(0o600)
    keys.make(folder / "town.key")
    assert check_all(None, folder / "config.toml", json_wanted=False) == WRONG


@pytest.fixture
def silent() -> Iterator[int]:
    """A port at which somebody listens, and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def double() -> Iterator[Double]:
    made = Double()
    yield made
    made.close()


def test_it_takes_no_more_than_twenty_seconds() -> None:
    assert checking._REACHED_IN < run.PATIENCE < 20


def test_nobody_listens(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    checked(tmp_path, f"http://127.0.0.1:{port}")
    said = capsys.readouterr()
    assert f"matrix: http://127.0.0.1:{port} cannot be reached (Connection refused)" in said.out
    assert said.err == ""


def test_nobody_answers(
    silent: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checking, "_REACHED_IN", 0.01)
    checked(tmp_path, f"http://127.0.0.1:{silent}")
    said = capsys.readouterr().out
    assert f"http://127.0.0.1:{silent} cannot be reached (no answer within 0 seconds)" in said


def test_what_answers_is_no_homeserver(
    double: Double, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    double.fault = lambda _method, _path: web.Response(text="<html>Welkom</html>")
    checked(tmp_path, double.url)
    assert f"{double.url} cannot be reached (what answers there is no" in capsys.readouterr().out


def test_a_server_that_asks_to_wait_is_not_waited_for(
    double: Double,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(run, "PATIENCE", 0.05)
    double.fault = lambda _method, _path: limited(600)
    checked(tmp_path, double.url)
    said = capsys.readouterr()
    assert f"matrix: {double.url} did not answer everything within" in said.out
    assert said.err == ""
