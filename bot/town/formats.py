"""Reads format files: the rounds of a dialogue with their settings.

The built-in formats stand in ``dialogues/formats``; a town may name a folder of its own. A
format's id is its file name. A town's file with the name of a built-in format takes its place:
that is how a town gives ``gesprek`` other settings, and a dialogue keeps the whole format it was
opened with in its journal. Each kind of round has its own settings; any other is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import msgspec

import dialogues
from bot.town import reading
from commands.cleaning import visible
from dialogues.format import Format, RoundPlan
from dialogues.kinds import Kinds
from dialogues.machine import Machine

BUILT_IN = Path(dialogues.__file__).parent / "formats"

_ID = r"[a-z][a-z0-9_-]{0,39}"
_Id: TypeAlias = Annotated[str, msgspec.Meta(pattern=rf"^({_ID})?$")]
_Title: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
_Days: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=365)]
_Minutes: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=7 * 24 * 60)]
_Length: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=2000)]

#: The settings of every kind of round; ``collecting_margin`` only where it collects.
_EVERY = ("title", "title_en", "days", "reminder", "length")
_MARGIN = "collecting_margin"


class FormatError(Exception):
    """A format file that cannot be used: which file, which key (may be empty), and why."""

    def __init__(self, file: Path, key: str, reason: str) -> None:
        super().__init__(f"{file}: {key + ': ' if key else ''}{reason}")
        self.file = file
        self.key = key
        self.reason = reason


class _Round(msgspec.Struct, tag_field="kind", forbid_unknown_fields=True, kw_only=True):
    """The settings that every kind of round has."""

    title: _Title
    title_en: str = ""
    days: _Days = 7
    reminder: _Minutes = 10
    length: _Length = 280


def _struct(machine: Machine) -> type[_Round]:
    """The type that a round of this kind is decoded as."""
    own: list[tuple[str, Any, Any]] = []
    if machine.collects:
        own.append((_MARGIN, _Minutes, 10))
    for field in fields(machine.settings):
        kind: Any = bool
        if not isinstance(field.default, bool):
            meta = msgspec.Meta(ge=field.metadata["least"], le=field.metadata["most"])
            kind = Annotated[int, meta]
        assert field.default is not MISSING
        own.append((field.name, kind, field.default))
    made: Any = msgspec.defstruct(
        machine.kind,
        own,
        bases=(_Round,),
        tag=machine.kind,
        tag_field="kind",
        forbid_unknown_fields=True,
        kw_only=True,
    )
    return made  # type: ignore[no-any-return]


class _Reader:
    """Reads files with rounds of these kinds."""

    def __init__(self, kinds: Kinds) -> None:
        self.kinds = kinds
        self.structs: Mapping[str, type[_Round]] = {
            name: _struct(machine) for name, machine in sorted(kinds.machines.items())
        }
        every: Any = reduce(or_, self.structs.values())
        rounds = Annotated[list[every], msgspec.Meta(min_length=1)]
        names: list[Any] = [("title", _Title), ("rounds", rounds)]
        content: list[Any] = [*names, ("imported", bool, False), ("english", _Id, "")]
        self.file = msgspec.defstruct("File", content, forbid_unknown_fields=True)

    def read(self, file: Path) -> Format:
        if not re.fullmatch(_ID, file.stem):
            raise FormatError(
                file, "", "a format's file name is its id: small letters, digits, hyphens"
            )
        try:
            data = reading.toml(file)
        except OSError as error:
            raise FormatError(file, "", f"cannot be read ({error.strerror})") from error
        except reading.BadText as error:
            raise FormatError(file, "", str(error)) from error
        self._check_settings(file, data)
        try:
            content: Any = msgspec.convert(data, self.file)
        except RecursionError as error:
            raise FormatError(file, "", "too much stands within itself") from error
        except msgspec.ValidationError as error:
            raise self._explained(file, str(error)) from error
        self._check_titles(file, content)
        plans = self._plans(file, content)
        return Format(file.stem, content.title, plans, content.imported, content.english)

    def _check_settings(self, file: Path, data: dict[str, Any]) -> None:
        """Raise ``FormatError`` for a setting that is unknown or of another kind, with a better
        message than the decoder gives."""
        rounds = data.get("rounds")
        for place, given in enumerate(rounds if isinstance(rounds, list) else ()):
            kind = given.get("kind") if isinstance(given, dict) else None
            if not isinstance(kind, str) or kind not in self.structs:
                continue
            for key in given:
                if key != "kind" and key not in self.structs[kind].__struct_fields__:
                    raise FormatError(file, f"rounds[{place}].{key}", self._reason(key, kind))

    def _check_titles(self, file: Path, content: Any) -> None:
        """Raise ``FormatError`` for a title in which nothing can be read."""
        given = {"title": content.title}
        for place, its in enumerate(content.rounds):
            given[f"rounds[{place}].title"] = its.title
            if its.title_en:
                given[f"rounds[{place}].title_en"] = its.title_en
        for key, title in given.items():
            if not visible(title).strip():
                raise FormatError(file, key, "this is blank; write a title")

    def _reason(self, key: str, kind: str) -> str:
        others = [n for n, struct in self.structs.items() if key in struct.__struct_fields__]
        if others:
            return f"is a setting of {' and '.join(others)}, not of {kind}"
        own = ", ".join(self.structs[kind].__struct_fields__)
        return f"there is no such setting; {kind} has {own}"

    def _explained(self, file: Path, message: str) -> FormatError:
        """A decoder's message taken apart: what is wrong, and at which key."""
        reason, _, path = message.partition(" - at `$")
        path = path.rstrip("`").lstrip(".")
        field = re.search(r"(?:required|unknown) field `(\w+)`", reason)
        if field:
            path = f"{path}.{field[1]}".lstrip(".")
            reason = "is missing" if "required" in reason else "there is no such setting"
        if "Invalid value" in reason and path.endswith(".kind"):
            reason = f"there is no such kind; the kinds are {', '.join(self.structs)}"
        return FormatError(file, path, reason[0].lower() + reason[1:])

    def _plans(self, file: Path, content: Any) -> tuple[RoundPlan, ...]:
        plans: list[RoundPlan] = []
        for place, given in enumerate(content.rounds):
            machine = self.kinds.machines[str(given.__struct_config__.tag)]
            earlier = (self.kinds.machines[plan.kind] for plan in plans)
            if machine.rests_on_others and not any(m.candidates for m in earlier):
                usable = [n for n, m in sorted(self.kinds.machines.items()) if m.candidates]
                why = f"a {machine.kind} round needs one of these before it: {', '.join(usable)}"
                raise FormatError(file, f"rounds[{place}]", why)
            plans.append(_plan(machine, given))
        return tuple(plans)


