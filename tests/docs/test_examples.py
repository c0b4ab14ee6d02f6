"""The examples in the docs are run, and must give the output that the page shows.

A comment before a block says how it is tried::

    <!-- try: console FILE -->       lines typed in the console with that database
    <!-- try: shell -->              commands of the shell
    <!-- try: transcript [CODE] -->  lines for replay, and the exit code (0)
    <!-- try: format NAME -->        a format file of that name
    <!-- try: config -->             a config.toml
    <!-- try: reads PLACE ROLE WORD -->  a message that is read as that word
    <!-- shows -->                   what came out of the block before, in this order; … is anything

Blocks of a page share one folder, which has the project's transcripts and a small Polis export. On
one page the program starts from nothing, on the others as all programs of tests (``programs.py``).
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.town import config, formats
from commands.reading import read
from commands.said import Where
from commands.wrong import Wrong
from dialogues.core import Role
from rounds.registry import kinds, vocabulary
from tests import programs
from tests.docs import pages
from tests.docs.pages import PAGES, ROOT, Block

MARKED = {name: pages.blocks(pages.text(name)) for name in PAGES}
POLIS = {
    "comments.csv": "timestamp,datetime,comment-id,author-id,moderated,comment-body\n"
    "1500000000000,x,1,1,1,Er moeten meer bomen komen.\n"
    "1500000001000,x,2,2,-1,Koop nu!\n",
    "votes.csv": "timestamp,datetime,comment-id,voter-id,vote\n"
    + "".join(f"15000000020{n:02},x,1,{n},1\n" for n in range(6)),
}


#: The page on which the program is what was installed, and where that is.
INSTALLED, INSTALLED_IN = "docs/bundles.md", Path(sys.executable).parent


def stand_in(folder: Path) -> Path:
    """A folder with a ``stadsgesprek`` that starts as programs of tests do."""
    folder.mkdir()
    file = folder / "stadsgesprek"
    program = shlex.join((sys.executable, *programs.stand_in()))
    file.write_text(f'#!/bin/sh\nexec {program} "$@"\n', "utf-8")
    file.chmod(0o755)
    return folder


class Desk:
    """The folder in which a page's blocks are run, and the output of the last one. ``path`` is
    where ``stadsgesprek`` is found before anywhere else."""

    def __init__(self, folder: Path, path: Path) -> None:
        self.folder = folder
        self.path = path
        self.said = ""
        folder.mkdir()
        for transcript in (ROOT / "tests" / "transcripts").glob("*.jsonl"):
            shutil.copy(transcript, folder)
        (folder / "polis").mkdir()
        for name, text in POLIS.items():
            (folder / "polis" / name).write_text(text, encoding="utf-8")

    def run(self, *command: str, typed: str = "", code: int = 0) -> None:
        path = os.pathsep.join(map(str, (self.path, INSTALLED_IN, os.environ["PATH"])))
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={
                **os.environ,
                "PATH": path,
                "PYTHONPATH": str(ROOT),  # the program beside the page
                "PYTHONIOENCODING": "utf-8",
            },
            input=typed,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )
        self.said = done.stdout + done.stderr
        assert done.returncode == code, self.said

    def attempt(self, block: Block) -> None:
        how, *rest = block.mark.removeprefix("try: ").split()
        match how:
            case "console":
                self.run("stadsgesprek", "console", "--db", *rest, typed=block.text)
            case "shell":
                self.run("bash", "-ec", block.text)
            case "transcript":
                (self.folder / "block.jsonl").write_text(block.text, encoding="utf-8")
                code = int(rest[0]) if rest else 0
                self.run("stadsgesprek", "replay", "block.jsonl", "--out", "block", code=code)
            case "format":
                self.format(rest[0], block.text)
            case "config":
                (self.folder / "config.toml").write_text(block.text, encoding="utf-8")
                config.load(self.folder / "config.toml", kinds())
            case "reads":
                self.reads(block.text, rest[0], rest[1], " ".join(rest[2:]))
            case _:
                raise AssertionError(f"line {block.line}: how is {block.mark!r} tried?")

    def format(self, name: str, text: str) -> None:
        file = self.folder / f"{name}.toml"
        file.write_text(text, encoding="utf-8")
        try:
            self.said = formats.read(kinds(), file).title
        except formats.FormatError as error:
            self.said = str(error).replace(f"{self.folder}/", "")

    def reads(self, text: str, where: str, role: str, word: str) -> None:
        for line in text.splitlines():
            reading = read(vocabulary(), line, Where(where), {Role(role)})
            assert reading is not None
            assert (reading.word, isinstance(reading.said, Wrong)) == (word, False), reading.said

    def shows(self, block: Block) -> None:
        at = 0
        for line in block.text.splitlines():
            pattern = ".*".join(re.escape(part) for part in line.split("…"))
            found = re.compile(f"^{pattern}$", re.MULTILINE).search(self.said, at)
            assert found, f"line {block.line}: {line!r} did not come out of\n{self.said}"
            at = found.end()


@pytest.mark.parametrize("name", [n for n, found in MARKED.items() if any(b.mark for b in found)])
def test_examples_run_and_show_what_the_page_says(name: str, tmp_path: Path) -> None:
    path = INSTALLED_IN if name == INSTALLED else stand_in(tmp_path / "bin")
    desk = Desk(tmp_path / "page", path)
    for block in MARKED[name]:
        if block.mark == "shows":
            desk.shows(block)
        elif block.mark:
            desk.attempt(block)


@pytest.mark.parametrize(
    "name", [n for n, found in MARKED.items() if any(b.language == "pycon" for b in found)]
)
def test_sums_are_right(name: str) -> None:
    names: dict[str, object] = {}
    for block in MARKED[name]:
        if block.language == "pycon":
            example = doctest.DocTestParser().get_doctest(block.text, names, name, name, block.line)
            out: list[str] = []
            doctest.DocTestRunner(verbose=False).run(example, out=out.append, clear_globs=False)
            names = {**names, **example.globs}
            assert not out, "".join(out)


def test_pages_that_promise_examples_have_them() -> None:
    tried = {name for name, found in MARKED.items() if any(b.mark for b in found)}
    assert {"README.md", "docs/transcripts.md", "docs/formats.md", "docs/settings.md"} <= tried
    marks = {
        b.mark.split()[1]
        for found in MARKED.values()
        for b in found
        if b.mark != "shows" and b.mark
    }
    assert marks == {"console", "shell", "transcript", "format", "config", "reads"}
