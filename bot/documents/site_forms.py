"""The other forms of the documents on a town's site: the PDF and the workbook, made where something
in them changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from advice.kinds import AllPages
from advice.model import Result
from advice.writing.forms import Form, alone, follow_up
from advice.writing.theme import Theme
from bot.documents.site_folder import SiteFolder


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder of the site, as where forms were made before."""

    site: SiteFolder
    folder: str

    def found(self, name: str, key: str) -> bytes | None:
        return self.site.found(f"{self.folder}/{name}", key)

    def keep(self, name: str, key: str, data: bytes) -> None:
        self.site.made(f"{self.folder}/{name}", key, data)


def forms_of(
    result: Result,
    pages: AllPages,
    wanted: Collection[Form],
    theme: Theme,
    site: SiteFolder,
    folder: str,
) -> dict[str, bytes]:
    """The forms of a version that stand in a ``folder`` of the site, by their names."""
    return alone(result, pages, wanted, theme, _Place(site, folder))


def with_pdf(
    files: Mapping[str, bytes],
    pages: AllPages,
    wanted: Collection[Form],
    theme: Theme,
    site: SiteFolder,
    folder: str,
) -> dict[str, bytes]:
    """The files of what became of an advice, in a ``folder`` of the site, with the PDF of it where
    that is wanted."""
    if Form.PDF not in wanted:
        return dict(files)
    return {**files, **follow_up(files, pages, theme, _Place(site, folder))}
