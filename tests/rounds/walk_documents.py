"""What is handed over of a dialogue, and what verify finds changed in it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from advice import manifest
from advice.model import encode
from bot.documents.handover import Handed
from bot.documents.placing import put_bundle
from rounds import registry
from tests.rounds.surfaces import (
    Evening,
    surface,
)
from tests.rounds.walked import end
from tests.rounds.walking import Walk
from tests.verifying import verified

#: Where the evenings lie that several walks read.
_EVENINGS = TemporaryDirectory(prefix="evenings-")


@cache
def _played(kind: str, number: int, *parts: object) -> Walk:
    """An evening, played to its end once with these parts of the kinds."""
    case = surface(kind).exported[number]
    walk = Walk(Path(_EVENINGS.name) / f"{kind}-{number}-{hash(parts)}.db")
    walk.prepare(replace(surface(kind), format=case.format), case.more)
    for who, text in case.says:
        walk.ask(who, text)
    end(walk)
    return walk


def handed(kind: str, number: int, clerk: bool = False) -> Handed:
    """What is handed over of an evening, written by the pages that there are now."""
    walk = _played(kind, number, registry.talks(), registry.vocabulary())
    walk.session._pages = registry.pages()
    return walk.session.hand_over("ons-gesprek", clerk)


def exported(kind: str, _folder: Path) -> None:
    its = surface(kind)
    assert registry.pages().by_kind[kind].order == its.order
    for number, case in enumerate(its.exported):
        _export(kind, case, handed(kind, number, clerk=True))


def _export(kind: str, case: Evening, found: Handed) -> None:
    text = {name: data.decode("utf-8-sig") for name, data in found.files.items()}
    rounds = [str(n) for n, one in enumerate(found.result.rounds, 1) if one.kind == kind]
    assert rounds
    table = csv.reader(io.StringIO(text["uitslag.csv"], newline=""), delimiter=";")
    lines = [row for row in table if row[0] in rounds]
    meant = [row.split(";") for row in case.rows]
    assert [row[: len(one)] for row, one in zip(lines, meant, strict=True)] == meant
    page = text.get("advies.md") or text["verslag.md"]
    if case.drawn:
        written = text.get("advies.html") or text["verslag.html"]
        assert written.count('class="picture every"') == 1  # at the top of the page
        assert written.count('<svg class="picture"') == 1  # in the appendix
    assert [words for words in case.page if words not in page] == [], page
    assert [words for words in case.absent if words in page] == [], page
    places = [page.index(words) for words in case.page]
    assert places == sorted(places), list(zip(places, case.page, strict=True))
    texts = text["teksten.csv"].splitlines()
    assert [line for line in case.texts if line not in texts] == []
    cast = [line.split(";") for line in text["stemmen.csv"].splitlines()[1:]]
    assert sorted(row[3] for row in cast if row[0] in rounds) == sorted(case.typed)
    votes = [line.split(",")[-1] for line in text.get("votes.csv", "").splitlines()[1:]]
    assert sorted(votes) == sorted(case.polis)


def forged(kind: str, folder: Path) -> None:
    """verify finds an honest bundle right, and names each figure that was changed."""
    its = surface(kind)
    for number in range(len(its.exported)):
        out = folder / f"honest-{number}"
        put_bundle(handed(kind, number).files, out)
        found = verified(out).differences
        assert found == (), [difference.sentence() for difference in found]
    for number, case in enumerate(its.forged):
        files = handed(kind, case.evening).files
        result = json.loads(files["uitslag.json"])
        place = result
        for key in case.path[:-1]:
            place = place[key]
        value = case.value
        place[case.path[-1]] = value(place[case.path[-1]]) if callable(value) else value
        files = {n: d for n, d in files.items() if n != manifest.PUBLIC}
        files["uitslag.json"] = encode(registry.pages().decode(json.dumps(result).encode()))
        out = folder / f"forged-{number}"
        put_bundle(files | {manifest.PUBLIC: manifest.listing(files)}, out)
        codes = {difference.code for difference in verified(out).differences}
        assert set(case.codes) <= codes, (case, codes)
