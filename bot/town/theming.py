"""The theme of a town's documents, from ``[theme]`` in its config, checked at the start."""

from __future__ import annotations

from pathlib import Path

import msgspec

from advice.writing.logo import LARGEST, Logo, Unfit, logo
from advice.writing.theme import Theme, chosen, faults
from bot.town.config_file import ConfigError, ThemeColours, ThemeValues


def theme(path: Path, values: ThemeValues) -> Theme:
    """The theme that a config at ``path`` chooses; raises ``ConfigError`` where letters could not
    be read with it, or the logo cannot be used."""
    made = chosen(
        _given(values.light), _given(values.dark), _given(values.print), _logo(path, values)
    )
    for fault in faults(made):
        raise ConfigError(path, f"theme.{fault.surface}.{fault.token}", fault.why)
    return made


def _given(colours: ThemeColours) -> dict[str, str]:
    """The colours that were set, in small letters."""
    return {
        token: value.lower() for token, value in msgspec.structs.asdict(colours).items() if value
    }


def _logo(path: Path, values: ThemeValues) -> Logo | None:
    if not values.logo:
        if values.logo_text:
            raise ConfigError(path, "theme.logo_text", "there is no logo to say this of; name one")
        return None
    file = path.parent / values.logo
    try:
        if not file.is_file():
            raise ConfigError(path, "theme.logo", f"there is no file {values.logo!r}")
        with file.open("rb") as opened:
            return logo(opened.read(LARGEST + 1), values.logo_text.strip())
    except OSError as error:
        raise ConfigError(path, "theme.logo", f"it cannot be read ({error.strerror})") from error
    except Unfit as error:
        raise ConfigError(path, "theme.logo", f"{values.logo!r}: {error}") from error
