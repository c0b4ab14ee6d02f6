"""The command ``archive``: packs everything of a dialogue for the town's archive."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from advice import manifest
from advice.archive import packing
from advice.archive.mdto import Maker
from advice.archive.packing import Kind
from advice.writing.forms import Form, installed
from bot.cli.output import WRONG, complain, config_at, written
from bot.cli.told import told
from bot.cli.town_of import database
from bot.documents.archiving import Forms, NotOver, dossier
from bot.documents.placing import Occupied, put_folder
from bot.town import keys
from bot.town.config import Config
from rounds import registry
from storage.database import Unusable, Where
from storage.reader import Reader

#: The forms that are made to be kept.
_KEPT = frozenset({Form.PDF})

_NO_PDF = (
    "documents are not archived as PDF/A: what writes that is not installed here "
    "(pip install 'stadsgesprek[documents]')"
)


class NoTerm(Exception):  # noqa: N818 - says what is missing
    """The config does not say how long some kinds of records are kept."""

    def __init__(self, kinds: Iterable[Kind]) -> None:
        names = ", ".join(sorted(f"{kind.value}_years" for kind in kinds))
        super().__init__(
            f"the config does not say for how many years records are kept; write {names} in "
            "[archive], 0 for good (see docs/archive.md)"
        )


@told
def archive_dialogue(
    dialogue: str, out: Path, db: Path | None, config: Path | None, json_wanted: bool
) -> int:
    """Run ``stadsgesprek archive``; returns the exit code."""
    try:
        found = config_at(config)
        if found is None:
            return complain("there is no config; name one with --config, its terms are needed")
        files = _packed(dialogue, database(db, config), found)
        put_folder(files, out, lambda _: False)
    except NoTerm as error:
        return complain(str(error))
    except NotOver:
        return complain(f"{dialogue!r} is not closed yet; archive it once it is", WRONG)
    except Occupied:
        return complain(f"{out} is there already and holds something; name a new folder")
    except OSError as error:
        return complain(f"{out} cannot be written ({error.strerror})")
    if not installed().keys() >= _KEPT:
        complain(_NO_PDF)
    written(out, sorted(files), manifest.sha256(files[packing.SUMS]), json_wanted)
    return 0


def _packed(dialogue: str, file: Where, config: Config) -> dict[str, bytes]:
    """The files of the archive; raises ``NoTerm`` where a term is missing."""
    reader = Reader.of(file, registry.record())
    try:
        key = keys.read(keys.beside(file))
        if not reader.is_of_key(key):
            raise Unusable("other_key", file=str(file))
        values = config.file.archive
        years = {kind: getattr(values, f"{kind.value}_years") for kind in Kind}
        body = values.body or config.file.town.name
        maker = Maker(body, values.code, values.register, values.selection, values.category)
        forms = Forms(_KEPT & installed().keys(), config.theme)
        made = dossier(reader, registry.pages(), key, dialogue, maker, years, forms)
    finally:
        reader.close()
    lacking = {part.kind for part in made.parts if years[part.kind] is None}
    if lacking:
        raise NoTerm(lacking)
    return packing.packed(made)
