"""One stored journal line of every event and version ever released, which must stay readable.

``python -m tests.dialogues.lines`` adds a line for each event (and version) that has none yet:
those of a kind of round in ``tests/rounds/KIND/lines.jsonl``, others in ``lines.jsonl`` beside this
file. A line that was shipped is never changed or taken out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from inspect import signature
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from msgspec import StructMeta

from dialogues.core import Text
from rounds.registry import record

TESTS = Path(__file__).parents[1]
AT = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)


def example(kind: Any, name: str) -> Any:
    """A plain value of a type, the same every time; no optional field is left out."""
    if isinstance(kind, UnionType):
        return example(next(k for k in get_args(kind) if k is not type(None)), name)
    if get_origin(kind) is tuple:
        parts = get_args(kind)
        return tuple(example(part, name) for part in parts if part is not ...)
    if get_origin(kind) is Mapping:
        return {name: example(get_args(kind)[1], name)}
    if is_dataclass(kind) or isinstance(kind, StructMeta):
        hints = get_type_hints(kind)
        return kind(**{field: example(hints[field], field) for field in signature(kind).parameters})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return list(kind)[-1]
    simple = {bool: True, int: 3, str: name, date: date(2026, 12, 15), datetime: AT}
    return simple.get(kind) or Text("", "t1", "5ea1")


def stored() -> list[bytes]:
    """Every line, of all files."""
    files = [TESTS / "dialogues/lines.jsonl", *sorted(TESTS.glob("rounds/*/lines.jsonl"))]
    return [line for file in files for line in file.read_bytes().splitlines()]


def file_of(event: type) -> Path:
    """Where the line of an event stands."""
    room, *parts = event.__module__.split(".")
    return TESTS / (f"rounds/{parts[0]}" if room == "rounds" else "dialogues") / "lines.jsonl"


def main() -> None:
    journal, known = record(), stored()
    for event, name in sorted(journal.names.items(), key=lambda pair: pair[1]):
        if any(b(name) in line for line in known):
            continue
        value = example(event, event.__name__)
        line = journal.write("straat", len(known) + 1, AT, "iemand", value)
        known.append(line)
        with file_of(event).open("ab") as file:
            file.write(line + b"\n")
        print(f"added {name}")


def b(name: str) -> bytes:
    return f'"{name}"'.encode()


if __name__ == "__main__":
    main()
