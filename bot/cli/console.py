"""The commands ``console`` and ``demo``: a dialogue in the terminal."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.cli.output import FINE, WRONG, complain, config_at, say
from bot.cli.told import told


@told
def play_console(db: Path | None, config: Path | None) -> int:
    """Run ``stadsgesprek console``; returns the exit code."""
    from bot.console.console import run
    from bot.console.terminal.settings import DATABASE, settings
    from dialogues.record import BrokenJournal
    from storage.database import NotNow, Where

    file: Where = db or DATABASE
    try:
        given = settings(db, config_at(config))
        file = given.db
        run(given)
    except BrokenJournal as error:
        return complain(f"the journal of {file} is damaged ({error}); restore a backup")
    except NotNow:
        return complain(f"{file} cannot be written now; make room on the disk and try again")
    except OSError as error:
        return complain(f"{error.filename or file} cannot be used ({error.strerror})")
    return FINE


_BEFORE = (
    "SIMULATED: the street, the people and what they find are invented; the bot is the real one.\n"
    "An evening of 90 minutes in about one. The bot speaks Dutch, as it would in a Dutch town."
)
_AFTER = "All of this was SIMULATED: nobody lives in this Zomerstraat, and no council was asked."


@told
def play_demo(out: Path, fast: bool) -> int:
    """Run ``stadsgesprek demo``; returns the exit code."""
    from advice import bundle
    from bot.cli.play import hand_over
    from bot.playback.demo import run

    stranger = _stranger(out, bundle.NAMES)
    if stranger:
        return complain(f"{out} holds {stranger}, which is not ours; name another folder")
    say(_BEFORE)
    try:
        played = run(fast)
    except KeyboardInterrupt:
        return complain("stopped; nothing was written", WRONG)
    say(f"\n{_AFTER}\nThe files are a real bundle, with the clerk's files:")
    code = hand_over(played.bundles, out, json_wanted=False)
    if code == FINE:
        (handed,) = played.bundles.values()
        say(f"\nRead:   {out / 'advies.html'} (in a browser)")
        say(f"Check:  {_me()} verify {out} --expect {bundle.manifest_hash(handed.files)}")
    return code


def _stranger(out: Path, ours: frozenset[str]) -> str:
    """The name of the first entry of ``out`` that is not one of ``ours`` (the files of a bundle),
    or "". Checked before the demo plays, so that nobody watches it and then gets no bundle."""
    if not out.exists():
        return ""
    if not out.is_dir():
        return out.name
    return next((entry.name for entry in sorted(out.iterdir()) if entry.name not in ours), "")


def _me() -> str:
    """The name under which this program was called, for messages that say what to type next."""
    command = Path(sys.argv[0])
    if command.name != "stadsgesprek":
        return "stadsgesprek"
    if command.is_absolute() and command.is_relative_to(Path.cwd()):
        return str(command.relative_to(Path.cwd()))
    return str(command)
