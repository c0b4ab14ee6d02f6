"""``export --agenda``: writes what a town planned, as a calendar and as data; with ``--clerk`` also
the journals that both were made from."""

from __future__ import annotations

from pathlib import Path

from advice import manifest
from advice.town.planned import Named, Shown
from bot.cli.output import FINE, complain, written
from bot.cli.told import told
from bot.cli.town_of import config_of, database, named_by, shown_rooms
from bot.documents.agenda import NO_LINKS, remove_pages, town_files
from bot.documents.placing import put_file
from bot.town.config import Config
from rounds import registry
from storage.reader import Reader


@told
def export_agenda(
    out: Path, db: Path | None, config: Path | None, json_wanted: bool, clerk: bool = False
) -> int:
    """Run ``stadsgesprek export --agenda``; returns the exit code."""
    try:
        file = database(db, config)
        found = config_of(db, config)
        reader = Reader.of(file, registry.record())
        try:
            shown = Shown(shown_rooms(file, found), reader.words)
            files = _files(reader, found, shown, clerk)
        finally:
            reader.close()
        for name, data in files.items():
            put_file(out / name, data)
        if clerk:
            remove_pages(out, files)
    except OSError as error:
        return complain(f"{out} cannot be written ({error.strerror})")
    if not files:
        return complain("nothing was ever planned, so no agenda was written", FINE)
    listing = files.get(manifest.AGENDA)
    written(out, sorted(files), manifest.sha256(listing) if listing else "", json_wanted)
    return FINE


def _files(reader: Reader, config: Config | None, shown: Shown, clerk: bool) -> dict[str, bytes]:
    folded = [reader.folded(name) for name in reader.dialogues()]
    dialogues = [each.dialogue for each in folded if each is not None]
    meetings, promised = reader.meetings(), reader.commitments()
    if config is not None:
        town = config.file.town
        named = Named(town.name, town.zone, town.language)
    else:
        named = named_by([*promised, *meetings, *dialogues])
    links = config.links if config is not None else NO_LINKS
    return town_files(named, dialogues, meetings, shown, reader if clerk else None, links, promised)
