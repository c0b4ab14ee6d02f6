"""Promise 29: secrets never show, wherever a keeper wrote them and whatever fails.

Canaries stand in a config where a secret belongs and where it does not, in the surroundings, and in
what errors are raised with. Every command is run on it; what it says and writes is searched.
"""

from __future__ import annotations

import io
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import run
from bot.cli.main import main
from tests.engine.bots import Bot
from tests.generated import some

CANARY = "kanarie-7f3a91bc44d0e2e2"

GOOD = """[town]
name = "Haarlem"
[storage]
file = "town.db"
[matrix]
homeserver = "http://127.0.0.1:9"
user = "@bot:haarlem.example"
password_file = "wachtwoord"
[discord]
token_file = "discord-token"
guild = 123456789012345678
[[rooms]]
name = "zomerstraat"
staff = "staf"
[[staff_rooms]]
name = "staf"
"""

#: How a secret comes where it does not belong: what is written in the config instead of what.
SLIPS = {
    "a password as a key of its own": ('password_file = "wachtwoord"', f'password = "{CANARY}"'),
    "a token as a key of its own": ('token_file = "discord-token"', f'token = "{CANARY}"'),
    "a password where its file belongs": ('"wachtwoord"', f'"{CANARY}"'),
    "a token where its file belongs": ('"discord-token"', f'"{CANARY}"'),
    "a token where the server's number belongs": ("123456789012345678", f'"{CANARY}"'),
    "a password in the address": ("http://127.0.0.1:9", f"http://bot:{CANARY}@127.0.0.1:9"),
    "a password before a server": ("http://127.0.0.1:9", f"bot:{CANARY}@haarlem.example"),
    "a password without quotes": ('"wachtwoord"', CANARY),
    "a password whose quote is missing": ('"wachtwoord"', f'"{CANARY}'),
    "a password that is a list": ('password_file = "wachtwoord"', f'password_file = ["{CANARY}"]'),
    "nothing of that": ("", ""),
}

#: What is a config that can be used.
ACCEPTED = ("nothing of that",)

COMMANDS = (
    "check --config config.toml",
    "run --config config.toml",
    "run --config config.toml --log json",
    "backup --out kopie --config config.toml",
    "export x --out o --config config.toml",
    "publish --out site --config config.toml",
    "archive x --out a --config config.toml",
    "console --config config.toml",
)


@pytest.mark.parametrize("slip", SLIPS)
def test_no_command_says_a_secret(
    slip: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    secrets = {tmp_path / "config.toml", tmp_path / "wachtwoord", tmp_path / "discord-token"}
    for path in secrets:
        path.write_text(CANARY + "\n")
        path.chmod(0o600)
    was, now = SLIPS[slip]
    assert was in GOOD
    config = GOOD.replace(was, now, 1) if was else GOOD
    if slip in ACCEPTED:  # nobody is asked on the network
        config = config[: config.index("[discord]")] + config[config.index("[[rooms]]") :]
        monkeypatch.setenv("STADSGESPREK_MATRIX_PASSWORD", f"{CANARY}-omgeving")
    (tmp_path / "config.toml").write_text(config)
    monkeypatch.setattr(run, "PATIENCE", 0.3)
    for command in COMMANDS:
        if command.startswith("run") and slip in ACCEPTED:
            continue  # it would wait for the server
        done = CliRunner().invoke(main, command.split(), input="hulp\n/uit\n")
        assert CANARY not in done.output, (command, done.output)
        assert "Traceback" not in done.output, command
    written = [path for path in tmp_path.rglob("*") if path.is_file() and path not in secrets]
    assert [path.name for path in written if CANARY.encode() in path.read_bytes()] == []


#: Errors as the program and its libraries raise them, each with words in it.
ERRORS: tuple[Callable[[str], Exception], ...] = (
    *(KeyError, ValueError, TypeError, RuntimeError, OSError, LookupError),
    lambda words: UnicodeDecodeError("utf-8", words.encode(), 0, 1, words),
    lambda words: ExceptionGroup(words, [ValueError(words)]),
    lambda words: OSError(5, words, words),
)


@pytest.mark.parametrize("kind", ["text", "json"])
def test_a_hundred_thousand_lines_of_a_log_say_no_words(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of tasks that nobody waited for, whose errors hold tokens, names and choices."""
    log, chance = io.StringIO(), random.Random(29)
    monkeypatch.setattr(sys, "stderr", log)
    run._log_as(kind)
    loop: Any = None
    lines = some(50_000)
    for number in range(lines):
        words = f"{CANARY} anna koos oneens bij S{number}: Er moeten kastanjes komen."
        try:
            raise chance.choice(ERRORS)(words)
        except Exception as error:  # noqa: BLE001 - as any task may raise
            run._unexpected(loop, {"message": words, "exception": error, "task": words})
    told = log.getvalue()
    assert told.count("\n") == lines
    for word in (CANARY, "anna", "oneens", "kastanjes", "S1"):
        assert word not in told
    if kind == "json":
        assert all(json.loads(line)["event"] for line in told.splitlines()[:100])


def test_a_step_that_breaks_tells_its_type_alone(tmp_path: Path, capsys: Any) -> None:
    """Whatever the engine, the store or a template raises, with what people said in it."""
    bot = Bot(tmp_path / "town.db")
    bot.open("stellingenronde")
    words = f"{CANARY} anna oneens"
    places: tuple[tuple[object, str], ...] = (
        (bot.session.engine.handling, "by_nobody"),
        (bot.session.store.texts, "put"),
        (bot.session.store.participants, "participant"),
        (bot.session.store.journal, "append"),
        (bot.session.speaker, "answers"),
    )
    for owner, name in places:
        if not hasattr(owner, name):
            continue
        for error in ERRORS:

            def raises(*_given: object, error: Any = error, **_named: object) -> object:
                raise error(words)

            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(owner, name, raises)
                try:
                    bot.say("anna", f"stelling Er moet een {CANARY} komen.")
                except Exception as left:  # noqa: BLE001 - the console's own call
                    run._named(left)
    assert bot.alarms != []
    assert all(alarm.isidentifier() for alarm in bot.alarms), set(bot.alarms)
    out = capsys.readouterr()
    assert CANARY not in out.out + out.err
