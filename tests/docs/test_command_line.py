"""command-line.md: every command, option and slash word, and nothing that does not exist."""

from __future__ import annotations

import re

import click

from bot.cli.main import main
from bot.console.terminal.slash import ROLES, SLASHES
from tests.docs import pages

PAGE = pages.text("docs/command-line.md")
COMMANDS, OPTIONS = pages.tables(PAGE)[:2]


def test_every_command_is_there_and_no_other() -> None:
    described = {pages.code(row["command"])[0].split()[0] for row in COMMANDS}
    assert described == set(main.commands)
    readme = set(re.findall(r"`stadsgesprek ([a-z-]+)", pages.text("README.md")))
    assert readme == set(main.commands)


def test_arguments_are_there() -> None:
    for row in COMMANDS:
        name, *arguments = pages.code(row["command"])[0].split()
        found = [p for p in main.commands[name].params if isinstance(p, click.Argument)]
        assert arguments == [p.human_readable_name for p in found]


def test_every_option_is_there_with_its_commands_and_no_other() -> None:
    real: dict[str, set[str]] = {}
    for name, command in main.commands.items():
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                real.setdefault(parameter.opts[0], set()).add(name)
    described = {pages.code(row["option"])[0]: set(pages.code(row["with"])) for row in OPTIONS}
    described["--version"].remove("stadsgesprek")  # which has one of its own
    assert described.pop("--help") == set()
    assert described == real


def test_options_in_examples_exist() -> None:
    known = {opt for command in main.commands.values() for p in command.params for opt in p.opts}
    known |= {"--help", "--version"}
    for name in pages.PAGES:
        for line in re.findall(r"stadsgesprek [a-z-]+[^`\n]*", pages.text(name)):
            assert set(re.findall(r"--[a-z-]+", line)) <= known, line


def test_the_slash_words_of_the_console() -> None:
    (table,) = pages.tables(pages.section(PAGE, "In the console"))
    words = {(pages.code(row["say"])[0].split()[0], pages.code(row["English"])[0]) for row in table}
    assert words == {(f"/{slash.dutch}", f"/{slash.english}") for slash in SLASHES}
    who = next(row for row in table if "/wie" in row["say"])
    assert set(pages.code(who["does"])) == set(ROLES)
