"""What a catalogue text does with its values, read from the template itself.

A text's own expressions tell most: what is compared, counted, listed, looped over, tested. The
parts that a text uses are read with it: of a kind of round, when it puts that kind's name before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cache
from typing import Any

from jinja2 import nodes

from bot.text.environment import environment
from tests.locales.parts import constants

ENVIRONMENT = environment()

#: Names that the renderer and Jinja2 give.
GIVEN = frozenset({"address", "cmd", "contact", "loop", "prefix", "press", "range", "town"})

#: The codes that a value of this name stands for, where a text shows what it is given.
CODES = {
    "code": "help_*",
    "does": "*_does",
    "example": "help_*",
    "perhaps": "*_perhaps",
    "what": "work_*",
    "word": "choice_*",
}


@cache
def parsed(text: str) -> nodes.Template:
    """A text as Jinja2 reads it; who asks only looks."""
    return ENVIRONMENT.parse(text)


@dataclass(slots=True)
class Shape:
    """What a text does with one value."""

    attributes: dict[str, Shape] = field(default_factory=dict)
    element: Shape | None = None
    pairs: tuple[Shape, Shape] | None = None
    filters: set[str] = field(default_factory=set)
    constants: set[Any] = field(default_factory=set)
    codes: set[tuple[str, str]] = field(default_factory=set)  # what is cut off, of which codes
    endings: set[str] = field(default_factory=set)  # of codes that begin with this kind
    parts: set[str] = field(default_factory=set)  # the texts that are made with these values
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
        yield from (f"{name} in {part}" for part in self.parts)


class Reader:
    """Reads one text into the shapes of its placeholders.

    With ``texts`` it reads on in the parts that the text uses; ``kinds`` says which kind of round
    each value is that names one.
    """

    def __init__(
        self,
        text: str,
        texts: Mapping[str, str] | None = None,
        kinds: Mapping[str, str] | None = None,
    ) -> None:
        self._texts, self._kinds = texts, kinds or {}
        self.shapes: dict[str, Shape] = {}
        self.words: list[str] = []  # constants that are shown
        self.parts: set[str] = set()  # the texts that are made with the same values
        self._root = self.shapes
        self._scopes: list[dict[str, Shape]] = [{}]
        self._visit(parsed(text))

    def _shape(self, node: nodes.Node) -> Shape | None:
        """The shape behind an expression that names a value, None for any other."""
        match node:
            case nodes.Name(name=name):
                for scope in reversed(self._scopes):
                    if name in scope:
                        return scope[name]
                return None if name in GIVEN else self._root.setdefault(name, Shape())
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
            case nodes.Filter(name=("t" | "part" | "lines")):
                return None  # another text
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
        """Visit what is not shown as words: commands, codes, comparisons."""
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
        if node.name in ("t", "part", "lines"):
            codes = self._text(node.node)
            if node.name != "t":
                self._part(codes, self._shape(node.args[0]) if node.args else None)
            return
        shape = self._shape(node)
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

    def _text(self, node: nodes.Node) -> list[str]:
        """The patterns of the codes that the name of another text can be.

        ``("choice_" ~ c)|t``: c takes every ending that the catalogue has; ``(kind ~ "_card")``:
        kind takes every kind that has such a text; ``what|part(row)``: ``CODES`` has its codes.
        """
        match node:
            case nodes.Const(value=str() as code):
                return [code]
            case nodes.Concat(nodes=[nodes.Const(value=str() as prefix), value]) if (
                shape := self._shape(value)
            ):
                shape.codes.add((prefix, f"{prefix}*"))
                return [f"{prefix}*"]
            case nodes.Concat(nodes=[nodes.Name(name=name) as value, ending]) if (
                shape := self._shape(value)
            ):
                self._children(ending)
                found = [constant.value for constant in constants(ending)]
                shape.endings |= set(found)
                self.words = [word for word in self.words if word not in found]
                return [f"{self._kinds.get(name, '*')}{each}" for each in found]
            case nodes.Name(name=name) | nodes.Getattr(attr=name) if shape := self._shape(node):
                shape.codes.add(("", CODES[name]))
                return [CODES[name]]
            case _:
                raise NotImplementedError(node)

    def _part(self, codes: list[str], row: Shape | None) -> None:
        """Visit texts that are rendered with this one's values, or with those of a row."""
        (self.parts if row is None else row.parts).update(codes)
        if self._texts is None:
            return
        before = self._root, self._scopes
        self._root, self._scopes = self._root if row is None else row.attributes, [{}]
        for code, text in self._texts.items():
            if any(fnmatch(code, pattern) for pattern in codes):
                self._visit(parsed(text))
        self._root, self._scopes = before

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


@cache
def shapes(text: str) -> dict[str, Shape]:
    """What a text does with each of its values; the parts that it uses are not followed."""
    return Reader(text).shapes


def conditions(text: str) -> set[str]:
    """The conditions of a text: the test of each branch, and whether its else shows something."""
    tree = parsed(text)
    found = [(n.test, bool(n.elif_ or n.else_)) for n in tree.find_all(nodes.If)]
    found += [(n.test, n.expr2 is not None) for n in tree.find_all(nodes.CondExpr)]
    found += [(n.test, bool(n.else_)) for n in tree.find_all(nodes.For)]
    return {f"{test!r} {has_else}" for test, has_else in found if test is not None}


def shown_words(text: str) -> list[str]:
    """The constants that a text shows."""
    return Reader(text).words


def placeholders(text: str) -> set[str]:
    """Every placeholder of a text, with what is inside it and the parts that are made with it."""
    read = Reader(text)
    return read.parts | {path for name, shape in read.shapes.items() for path in shape.paths(name)}
