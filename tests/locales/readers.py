"""How programs of readers show a message; independent of the code that wrote it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from xml.etree.ElementTree import Element

import html5lib

_ZERO_WIDTH = dict.fromkeys(map(ord, "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffe\uffff"))

#: Letters that everybody sees as they are.
_PLAIN = re.compile("[ -~\n]*")


def seen(text: str) -> str:
    """What a person sees: no formatting and control characters, one space between words."""
    if _PLAIN.fullmatch(text):  # nearly always; letter by letter takes long
        return " ".join(text.split())
    text = re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text).translate(_ZERO_WIDTH)
    kept = (c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cn"))
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


# HTML

_LINE = {"p", "br"}


@cache
def _parser() -> html5lib.HTMLParser:
    """It begins anew with everything that it parses; to make one takes as long as a short text."""
    return html5lib.HTMLParser(namespaceHTMLElements=False)


def read_html(source: str) -> tuple[str, Counter[str], list[dict[str, str]]]:
    """The text, how often each tag occurs, and the attributes, as a browser finds them."""
    parser = _parser()
    root = parser.parseFragment(source)
    tags: Counter[str] = Counter()
    attributes: list[dict[str, str]] = []
    text: list[str] = []

    def walk(element: Element) -> None:
        number = int(element.get("start", "1"))
        for place, child in enumerate(element):
            if not isinstance(child.tag, str):
                tags["comment"] += 1
                continue
            tags[child.tag] += 1
            attributes.append(dict(child.attrib))
            if child.tag == "li":
                text.append("\n- " if element.tag == "ul" else f"\n{number + place}. ")
            text.append("\n" if child.tag in _LINE else "")
            text.append(child.text or "")
            walk(child)
            text.append(child.tail or "")

    text.append(root.text or "")
    walk(root)
    if parser.errors:
        tags["error"] += len(parser.errors)
    return "".join(text).strip(), tags, attributes


#: What chat programs make links and mentions of, in plain text and in the text of HTML.
LINKS = re.compile(
    r"(?i)\b(?:https?|ftps?|file|mailto|matrix|magnet|tel|javascript|data|steam|geo):[^\s\u200b]"
    r"|[^\W_][\w-]*[.。．｡](?:com|de|example|gg|nl|org|to)\b"
    r"|[@#!][\w.=/+-]+:[\w.-]+"
    r"|[\w.+-]+@[\w-]+[.][a-z]+"
    r"|@(?:room|everyone|here)\b"
    r"|www\.\w"
)

#: What Discord's server looks for in the raw content, whatever stands around it.
PINGS = re.compile(r"(?i)@(?:everyone|here)\b|<@[!&]?\d+>")

# Discord

_DISCORD = re.compile(
    r"(?P<escape>\\(?P<escaped>[^0-9A-Za-z\s]))"
    r"|(?P<fence>```.*?```)"
    r"|(?P<code>(?P<ticks>`+)(?P<codetext>.*?[^`])(?P=ticks)(?!`))"
    r"|(?P<mention>@everyone|@here|<@[!&]?\d+>|<#\d+>|<id:\w+>|</[^:>]+:\d+>)"
    r"|(?P<emoji><a?:\w+:\d+>)"
    r"|(?P<time><t:-?\d+(?::\w)?>)"
    r"|(?P<link>\[(?P<label>(?:\\.|[^\]\\])*)\]\(<?https?://[^\s)]+>?\))"
    r"|(?P<url>(?:https?|steam)://[^\s<]+|<https?://[^\s>]+>)"
    r"|(?P<strong>\*\*(?P<strongtext>(?:\\.|[^\\])+?)\*\*(?!\*))"
    r"|(?P<under>__(?P<undertext>(?:\\.|[^\\])+?)__(?!_))"
    r"|(?P<em>\*(?=\S)(?P<emtext>(?:\*\*|\\.|[^\s\\*]|\s+(?:\\.|[^\s*\\]|\*\*))+?)\*(?!\*))"
    r"|(?P<em2>\b_(?P<em2text>(?:__|\\.|[^\\_])+?)_\b)"
    r"|(?P<strike>~~(?P<striketext>.+?)~~(?!_))"
    r"|(?P<spoiler>\|\|(?P<spoilertext>.+?)\|\|)",
    re.DOTALL,
)
_BLOCK = re.compile(
    r"(?m)^(?P<heading>#{1,3} )|^(?P<small>-# )|^(?P<quote>>(?:>>)? )|^ *(?P<list>[-*]|\d+\.) "
)


def read_discord(source: str) -> tuple[str, Counter[str]]:
    """The text and the marks that Discord finds in a message."""
    marks: Counter[str] = Counter()

    def block(found: re.Match[str]) -> str:
        name = found.lastgroup or ""
        marks[name] += 1
        return f"{found['list']} " if name == "list" else ""

    def inline(text: str) -> str:
        return _DISCORD.sub(mark, text)

    def mark(found: re.Match[str]) -> str:
        if found["escaped"]:
            return found["escaped"]
        groups = found.groupdict()
        name = next(n for n in groups if groups[n] is not None)
        marks[name] += 1
        if name == "code":
            return re.sub(r"^ (?=`)|(?<=`) $", "", found["codetext"])
        inner = groups.get(f"{name}text") or (found["label"] if name == "link" else None)
        return inline(inner) if inner is not None else found[0]

    return inline(_BLOCK.sub(block, source)), marks
