"""The forms of a document that are asked for with ``--format``, in the town's own colours."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from advice.writing.forms import Form, with_forms
from advice.writing.pdf import NoTypesetter
from advice.writing.theme import NEUTRAL, Theme
from advice.writing.workbook import NoWriter
from bot.cli.output import config_at
from bot.documents.handover import Handed
from rounds import registry


class NoLibrary(Exception):  # noqa: N818 - says what is missing
    """What writes a form is not installed; its words say how to get it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The forms that were asked for, and how they look."""

    forms: frozenset[Form] = frozenset()
    theme: Theme = NEUTRAL

    def added(self, handed: Handed, beside: Mapping[str, bytes]) -> dict[str, bytes]:
        """The files of a bundle, what became of it and what was asked for; what lies ``beside`` it
        gets in the ZIP. Raises ``NoLibrary`` and ``quotes.Misquoted``."""
        files = handed.files | handed.followed
        try:
            return with_forms(
                files, handed.result, registry.pages(), self.forms, self.theme, beside
            )
        except NoTypesetter as error:
            raise NoLibrary(_MISSING.format("PDFs", "typst")) from error
        except NoWriter as error:
            raise NoLibrary(_MISSING.format("workbooks", "XlsxWriter")) from error


_MISSING = "{} need {}, which is not installed here: pip install 'stadsgesprek[documents]'"


def asked_for(forms: Collection[str], config: Path | None, here: bool = True) -> Asked:
    """The forms of these names, with the theme of the config that was named, or with ``here`` lies
    in this folder. Raises ``ConfigError``."""
    if not forms:
        return Asked()
    found = config_at(config) if config is not None or here else None
    theme = found.theme if found is not None else NEUTRAL
    return Asked(frozenset(map(Form, forms)), theme)
