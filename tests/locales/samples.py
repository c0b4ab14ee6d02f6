"""Values for every text of a catalogue, inferred from the text itself.

A text's own expressions tell most: what is compared, counted, listed, looped over, tested. Each
branch is reached because every value takes in turn every alternative the text distinguishes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice, product
from typing import Any

from jinja2 import nodes

from bot.text.filters import environment

ENVIRONMENT = environment()

#: Names that the renderer and Jinja2 give.
GIVEN = frozenset({"account", "address", "cmd", "loop", "prefix", "range", "town"})

AT = datetime(2026, 12, 15, 19, 30, tzinfo=UTC)
WORDS = "Plant bomen bij de school"

_MOST = 200


@dataclass(slots=True)
class Shape:
    """What a text does with one value."""

    attributes: dict[str, Shape] = field(default_factory=dict)
    element: Shape | None = None
    pairs: tuple[Shape, Shape] | None = None
    filters: set[str] = field(default_factory=set)
    constants: set[Any] = field(default_factory=set)
    prefixes: set[tuple[str, str]] = field(default_factory=set)  # what is cut off, of which codes
    number: bool = False
    tested: bool = False
    optional: bool = False

    def paths(self, name: str) -> Iterator[str]:
        """The placeholder and everything inside it: ``items[].text``."""
        yield name
        for attribute, inner in self.attributes.items():
            yield from inner.paths(f"{name}.{attribute}")
        if self.element:
            yield from self.element.paths(f"{name}[]")
        for index, inner in enumerate(self.pairs or ()):
            yield from inner.paths(f"{name}{{{index}}}")


class Reader:
    """Reads one text into the shapes of its placeholders."""

    def __init__(self, text: str, code: str = "") -> None:
        self._code = code
        self.shapes: dict[str, Shape] = {}
        self.words: list[str] = []  # constants that are shown
        self._scopes: list[dict[str, Shape]] = [{}]
        self._visit(ENVIRONMENT.parse(text))

    def _shape(self, node: nodes.Node) -> Shape | None:
        """The shape behind an expression that names a value, None for any other."""
        match node:
            case nodes.Name(name=name):
                for scope in reversed(self._scopes):
                    if name in scope:
                        return scope[name]
                return None if name in GIVEN else self.shapes.setdefault(name, Shape())
            case nodes.Getattr(node=inner, attr=attribute) if shape := self._shape(inner):
                return shape.attributes.setdefault(attribute, Shape())
            case nodes.Getitem(node=inner, arg=nodes.Slice()):
                return self._shape(inner)
            case nodes.Getitem(node=inner, arg=nodes.Const(value=key)) if shape := self._shape(
                inner
            ):
                if isinstance(key, str):
                    return shape.attributes.setdefault(key, Shape())
                shape.element = shape.element or Shape()
                return shape.element
            case nodes.Filter(name=name, node=inner) if inner and (shape := self._shape(inner)):
                shape.filters.add(name)
                if name in ("first", "last"):
                    shape.element = shape.element or Shape()
                    return shape.element
                return shape
        return None

    def _visit(self, node: nodes.Node) -> None:
        match node:
            case nodes.For():
                self._loop(node)
                return
            case nodes.Assign(target=nodes.Name(name=name)):
                self._visit(node.node)
                self._scopes[-1][name] = self._shape(node.node) or Shape()
                return
            case nodes.Name() | nodes.Getattr() | nodes.Getitem():
                if self._shape(node) is None:
                    self._children(node)
                return
            case nodes.Filter():
                self._filter(node)
                return
            case nodes.If() | nodes.CondExpr():
                self._test(node.test)
            case nodes.Compare():
                self._compare(node)
                self._silently(node)
                return
            case nodes.Test(node=inner, name=name) if shape := self._shape(inner):
                shape.optional |= name in ("none", "defined", "undefined")
            case nodes.Add() | nodes.Sub() | nodes.Mul() | nodes.FloorDiv() | nodes.Mod():
                for side in (node.left, node.right):
                    if shape := self._shape(side):
                        shape.number = True
            case nodes.Call(node=nodes.Name(name="cmd")):
                for argument in node.args:
                    if not isinstance(argument, nodes.Const):
                        self._silently(argument)
                return
            case nodes.Pair():
                self._visit(node.value)
                return
            case nodes.Const(value=str() as value):
                self.words.append(value)
        self._children(node)

    def _children(self, node: nodes.Node) -> None:
        for child in node.iter_child_nodes():
            self._visit(child)

    def _silently(self, node: nodes.Node) -> None:
        """Visit what is not shown as words: commands, codes, what is compared."""
        shown = list(self.words)
        if isinstance(node, nodes.Compare):
            self._children(node)
        else:
            self._visit(node)
        self.words[:] = shown

    def _loop(self, node: nodes.For) -> None:
        match node.iter, node.target:
            case nodes.Call(node=nodes.Getattr(node=inner, attr="items")), nodes.Tuple(
                items=[a, b]
            ):
                shape = self._shape(inner) or Shape()
                shape.pairs = shape.pairs or (Shape(), Shape())
                scope = dict(zip((a.name, b.name), shape.pairs, strict=True))
            case _, nodes.Name(name=name):
                self._visit(node.iter)
                shape = self._shape(node.iter) or Shape()
                shape.element = shape.element or Shape()
                scope = {name: shape.element}
            case _:
                raise NotImplementedError(node)
        shape.tested |= bool(node.else_)
        self._scopes.append(scope)
        if node.test:
            self._test(node.test)
            self._visit(node.test)
        for child in (*node.body, *node.else_):
            self._visit(child)
        self._scopes.pop()

    def _filter(self, node: nodes.Filter) -> None:
        if node.node is None:
            return
        shape = self._shape(node)
        if node.name == "t":
            self._text(node.node)
            return
        if shape is None:
            self._visit(node.node)
        if shape and node.name in ("selectattr", "rejectattr", "map", "sum", "sort"):
            self._element(shape, node)
        elif node.name in ("select", "reject", "join"):
            pass
        else:
            for argument in node.args:
                self._visit(argument)
        if shape and node.name == "default":
            shape.optional = True

    def _element(self, shape: Shape, node: nodes.Filter) -> None:
        shape.element = shape.element or Shape()
        arguments = (*node.args, *(keyword.value for keyword in node.kwargs))
        names = [each.value for each in arguments if isinstance(each, nodes.Const)]
        if node.name == "map" and node.args:
            shape.element.filters.add(names[0])
        elif names:
            inner = shape.element.attributes.setdefault(names[0], Shape())
            inner.number |= node.name == "sum"
            inner.tested |= len(names) == 1
            inner.constants |= set(names[2:])

    def _text(self, node: nodes.Node) -> None:
        """``("choice_" ~ c)|t``: c takes every ending that the catalogue has."""
        match node:
            case nodes.Concat(nodes=[nodes.Const(value=str() as prefix), value]) if (
                shape := self._shape(value)
            ):
                shape.prefixes.add((prefix, prefix))
            case nodes.Concat() | nodes.Name() | nodes.Getattr() | nodes.Filter():
                if shape := self._shape(node):
                    shape.prefixes.add(("", f"{self._code}_"))
                else:
                    self._silently(node)
            case _:
                self._silently(node)

    def _test(self, node: nodes.Node) -> None:
        match node:
            case nodes.And(left=left, right=right) | nodes.Or(left=left, right=right):
                self._test(left)
                self._test(right)
            case nodes.Not(node=inner):
                self._test(inner)
            case _:
                if shape := self._shape(node):
                    shape.tested = True

    def _compare(self, node: nodes.Compare) -> None:
        others = [operand.expr for operand in node.ops]
        shape = self._shape(node.expr)
        if shape is None and isinstance(node.expr, nodes.Filter):
            return
        for other in others:
            if shape and isinstance(other, nodes.Const):
                shape.constants.add(other.value)
            elif shape and isinstance(other, nodes.Tuple | nodes.List):
                shape.constants |= {c.value for c in other.items if isinstance(c, nodes.Const)}
            elif isinstance(node.expr, nodes.Const) and (behind := self._shape(other)):
                behind.constants.add(node.expr.value)
        for operand in node.ops:
            if operand.op in ("gt", "gteq", "lt", "lteq"):
                for side in (shape, self._shape(operand.expr)):
                    if side:
                        side.number = True


def shapes(text: str) -> dict[str, Shape]:
    """What a text does with each of its values."""
    return Reader(text).shapes


def shown_words(text: str) -> list[str]:
    """The constants of a text that are shown."""
    return Reader(text).words


def placeholders(text: str) -> set[str]:
    """Every placeholder of a text, with what is inside it."""
    return {path for name, shape in shapes(text).items() for path in shape.paths(name)}


def samples(code: str, texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Values with which the text says everything it can say.

    A code that is wholly a value stands for the texts that are named after this one.
    """
    found = Reader(texts[code], code).shapes
    yield from _each({name: _values(shape, texts) for name, shape in found.items()})


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
    if shape.prefixes:
        free = [code for code, text in texts.items() if not Reader(text).shapes]
        return sorted(
            code.removeprefix(cut)
            for cut, prefix in shape.prefixes
            for code in free
            if code.startswith(prefix)
        )
    if shape.filters & {"moment", "day", "clock"}:
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
