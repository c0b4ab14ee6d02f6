"""The commands ``export`` (write a dialogue's bundle) and ``verify`` (check a bundle)."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import click

from advice.papers.paper import NEWSLETTER, Paper
from bot.cli.forms import asked_for
from bot.cli.output import FINE, WRONG, complain, written
from bot.cli.play import hand_over
from bot.cli.told import told
from bot.cli.town_of import config_of, database
from bot.documents.agenda import NO_LINKS
from bot.documents.handover import NoSuchVersion, RoundOpen, handed_over
from bot.documents.papers import NoAnswer, newsletters, papers
from bot.documents.placing import put_file
from bot.town import keys
from rounds import registry
from storage.database import Unusable
from storage.reader import Reader


@told
def export_dialogue(
    dialogue: str,
    out: Path,
    clerk: bool,
    db: Path | None,
    config: Path | None,
    json_wanted: bool,
    version: int | None = None,
    wanted: Collection[Paper] = (),
    forms: Collection[str] = (),
) -> int:
    """Run ``stadsgesprek export``; returns the exit code. ``wanted``: papers beside the bundle,
    ``forms``: other forms of the document."""
    try:
        asked = asked_for(forms, config)
        file = database(db, config)
        reader = Reader.of(file, registry.record())
        try:
            key = keys.read(keys.beside(file))
            if not reader.is_of_key(key):
                raise Unusable("other_key", file=str(file))
            pages = registry.pages()
            handed = handed_over(reader, pages, key, dialogue, clerk, version)
            found = config_of(db, config)
            links = found.links if found is not None else NO_LINKS
            young = found.youth if found is not None else ()
            beside = papers(reader, pages, handed, wanted, links, young)
        finally:
            reader.close()
    except NoSuchVersion as error:
        return complain(_no_version(dialogue, error))
    except RoundOpen:
        return complain("a confidential round is open; close it first, or leave out --clerk", WRONG)
    except NoAnswer:
        return complain(f"no answer was given on {dialogue!r} yet, so there is no letter", WRONG)
    return hand_over({dialogue: handed}, out, json_wanted, beside, asked)


def _no_version(dialogue: str, error: NoSuchVersion) -> str:
    if not error.known:
        return (
            f"{dialogue!r} has no version {error.version}: no advice was asked for yet; "
            "leave out --version for an interim report"
        )
    known = ", ".join(map(str, error.known))
    return f"{dialogue!r} has no version {error.version}; there is: {known}"


def named(
    wanted: Collection[str], *, dialogue: bool, agenda: bool
) -> tuple[frozenset[Paper], bool]:
    """The papers of these names, and whether newsletters are among them; raises
    ``click.BadParameter`` for a name of none, and ``click.UsageError`` where a ``dialogue`` has to
    be named, or nothing is asked for at all (neither ``agenda`` nor newsletters)."""
    known = {paper.value: paper for paper in Paper}
    names = [*sorted(known), NEWSLETTER]
    for name in wanted:
        if name not in names:
            raise click.BadParameter(f"{name!r} is no paper; there is: {', '.join(sorted(names))}")
    found = frozenset(known[name] for name in wanted if name in known)
    news = NEWSLETTER in wanted
    if not dialogue and (found or not (agenda or news)):
        raise click.UsageError("name a dialogue, or give --agenda or --paper nieuwsbrief")
    return found, news


@told
def export_newsletters(
    out: Path, db: Path | None, config: Path | None, json_wanted: bool, clerk: bool
) -> int:
    """Write every newsletter that was released, the newest version of each month, for the ``clerk``
    with the journal; returns the exit code."""
    try:
        reader = Reader.of(database(db, config), registry.record())
        try:
            files = newsletters(reader, registry.pages(), clerk)
        finally:
            reader.close()
        for name, data in files.items():
            put_file(out / name, data)
    except OSError as error:
        return complain(f"{out} cannot be written ({error.strerror})")
    if not files:
        return complain("no newsletter was released, so none was written", FINE)
    written(out, sorted(files), "", json_wanted)
    return FINE
