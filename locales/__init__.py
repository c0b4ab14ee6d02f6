"""The texts, one TOML file a language: ``code = "a small Jinja2 text"``.

``nl.toml`` is the default language and complete; every other file has the same codes with the
same placeholders (a test holds it). ``glossary.toml`` is no language: it explains the words that
a reader may not know. A new language is one new file here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

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


def load(folder: Path | None = None) -> dict[str, Catalogue]:
    """Every catalogue in the folder (this one when none is given), by language."""
    files = sorted((folder or Path(__file__).parent).glob("*.toml"))
    return {file.stem: read(file) for file in files if file.stem not in NO_LANGUAGE}


def read(file: Path) -> Catalogue:
    """One language from one file."""
    try:
        texts = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{file.name} cannot be read: {error}") from error
    for code, text in texts.items():
        if not _CODE.fullmatch(code):
            raise CatalogueError(f"{file.name}: {code!r} is no code (small letters, digits, _)")
        if not isinstance(text, str):
            raise CatalogueError(f"{file.name}: {code} is no text")
        if _CONTROL.search(text):
            raise CatalogueError(f"{file.name}: {code} holds a tab or a control character")
    return Catalogue(file.stem, texts)
