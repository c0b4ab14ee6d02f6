"""The program's own source, read by tests: what several look at is parsed once in a process."""

from __future__ import annotations

import ast
from functools import cache


@cache
def every_node(source: str) -> tuple[ast.AST, ...]:
    """Every node of the syntax tree, the module first; who asks only looks."""
    return tuple(ast.walk(ast.parse(source)))
