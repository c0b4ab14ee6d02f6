"""The texts, one TOML file a language: ``code = "a small Jinja2 text"``.

``nl.toml`` is the default language and complete; every other file has the same codes with the
same placeholders (a test holds it). ``glossary.toml`` is no language: it explains the words that
a reader may not know. A new language is one new file here, and one in the folder of each kind of
round: the texts of a kind stand there, under ``[chat]``, and are added to these. Those of meetings
stand in their folder in the same way.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: Files in the folder that are no language.
NO_LANGUAGE = frozenset({"glossary"})

_CODE = re.compile(r"[a-z][a-z0-9_]*")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")


class CatalogueError(Exception):
    """A file that cannot be used; the sentence names the file, the code and the reason."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All texts of one language, by code."""

    language: str
    texts: Mapping[str, str]


def load(kinds: Iterable[Path] = (), folder: Path | None = None) -> dict[str, Catalogue]:
    """The catalogues in ``folder`` (default: this one), by language, with the texts of the
    ``kinds`` of rounds: folders with one file for each language."""
    files = sorted((folder or Path(__file__).parent).glob("*.toml"))
    found = {file.stem: read(file) for file in files if file.stem not in NO_LANGUAGE}
    for kind in kinds:
        for language, catalogue in found.items():
            own = _texts(kind / f"{language}.toml", "chat")
            twice = own.keys() & catalogue.texts.keys()
            if twice:
                raise CatalogueError(f"{kind.name}/{language}.toml: {min(twice)} is there already")
            found[language] = Catalogue(language, {**catalogue.texts, **own})
    return found


def read(file: Path) -> Catalogue:
    """One language from one file."""
    return Catalogue(file.stem, _texts(file))


def _texts(file: Path, table: str = "") -> dict[str, str]:
    """The texts of a file, or of one table of it."""
    name = f"{file.parent.name}/{file.name}" if table else file.name
    try:
        texts: Any = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, FileNotFoundError) as error:
        raise CatalogueError(f"{name} cannot be read: {error}") from error
    if table:
        texts = texts.get(table, {})
    for code, text in texts.items():
        if not _CODE.fullmatch(code):
            raise CatalogueError(f"{name}: {code!r} is no code (small letters, digits, _)")
        if not isinstance(text, str):
            raise CatalogueError(f"{name}: {code} is no text")
        if _CONTROL.search(text):
            raise CatalogueError(f"{name}: {code} holds a tab or a control character")
    return dict(texts)
