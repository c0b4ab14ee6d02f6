"""Metadata of what is handed to an archive, as XML in the form of MDTO 1.0.1.

MDTO (Metagegevens voor duurzaam toegankelijke overheidsinformatie, of the Nationaal Archief) has
two kinds of objects that are used here: an *informatieobject* (a dossier, and each piece in it) and
a *bestand* (each file). Its schema fixes the order of the elements; they are written in that order.
Which fields are filled with what stands in docs/archive.md. The text of every element is data: the
writer of the XML library escapes it, and what XML cannot hold is taken out before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, SubElement, indent, tostring

NAMESPACE = "https://www.nationaalarchief.nl/mdto"
_SCHEMA = f"{NAMESPACE} {NAMESPACE}/MDTO-XML1.0.1.xsd"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"

#: The most characters that MDTO advises for a name.
NAME_LIMIT = 80

#: What an XML 1.0 file cannot hold, not even escaped.
_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: A duration of so many years, as XML has it.
_YEARS = "P{}Y"

_LEVELS = "Begrippenlijst Aggregatieniveaus MDTO"
_VALUES = "Begrippenlijst Waarderingen MDTO"
_SUMS = "Begrippenlijst ChecksumAlgoritme MDTO"
_MEDIA = "IANA media types"
_USE = "Begrippen van Stadsgesprek"


@dataclass(frozen=True, slots=True)
class Maker:
    """The body that made the records, with its ``code`` in a ``register`` where it has one; the
    ``selection`` list that its terms come from, and the ``category`` in it ("" where unknown)."""

    name: str
    code: str = ""
    register: str = ""
    selection: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """How long something is kept, from the day after which it counts; ``years`` 0: for good."""

    years: int
    since: date

    @property
    def ends(self) -> date:
        """The last day; the 29th of February becomes the 28th in a year that has none."""
        try:
            return self.since.replace(year=self.since.year + self.years)
        except ValueError:
            return self.since.replace(year=self.since.year + self.years, day=28)


@dataclass(frozen=True, slots=True)
class Piece:
    """An information object: its id, name and level, what it is, in which language and from when to
    when (ISO days). ``limits`` says why its use is limited, "" where it is public. ``parts`` and
    ``files`` are the ids and names of what it holds, ``whole`` those of what it is a part of."""

    id: str
    name: str
    level: str
    about: str
    language: str
    begins: str
    ends: str
    term: Term
    limits: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    whole: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file: its id, name and media type, its size and SHA-256, when that was computed (UTC ISO
    without fractions), and the piece that it stands for."""

    id: str
    name: str
    media: str
    size: int
    sha256: str
    at: str
    of: tuple[str, str]


def piece(found: Piece, maker: Maker, source: str) -> bytes:
    """The metadata of an information object; ``source`` names the system that gives the ids."""
    root, made = _root("informatieobject")
    _identity(made, "identificatie", found.id, source)
    _text(made, "naam", _named(found.name))
    _term(made, "aggregatieniveau", found.level, _LEVELS)
    _text(made, "omschrijving", found.about)
    covers = SubElement(made, "dekkingInTijd")
    _term(covers, "dekkingInTijdType", "Looptijd", _USE)
    _text(covers, "dekkingInTijdBegindatum", found.begins)
    _text(covers, "dekkingInTijdEinddatum", found.ends)
    _text(made, "taal", found.language)
    _kept(made, found.term, maker)
    if found.whole is not None:
        _refer(made, "isOnderdeelVan", found.whole, source)
    for part in found.parts:
        _refer(made, "bevatOnderdeel", part, source)
    for file in found.files:
        _refer(made, "heeftRepresentatie", file, source)
    by = SubElement(made, "archiefvormer")
    _text(by, "verwijzingNaam", maker.name)
    if maker.code:
        _identity(by, "verwijzingIdentificatie", maker.code, maker.register)
    limited = SubElement(made, "beperkingGebruik")
    _term(limited, "beperkingGebruikType", "Beperkt" if found.limits else "Openbaar", _USE)
    if found.limits:
        _text(limited, "beperkingGebruikNadereBeschrijving", found.limits)
    return _bytes(root)


def file(found: File, source: str) -> bytes:
    """The metadata of a file."""
    root, made = _root("bestand")
    _identity(made, "identificatie", found.id, source)
    _text(made, "naam", _named(found.name))
    _text(made, "omvang", str(found.size))
    _term(made, "bestandsformaat", found.media, _MEDIA)
    checked = SubElement(made, "checksum")
    _term(checked, "checksumAlgoritme", "SHA-256", _SUMS)
    _text(checked, "checksumWaarde", found.sha256)
    _text(checked, "checksumDatum", found.at)
    _refer(made, "isRepresentatieVan", found.of, source)
    return _bytes(root)


def _kept(made: Element, term: Term, maker: Maker) -> None:
    """What becomes of it: kept for good, or until a day; and by which category."""
    if term.years:
        _term(made, "waardering", "Tijdelijk te bewaren", _VALUES)
        until = SubElement(made, "bewaartermijn")
        _text(until, "termijnStartdatumLooptijd", term.since.isoformat())
        _text(until, "termijnLooptijd", _YEARS.format(term.years))
        _text(until, "termijnEinddatum", term.ends.isoformat())
    else:
        _term(made, "waardering", "Blijvend te bewaren", _VALUES)
    if maker.category:
        _term(made, "informatiecategorie", maker.category, maker.selection)


def _root(kind: str) -> tuple[Element, Element]:
    schema = {"xmlns": NAMESPACE, "xmlns:xsi": _INSTANCE, "xsi:schemaLocation": _SCHEMA}
    root = Element("MDTO", schema)
    return root, SubElement(root, kind)


def _identity(parent: Element, name: str, id: str, source: str) -> None:
    made = SubElement(parent, name)
    _text(made, "identificatieKenmerk", id)
    _text(made, "identificatieBron", source)


def _term(parent: Element, name: str, label: str, listed: str) -> None:
    """A term, and the list that it comes from."""
    made = SubElement(parent, name)
    _text(made, "begripLabel", label)
    _text(SubElement(made, "begripBegrippenlijst"), "verwijzingNaam", listed)


def _refer(parent: Element, name: str, to: tuple[str, str], source: str) -> None:
    made = SubElement(parent, name)
    _text(made, "verwijzingNaam", _named(to[1]))
    _identity(made, "verwijzingIdentificatie", to[0], source)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _IMPOSSIBLE.sub("\ufffd", text)


def _named(name: str) -> str:
    return name if len(name) <= NAME_LIMIT else name[: NAME_LIMIT - 1] + "…"


def _bytes(root: Element) -> bytes:
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
