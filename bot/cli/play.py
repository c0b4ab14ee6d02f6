"""The commands ``replay`` and ``import-polis``: recorded conversations through the engine."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType

from advice import bundle
from bot.cli.forms import Asked, NoLibrary, asked_for
from bot.cli.output import FINE, WRONG, complain, config_at, still, written
from bot.cli.told import told
from bot.documents import placing
from bot.documents.handover import Handed, RoundOpen
from bot.playback.replay import Settings, Unexpected, play
from bot.playback.transcript import BadLine, chat_bytes, read
from bot.text.cleaning import one_line
from bot.town.reading import ordinary
from dialogues.format import Format


@told
def play_transcript(
    transcript: Path,
    out: Path,
    clerk: bool,
    chat: Path | None,
    seed: int,
    db: Path | None,
    config: Path | None,
    json_wanted: bool,
    forms: Collection[str] = (),
) -> int:
    """Run ``stadsgesprek replay``; returns the exit code."""
    try:
        if not _is_input(transcript):
            ordinary(transcript)
        lines = read(transcript.read_bytes().split(b"\n"))
    except OSError as error:
        return complain(f"{transcript} cannot be read ({error.strerror})")
    except BadLine as error:
        return complain(f"{transcript}: {error}; nothing was written")
    try:
        settings, formats = _settings(clerk, chat is not None, seed, db, config)
        also = asked_for(forms, config, here=False)
        played = play(lines, settings, formats)
    except Occupied as error:
        return complain(str(error))
    except Unexpected as error:
        return _unexpected(transcript, error)
    except RoundOpen:
        return complain(_ROUND_OPEN, WRONG)
    if chat is not None:
        try:
            _write(chat, chat_bytes(played.chat))
        except OSError as error:
            return complain(f"{chat} cannot be written ({error.strerror})")
    return hand_over(played.bundles, out, json_wanted, played.agenda, also)


def _is_input(path: Path) -> bool:
    """Whether a path is what is piped to this program."""
    return str(path).startswith(("/dev/stdin", "/dev/fd/"))


def _write(file: Path, data: bytes) -> None:
    """Write a file; raises ``OSError``, also for a pipe from which nobody reads."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NONBLOCK, 0o666)
    os.set_blocking(handle, True)
    with os.fdopen(handle, "wb") as opened:
        opened.write(data)


_ROUND_OPEN = (
    "a confidential round is still open, so the clerk's files would show ballots; "
    "close the round first, or leave out --clerk"
)


class Occupied(Exception):  # noqa: N818 - says what happened
    """There is a file already where a new database was to be."""


def _check_new(db: Path | None) -> None:
    """Refuse to keep a database where one, or what belongs to one, lies already."""
    if db is None:
        return
    for path in (db, *(db.with_name(db.name + end) for end in (".key", ".head"))):
        if path.exists():
            raise Occupied(f"{path} is there already; name a new file, or remove it first")


def _settings(
    clerk: bool, chat: bool, seed: int, db: Path | None, config: Path | None
) -> tuple[Settings, dict[str, Format] | None]:
    _check_new(db)
    found = config_at(config) if config is not None else None
    settings = Settings(seed=seed, db=db, clerk=clerk, chat=chat)
    if found is None:
        return settings, None
    town = found.file.town
    return (
        Settings(
            seed=seed,
            db=db,
            clerk=clerk,
            chat=chat,
            zone=town.zone,
            town=town.name,
            language=town.language,
            unpublished=frozenset(found.youth),
        ),
        found.formats,
    )


def _unexpected(transcript: Path, error: Unexpected) -> int:
    """Say what a line expected and what was said, each under the other."""
    where = f"line {error.line}: in {error.where}"
    return complain(
        f"{transcript}: {where} the bot did not say what is expected.",
        WRONG,
        [*_shown("expected", error.expected), *_shown("said", error.said or "(nothing)")],
    )


def _shown(what: str, text: str) -> list[str]:
    """The lines of a text behind a word, one column for all of them."""
    lines = text.encode(errors="backslashreplace").decode().split("\n")
    return [f"{f'{what}:' if number == 0 else '':9} {line}" for number, line in enumerate(lines)]


def hand_over(
    bundles: Mapping[str, Handed],
    out: Path,
    json_wanted: bool,
    agenda: Mapping[str, bytes] = MappingProxyType({}),
    asked: Asked | None = None,
) -> int:
    """Write each dialogue's bundle: one straight in the folder, several in one folder each, with
    the forms that were ``asked`` for. The files of the ``agenda`` stand in the folder itself."""
    if not bundles and not agenda:
        return complain("there was no dialogue, so nothing was written", FINE)
    alone = len(bundles) == 1
    beside = agenda if alone else {}
    try:
        asked = asked or Asked()
        every = {name: asked.added(handed, beside) for name, handed in bundles.items()}
    except NoLibrary as error:
        return complain(f"{error}; nothing was written")
    for name, files in every.items():
        folder = out if alone else out / name
        try:
            placing.put_bundle(files, folder)
            if alone:
                _put(agenda, folder)
        except placing.Occupied as error:
            return complain(
                f"{error.folder} holds {error.name}, which is not ours; name another folder"
            )
        except OSError as error:
            return complain(f"{folder} cannot be written ({error.strerror})")
        names = sorted({*files, *beside})
        written(folder, names, bundle.manifest_hash(files), json_wanted)
    if agenda and not alone:
        try:
            _put(agenda, out)
        except OSError as error:
            return complain(f"{out} cannot be written ({error.strerror})")
        written(out, sorted(agenda), "", json_wanted)
    return FINE


def _put(agenda: Mapping[str, bytes], folder: Path) -> None:
    for name, data in agenda.items():
        placing.put_file(folder / name, data)


@told
def take_polis(
    folder: Path,
    out: Path,
    clerk: bool,
    seed: int,
    db: Path | None,
    source: str,
    json_wanted: bool,
) -> int:
    """Run ``stadsgesprek import-polis``; returns the exit code."""
    from bot.playback.polis import take
    from bot.playback.polis_files import BadExport

    settings = Settings(seed=seed, db=db, clerk=clerk, simulated=False)
    try:
        _check_new(db)
        taken = take(folder, settings, _progress, one_line(source))
    except (BadExport, Occupied) as error:
        return complain(f"{error}; nothing was written")
    finally:
        if sys.stderr.isatty():
            sys.stderr.write("\r\033[K")
    if taken.left_out:
        sys.stderr.write(f"left out: {len(taken.left_out)} comments\n")
        sys.stderr.writelines(f"{still(line)}\n" for line in taken.left_out)
    return hand_over({taken.handed.result.dialogue.id: taken.handed}, out, json_wanted)


def _progress(done: int, total: int) -> None:
    """Show how far the import is: one line overwritten on a terminal, else a line per tenth."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done} of {total}")
        sys.stderr.flush()
    elif done == total or done % max(1, total // 10) < 100:
        sys.stderr.write(f"{done} of {total}\n")
