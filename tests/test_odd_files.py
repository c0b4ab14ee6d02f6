"""Whatever a person names instead of a file, the answer is a sentence, and comes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli.main import main
from bot.town import keys
from storage.sidecar import sidecar
from storage.sqlite import lock

#: What may be named instead of a file of ours.
ODD = ("empty", "folder", "fifo", "/dev/null", "/dev/full", "deep.toml", "tables.toml", "nothing")

#: Every option and argument that names a file to be read, or one to be written.
READ = (
    "check --db {}", "check --config {}",
    "export x --out o --db {}", "export x --out o --config {}",
    "console --db {}", "console --config {}", "run --config {}", "replay {} --out o",
    "replay one.jsonl --out o --config {}", "import-polis {} --out o", "import-polis polis --out o",
    "verify {}",
)  # fmt: skip
WRITTEN = (
    "replay one.jsonl --out {}", "replay one.jsonl --out o --chat {}",
    "replay one.jsonl --out o --db {}", "import-polis good --out {}",
    "import-polis good --out o --db {}", "demo --fast --out {}", "init --config {}",
)  # fmt: skip

GOOD = {
    "comments.csv": "timestamp,comment-id,author-id,moderated,comment-body\n1,1,1,1,Zin\n",
    "votes.csv": "timestamp,comment-id,voter-id,vote\n2,1,1,1\n",
}


@pytest.fixture(autouse=True)
def _ends() -> Iterator[None]:
    """A command that waits for ever fails instead."""

    def late(_number: int, _frame: FrameType | None) -> None:
        pytest.fail("it does not end")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("empty").write_bytes(b"")
    Path("folder").mkdir()
    os.mkfifo("fifo")
    Path("deep.toml").write_text("a = " + "[" * 5000 + "]" * 5000)
    Path("tables.toml").write_text("[town]\nname = 'x'\n[a" + ".a" * 3000 + "]\n")
    line = '{"id": "1", "at": "2026-12-01T18:00:00Z", "user": "a", "text": "hulp"}'
    Path("one.jsonl").write_text(line)
    for folder in ("polis", "good"):
        Path(folder).mkdir()
        for name, text in GOOD.items():
            (Path(folder) / name).write_text(text)
    Path("polis/votes.csv").unlink()
    os.mkfifo("polis/votes.csv")
    keys.make(Path("town.key"))
    return tmp_path


def typed(command: str, **more: Any) -> Result:
    return CliRunner().invoke(main, command.split(), **more)


@pytest.mark.parametrize("odd", ODD)
def test_nothing_odd_is_unforeseen(odd: str, here: Path) -> None:
    for command in (*READ, *WRITTEN):
        done = typed(command.format(odd), input="")
        said = done.output
        assert "should not happen" not in said, command
        assert "Traceback" not in said, command
        assert "error of its own" not in said, command
        assert isinstance(done.exception, SystemExit | None), command
        assert done.exit_code == 0 or said.strip(), command
    assert here.joinpath("fifo").is_fifo()


@pytest.mark.parametrize(
    ("odd", "code"), [("empty", "empty"), ("folder", "no database"), ("fifo", "no database")]
)
def test_check_says_what_is_no_database(odd: str, code: str, here: Path) -> None:
    done = typed(f"check --db {odd}")
    assert done.exit_code == 1
    assert code in done.output


@pytest.mark.parametrize("command", ["check --db one.jsonl", "replay one.jsonl --out o", "--help"])
@pytest.mark.parametrize("closed", [1, 2])
def test_a_closed_pipe_is_no_fault(command: str, closed: int, here: Path) -> None:
    """Nobody reads what is said any more: no word of it, on the other stream either."""
    read, write = os.pipe()
    os.close(read)
    streams = {1: {"stdout": write, "stderr": -1}, 2: {"stdout": -1, "stderr": write}}[closed]
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli.main", *command.split()],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        timeout=60,
        check=False,
        **streams,  # type: ignore[call-overload]
    )
    os.close(write)
    said = (done.stdout or b"") + (done.stderr or b"")
    assert b"should not happen" not in said
    assert b"Traceback" not in said
    assert b"BrokenPipe" not in said


def test_a_full_disk_behind_the_output_is_said(here: Path) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot.cli.main", "check", "--db", "one.jsonl"],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert (
        done.stderr == b"stadsgesprek: what is written cannot be used (No space left on device)\n"
    )
    assert done.returncode == 1


def test_what_the_examples_make_does_not_show_in_git(here: Path) -> None:
    """A database of any name in the project's folder, and what lies beside it."""
    project = Path(__file__).parents[1]
    for name in ("probeer.db", "stadsgesprek.db"):
        with lock(here / name):
            beside = {path.name for path in here.iterdir() if path.name.startswith(name)}
        made = {name, sidecar(here / name).name, f"{name}.history", f"{name}.key", f"{name}-wal"}
        for path in sorted(made | beside):
            done = subprocess.run(
                ["git", "check-ignore", "-q", "--no-index", path], cwd=project, check=False
            )
            assert done.returncode == 0, path