def _plan(machine: Machine, given: _Round) -> RoundPlan:
    every = {name: getattr(given, name) for name in _EVERY}
    margin = getattr(given, _MARGIN, 0)  # where nothing is collected there is none
    own = {field.name: getattr(given, field.name) for field in fields(machine.settings)}
    return RoundPlan(machine.kind, **every, collecting_margin=margin, settings=own)


def load(kinds: Kinds, folder: Path | None = None) -> dict[str, Format]:
    """Every format by its id: the built-in ones, and those of the town's own folder."""
    reader = _Reader(kinds)
    formats = _load_folder(reader, BUILT_IN)
    if folder is not None:
        if not folder.is_dir():
            raise FormatError(folder, "", "there is no such folder")
        own = _load_folder(reader, folder)
        formats |= own
        for name, plan in own.items():
            _check_english(folder / f"{name}.toml", plan, formats)
    return dict(sorted(formats.items()))


def _check_english(file: Path, plan: Format, formats: Mapping[str, Format]) -> None:
    """Raise ``FormatError`` for an English name that is typed for another format already."""
    others = (other for other in formats.values() if other.id != plan.id)
    taken = next((o.id for o in others if plan.english and plan.english in (o.id, o.english)), "")
    if taken:
        why = f"{plan.english!r} is typed for the format {taken!r} already; choose another name"
        raise FormatError(file, "english", why)


def named(formats: Mapping[str, Format]) -> dict[str, str]:
    """What may be typed for each format, its English name or its id, and the id."""
    english = {plan.english: name for name, plan in formats.items() if plan.english}
    return english | {name: name for name in formats}


def _load_folder(reader: _Reader, folder: Path) -> dict[str, Format]:
    return {file.stem: reader.read(file) for file in sorted(folder.glob("*.toml"))}


def read(kinds: Kinds, file: Path) -> Format:
    """One format file; raises ``FormatError`` with the file, the key and the reason."""
    return _Reader(kinds).read(file)
