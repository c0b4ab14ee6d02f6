"""The command ``publish``: a town's site in a folder, and with ``--serve`` in a browser here."""

from __future__ import annotations

import hashlib
from pathlib import Path

import advice
import commitments
import dialogues
import meetings
import rounds
from advice.town.planned import Named
from advice.writing.forms import Form, installed
from advice.writing.theme import NEUTRAL
from bot.cli.output import FINE, WRONG, complain, say
from bot.cli.serve import serve
from bot.cli.told import told
from bot.cli.town_of import config_of, database, named_by, shown_rooms
from bot.documents.site import Making
from bot.documents.site import publish as bring_up_to_date
from bot.documents.site_folder import BusyError, NotOursError, opened
from bot.town import keys
from bot.town.config import Config
from bot.town.config_file import Site
from rounds import registry
from storage.database import Unusable, Where
from storage.reader import Reader

#: The kinds of files in our packages that a page can follow from.
_KINDS = frozenset({".css", ".j2", ".js", ".py", ".toml"})


_NO_FEED = (
    "There is no Atom feed: where this site will stand is not known. Write its address in the "
    'config, as address = "https://…" under [site].'
)


_NO_FORMS = (
    "Documents are not there as {}: what writes that is not installed here "
    "(pip install 'stadsgesprek[documents]')."
)


def publish_site(folder: Path, db: Path | None, config: Path | None, shown: bool) -> int:
    """Run ``stadsgesprek publish``; returns the exit code."""
    code = _write(folder, db, config)
    return serve(folder) if shown and code == FINE else code


@told
def _write(folder: Path, db: Path | None, config: Path | None) -> int:
    try:
        file = database(db, config)
        found = config_of(db, config)
        reader = Reader.of(file, registry.record())
        try:
            making = _making(file, found, reader)
            with opened(folder) as site:
                pages = bring_up_to_date(making, site)
        finally:
            reader.close()
    except NotOursError as error:
        return complain(
            f"{error.folder} holds {error.name}, which is not of a site of ours; "
            "name a folder that is new or empty"
        )
    except BusyError:
        return complain(f"another program is publishing in {folder}; try again later", WRONG)
    except OSError as error:
        return complain(f"{folder} cannot be written ({error.strerror})")
    say(f"{folder}: {_number(pages, 'dialogue')}, {_number(site.changed, 'file')} changed")
    if not making.address:
        say(_NO_FEED)
    wanted = set(found.file.site.forms if found is not None else Site().forms)
    if lacking := sorted(wanted - set(making.forms)):
        say(_NO_FORMS.format(" and ".join(lacking)))
    return FINE


def _making(file: Where, config: Config | None, reader: Reader) -> Making:
    """What the site is made with; raises what reading the key and the config raises."""
    key = keys.read(keys.beside(file))
    if not reader.is_of_key(key):
        raise Unusable("other_key", file=str(file))
    shown = shown_rooms(file, config)
    theme = config.theme if config is not None else NEUTRAL
    town = _named(config, reader)
    site = config.file.site if config is not None else Site()
    have = installed()
    forms = {form: have[form] for form in map(Form, site.forms) if form in have}
    return Making(
        *(reader, registry.pages(), key, town, shown, _program()),
        theme=theme,
        address=site.address,
        forms=forms,
    )


def _named(config: Config | None, reader: Reader) -> Named:
    """The town by its config, else as its last dialogue or meeting names it."""
    if config is not None:
        town = config.file.town
        return Named(town.name, town.zone, town.language)
    last = [reader.folded(name) for name in reader.dialogues()[-1:]]
    dialogues = [each.dialogue for each in last if each is not None]
    return named_by([*reader.meetings(), *dialogues])


def _program() -> str:
    """A hash of all of the program that pages follow from."""
    whole = hashlib.sha256()
    for package in (advice, commitments, dialogues, meetings, rounds):
        for folder in package.__path__:
            for path in sorted(Path(folder).rglob("*")):
                if path.suffix in _KINDS:
                    whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def _number(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")
