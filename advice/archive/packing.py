"""What goes to the archive of a dialogue: its documents of every version, the clerk's files, the
list of decisions, and metadata beside each of them. Pure.

A dossier has pieces, and a piece has files. Beside each stands its metadata as XML (``mdto.py``):
``NAME.mdto.xml`` of a dossier or piece, ``FILE.bestand.mdto.xml`` of a file. The same database
gives the same bytes: no clock is read, a sum is dated by the line of the journal it was made at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import PurePosixPath

from advice import manifest
from advice.archive import mdto

#: The list over all files of the archive.
SUMS = "SHA256SUMS.archief"

#: The folders of the clerk's file, the list of decisions and what became of the advice.
CLERK, DECISIONS, FOLLOW_UP = "griffie", "besluiten", "opvolging"

#: How the names of metadata end, and those of a file's.
METADATA, ABOUT_FILE = ".mdto.xml", ".bestand.mdto.xml"

#: The clerk's journal behind that of the bundle and its words, where nothing became of it.
JOURNAL, TEXTS = "vervolg.jsonl", "vervolg-teksten.jsonl"

#: Where the system that gives the ids stands, as MDTO's source of an id.
_SOURCE = "Stadsgesprek"

_MEDIA = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".json": "application/json",
    ".jsonl": "text/plain",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Kind(StrEnum):
    """The kinds of records, each with a term of its own in the config."""

    ADVICE = "advice"
    REPORT = "report"
    CLERK = "clerk"
    DECISIONS = "decisions"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the dossier: the folder of its ``files`` and their bytes, its kind, its name and
    what it is, when its files were made (UTC ISO) and why its use is limited ("": it is public)."""

    folder: str
    kind: Kind
    name: str
    about: str
    files: Mapping[str, bytes]
    at: str
    limits: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is archived: the dialogue's id, title, subject and language, from when to when it was
    (local days), its parts, and the body that made it. ``years`` are the terms by kind; 0: kept for
    good. They count from the day on which the dialogue closed."""

    id: str
    title: str
    about: str
    language: str
    begins: date
    ends: date
    parts: Sequence[Part]
    maker: mdto.Maker
    years: Mapping[Kind, int]


def packed(dossier: Dossier) -> dict[str, bytes]:
    """Every file of the archive by its path in the folder."""
    files: dict[str, bytes] = {}
    for part in dossier.parts:
        files |= _part(dossier, part)
    files[f"{dossier.id}{METADATA}"] = mdto.piece(_whole(dossier), dossier.maker, _SOURCE)
    files[SUMS] = manifest.listing(files)
    return files


def _whole(dossier: Dossier) -> mdto.Piece:
    """The dossier is kept as long as what is kept longest in it."""
    years = [dossier.years[part.kind] for part in dossier.parts]
    return mdto.Piece(
        id=dossier.id,
        name=dossier.title,
        level="Dossier",
        about=dossier.about,
        language=dossier.language,
        begins=dossier.begins.isoformat(),
        ends=dossier.ends.isoformat(),
        term=mdto.Term(0 if 0 in years else max(years), dossier.ends),
        limits=next((part.limits for part in dossier.parts if part.limits), ""),
        parts=tuple((_id(dossier, part), part.name) for part in dossier.parts),
    )


def _id(dossier: Dossier, part: Part, name: str = "") -> str:
    return "/".join(filter(None, (dossier.id, part.folder, name)))


def _part(dossier: Dossier, part: Part) -> dict[str, bytes]:
    folder, of = PurePosixPath(part.folder), (_id(dossier, part), part.name)
    described = mdto.Piece(
        id=of[0],
        name=part.name,
        level="Archiefstuk",
        about=part.about,
        language=dossier.language,
        begins=dossier.begins.isoformat(),
        ends=dossier.ends.isoformat(),
        term=mdto.Term(dossier.years[part.kind], dossier.ends),
        limits=part.limits,
        files=tuple((_id(dossier, part, name), name) for name in sorted(part.files)),
        whole=(dossier.id, dossier.title),
    )
    found = {
        str(folder / f"{folder.name}{METADATA}"): mdto.piece(described, dossier.maker, _SOURCE)
    }
    for name in sorted(part.files):
        data = part.files[name]
        file = mdto.File(
            id=_id(dossier, part, name),
            name=name,
            media=_MEDIA.get(PurePosixPath(name).suffix, "text/plain"),
            size=len(data),
            sha256=manifest.sha256(data),
            at=part.at.removesuffix("Z"),
            of=of,
        )
        found[str(folder / name)] = data
        found[str(folder / f"{name}{ABOUT_FILE}")] = mdto.file(file, _SOURCE)
    return found
