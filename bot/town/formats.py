"""Reads format files: the row of rounds a dialogue can follow.

The built-in formats stand in ``dialogues/formats``; a town may name a folder of its own. A
format's id is its file name. A town's file with the name of a built-in format takes its place:
that is how a town gives ``gesprek`` other settings, and a dialogue keeps the whole format it was
opened with in its journal. Each kind of round has its own settings; any other is refused.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import msgspec

import dialogues
from dialogues.format import Format, Kind, RoundPlan

BUILT_IN = Path(dialogues.__file__).parent / "formats"

_Title: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
_Days: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=365)]
_Minutes: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=7 * 24 * 60)]
_Length: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=2000)]
_Number: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=1000)]
_AtOnce: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=5)]
_Percent: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=100)]


class FormatError(Exception):
    """A format file that cannot be used: which file, which key (may be empty), and why."""

    def __init__(self, file: Path, key: str, reason: str) -> None:
        super().__init__(f"{file}: {key + ': ' if key else ''}{reason}")
        self.file = file
        self.key = key
        self.reason = reason


class _Round(msgspec.Struct, tag_field="kind", forbid_unknown_fields=True, kw_only=True):
    """What every kind of round has."""

    title: _Title
    title_en: str = ""
    days: _Days = 7
    reminder: _Minutes = 10
    length: _Length = 280


class _Statements(_Round, tag="statements"):
    collecting_margin: _Minutes = 10
    per_person: _Number = 3
    offer: _AtOnce = 5
    reason_every: _Number = 3
    near_duplicates: bool = True
    threshold: _Percent = 80


class _Poll(_Round, tag="poll"):
    collecting_margin: _Minutes = 10
    per_person: _Number = 3


class _Questions(_Round, tag="questions"):
    collecting_margin: _Minutes = 10
    per_person: _Number = 3
    offer: _AtOnce = 5
    near_duplicates: bool = True
    threshold: _Percent = 80


class _Closing(_Round, tag="closing"):
    prepare: _Minutes = 60


class _File(msgspec.Struct, forbid_unknown_fields=True):
    title: _Title
    rounds: Annotated[list[_Statements | _Poll | _Questions | _Closing], msgspec.Meta(min_length=1)]
    imported: bool = False


_KINDS: dict[str, type[_Round]] = {
    "closing": _Closing,
    "poll": _Poll,
    "questions": _Questions,
    "statements": _Statements,
}


def load(folder: Path | None = None) -> dict[str, Format]:
    """Every format by its id: the built-in ones, and those of the town's own folder."""
    formats = _load_folder(BUILT_IN)
    if folder is not None:
        if not folder.is_dir():
            raise FormatError(folder, "", "there is no such folder")
        formats |= _load_folder(folder)
    return dict(sorted(formats.items()))


def _load_folder(folder: Path) -> dict[str, Format]:
    return {file.stem: read(file) for file in sorted(folder.glob("*.toml"))}


def read(file: Path) -> Format:
    """One format file; raises ``FormatError`` with the file, the key and the reason."""
    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,39}", file.stem):
        raise FormatError(
            file, "", "a format's file name is its id: small letters, digits, hyphens"
        )
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise FormatError(file, "", f"cannot be read ({type(error).__name__})") from error
    except tomllib.TOMLDecodeError as error:
        raise FormatError(file, "", f"is not TOML: {error}") from error
    _check_settings(file, data)
    try:
        content = msgspec.convert(data, _File)
    except msgspec.ValidationError as error:
        raise _explained(file, str(error)) from error
    return Format(file.stem, content.title, tuple(_plans(file, content)), content.imported)


def _check_settings(file: Path, data: dict[str, Any]) -> None:
    """Name a setting that is unknown, or that is another kind's, better than a decoder can."""
    rounds = data.get("rounds")
    for place, given in enumerate(rounds if isinstance(rounds, list) else ()):
        kind = given.get("kind") if isinstance(given, dict) else None
        if not isinstance(kind, str) or kind not in _KINDS:
            continue
        for key in given:
            if key != "kind" and key not in _KINDS[kind].__struct_fields__:
                raise FormatError(file, f"rounds[{place}].{key}", _reason(key, kind))


def _reason(key: str, kind: str) -> str:
    others = [name for name, struct in _KINDS.items() if key in struct.__struct_fields__]
    if others:
        return f"is a setting of {' and '.join(others)}, not of {kind}"
    return f"there is no such setting; {kind} has {', '.join(_KINDS[kind].__struct_fields__)}"


def _explained(file: Path, message: str) -> FormatError:
    """A decoder's message taken apart: what is wrong, and at which key."""
    reason, _, path = message.partition(" - at `$")
    path = path.rstrip("`").lstrip(".")
    field = re.search(r"(?:required|unknown) field `(\w+)`", reason)
    if field:
        path = f"{path}.{field[1]}".lstrip(".")
        reason = "is missing" if "required" in reason else "there is no such setting"
    if "Invalid value" in reason and path.endswith(".kind"):
        reason = f"there is no such kind; the kinds are {', '.join(_KINDS)}"
    return FormatError(file, path, reason[0].lower() + reason[1:])


def _plans(file: Path, content: _File) -> list[RoundPlan]:
    plans: list[RoundPlan] = []
    for place, given in enumerate(content.rounds):
        settings = msgspec.structs.asdict(given)
        kind = Kind(str(given.__struct_config__.tag))
        if kind is Kind.CLOSING:
            if not any(plan.kind in (Kind.STATEMENTS, Kind.POLL) for plan in plans):
                raise FormatError(
                    file, f"rounds[{place}]", "a closing round needs statements or a poll before it"
                )
            settings["collecting_margin"] = 0  # nothing is collected
        plans.append(RoundPlan(kind, **settings))
    return plans
