"""What a paper is made of besides its words: the elements of its page, and the blocks that a reader
of Markdown finds in it."""

from __future__ import annotations

from collections.abc import Mapping

import html5lib
from markdown_it import MarkdownIt

_READER = MarkdownIt("gfm-like", {"linkify": False})


def shape(files: Mapping[str, bytes]) -> tuple[list[str], list[str]]:
    """The elements of the HTML file and the tokens of the Markdown file, without their words."""
    elements: list[str] = []
    tokens: list[str] = []
    for name, data in files.items():
        text = data.decode()
        if name.endswith(".html"):
            parser = html5lib.HTMLParser(namespaceHTMLElements=False)
            elements += [str(element.tag) for element in parser.parse(text).iter()]
            wrong = {code for _, code, _ in parser.errors}
            assert wrong <= {"invalid-codepoint"}, wrong  # a letter that no font has
        elif name.endswith(".md"):
            for token in _READER.parse(text):
                tokens.append(token.type)
                tokens += [child.type for child in token.children or () if child.type != "text"]
    return elements, tokens
