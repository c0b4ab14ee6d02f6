"""Values for every text of a catalogue, inferred from what the text does with them.

Each branch is reached because every value takes in turn every alternative the text distinguishes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from fnmatch import fnmatch
from itertools import islice, product
from typing import Any

from rounds.registry import KINDS
from tests.generated import some
from tests.locales.shapes import Reader, Shape, shapes

AT = datetime(2026, 12, 15, 19, 30, tzinfo=UTC)
WORDS = "Plant bomen bij de school"

#: The most combinations of one text's values; each alternative is there in any case.
_MOST = some(24, long=200)


def samples(code: str, texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Values with which a text is rendered in all its variants, in a round of every kind."""
    text = texts[code]
    kinds = {
        name: [kind for kind in KINDS if all(f"{kind}{end}" in texts for end in shape.endings)]
        for name, shape in shapes(text).items()
        if shape.endings
    }
    for chosen in _each(kinds):
        found = Reader(text, texts, chosen).shapes
        values = {name: _values(shape, texts) for name, shape in found.items()}
        yield from _each(values | {name: [kind] for name, kind in chosen.items()})


def _each(choices: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    """All combinations, or when they are many each alternative at least once."""
    size = 1
    for values in choices.values():
        size *= len(values)
    if size > _MOST:
        base = {name: values[0] for name, values in choices.items()}
        for name, values in choices.items():
            yield from (base | {name: value} for value in values)
    for combination in islice(product(*choices.values()), _MOST):
        yield dict(zip(choices, combination, strict=True))


def _values(shape: Shape, texts: Mapping[str, str]) -> list[Any]:
    values = _plain_values(shape, texts)
    nothing: list[Any] = []
    if shape.tested:
        nothing.append([] if shape.element else {} if shape.pairs else 0 if shape.number else None)
    if shape.optional:
        nothing.append(None)
    return values + [value for value in nothing if value not in values]


def _plain_values(shape: Shape, texts: Mapping[str, str]) -> list[Any]:
    if shape.attributes and not shape.element:
        inner = {name: _values(value, texts) for name, value in shape.attributes.items()}
        return list(islice(_each(inner), _MOST))
    if shape.pairs:
        keys, values = (_values(inner, texts) for inner in shape.pairs)
        return [dict(zip(keys, values, strict=False)) | {keys[0]: value} for value in values]
    if shape.element:
        inside = _values(shape.element, texts)
        return [inside[:3] + inside[:1], *([value] for value in inside)]
    if shape.codes:
        return sorted(
            code.removeprefix(cut)
            for cut, pattern in shape.codes
            for code in texts
            if fnmatch(code, pattern) and not (cut and shapes(texts[code]))
        )
    if shape.filters & {"moment", "day", "clock", "local", "until"}:
        return [AT]
    if shape.filters & {"count", "people"}:
        return [5, 1, 0] if shape.number else [5, 1, 0, None]
    if shape.filters & {"listing", "join", "length"}:
        return [[WORDS, WORDS, WORDS], [WORDS]]
    return _compared(shape)


def _compared(shape: Shape) -> list[Any]:
    constants = sorted(shape.constants - {None}, key=str)
    if any(isinstance(value, int) for value in constants) or shape.number:
        numbers = {value for value in constants if isinstance(value, int)}
        return sorted({2, 12} | numbers | {value + 1 for value in numbers})
    empty = [None] if None in shape.constants else []
    return [WORDS, *constants, *empty] if not constants else [*constants, WORDS, *empty]
