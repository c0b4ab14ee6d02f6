"""Messages of Discord as a page: our own rendering of their components, for pictures alone.

It looks about as Discord's own programs do; what they really show, only they can tell.
"""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]

ROW, BUTTON, SELECT, WORDS, FILE, CONTAINER, LINE = 1, 2, 3, 10, 13, 17, 14
ONLY = 1 << 6

_BUTTONS = {1: "main", 2: "plain", 3: "yes", 4: "no", 5: "plain"}

PAGE = """<!doctype html><meta charset="utf-8"><style>
* {{ box-sizing: border-box; }}
body {{ margin: 0; background: #fff; color: #313338;
  font: 16px/1.375 "Noto Sans", "DejaVu Sans", sans-serif; }}
header {{ padding: 12px 16px; border-bottom: 1px solid #e3e5e8; font-weight: 600; }}
header::before {{ content: "# "; color: #80848e; }}
article {{ display: flex; gap: 14px; padding: 10px 16px; }}
article.only {{ background: #f0f2fd; border-left: 2px solid #5865f2; }}
.face {{ flex: none; width: 40px; height: 40px; border-radius: 50%; background: #2f6f4f;
  color: #fff; text-align: center; line-height: 40px; font-weight: 600; }}
.face.who {{ background: #c8553d; }}
.body {{ flex: 1; min-width: 0; }}
.name {{ font-weight: 600; }}
.name b {{ background: #5865f2; color: #fff; border-radius: 3px; font-size: 10px; padding: 1px 4px;
  margin-left: 5px; vertical-align: 2px; }}
.used {{ color: #5c5e66; font-size: 13px; }}
p {{ margin: 4px 0; overflow-wrap: anywhere; }}
h2, h3, h4 {{ margin: 8px 0 4px; line-height: 1.25; }}
h2 {{ font-size: 22px; }} h3 {{ font-size: 19px; }} h4 {{ font-size: 17px; }}
ul {{ margin: 4px 0; padding-left: 22px; }}
code {{ background: #e3e5e8; border-radius: 4px; padding: 1px 4px; font-size: 14px;
  font-family: "DejaVu Sans Mono", monospace; }}
time {{ background: #e8e9eb; border-radius: 3px; padding: 0 2px; }}
.row {{ display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; }}
.row span {{ padding: 6px 14px; border-radius: 8px; font-size: 14px; font-weight: 500; }}
.main {{ background: #5865f2; color: #fff; }} .yes {{ background: #1f8546; color: #fff; }}
.no {{ background: #d22d39; color: #fff; }} .plain {{ background: #e3e5e8; }}
.select {{ border: 1px solid #c4c9ce; color: #5c5e66; min-width: 220px; }}
.box {{ border: 1px solid #e3e5e8; border-radius: 8px; padding: 8px 14px; max-width: 560px; }}
.private {{ color: #5c5e66; font-size: 13px; margin-top: 6px; }}
</style><header>{channel}</header>{messages}"""


def page(channel: str, messages: Iterable[Json], only: str) -> str:
    """A channel with these messages; ``only`` is what stands under one that one person sees."""
    return PAGE.format(
        channel=html.escape(channel), messages="".join(_message(one, only) for one in messages)
    )


def _message(message: Json, only: str) -> str:
    private = bool(message["flags"] & ONLY)
    bot = message["author"]["bot"]
    name = html.escape(message["author"]["username"])
    parts = [*_text(message["content"]), *_components(message["components"])]
    under = f'<div class="private">{html.escape(only)}</div>' if private else ""
    return (
        f'<article class="{"only" if private else ""}">'
        f'<div class="face {"" if bot else "who"}">{name[0].upper()}</div><div class="body">'
        f'<div class="name">{name}{"<b>APP</b>" if bot else ""}</div>'
        f"{''.join(parts)}{under}</div></article>"
    )


def _components(components: Iterable[Json]) -> Iterator[str]:
    for one in components:
        kind = one["type"]
        if kind == WORDS:
            yield from _text(one["content"])
        elif kind == ROW:
            yield f'<div class="row">{"".join(map(_pressed, one["components"]))}</div>'
        elif kind == CONTAINER:
            yield f'<div class="box">{"".join(_components(one["components"]))}</div>'
        elif kind == LINE:
            yield "<hr>"
        elif kind == FILE:
            yield f"<p>📄 {html.escape(one['file']['url'].rsplit('/', 1)[-1])}</p>"


def _pressed(one: Json) -> str:
    if one["type"] == BUTTON:
        return f'<span class="{_BUTTONS[one["style"]]}">{html.escape(one["label"])}</span>'
    return f'<span class="select">{html.escape(one.get("placeholder") or "")} ▾</span>'


_HEADING = re.compile(r"(#{1,3}) (.*)")
_INLINE = re.compile(
    r"\\(.)|`([^`]*)`|\*\*(.+?)\*\*|\*(.+?)\*|\[([^\]]*)\]\((https://[^)]*)\)|<t:(\d+):(\w)>"
)


def _text(text: str) -> Iterator[str]:
    """Discord's Markdown as HTML, as far as the bot writes it."""
    for line in text.split("\n"):
        heading = _HEADING.match(line)
        if heading is not None:
            level = len(heading[1]) + 1
            yield f"<h{level}>{_inline(heading[2])}</h{level}>"
        elif line.startswith("- "):
            yield f"<ul><li>{_inline(line[2:])}</li></ul>"
        elif line:
            yield f"<p>{_inline(line)}</p>"


def _inline(text: str) -> str:
    out, at = [], 0
    for found in _INLINE.finditer(text):
        out.append(html.escape(text[at : found.start()]))
        at = found.end()
        plain, code, strong, soft, label, url, moment, style = found.groups()
        if plain is not None:
            out.append(html.escape(plain))
        elif code is not None:
            out.append(f"<code>{html.escape(code)}</code>")
        elif strong is not None:
            out.append(f"<strong>{_inline(strong)}</strong>")
        elif soft is not None:
            out.append(f"<em>{_inline(soft)}</em>")
        elif label is not None:
            out.append(f'<a href="{html.escape(url)}">{_inline(label)}</a>')
        else:
            out.append(f"<time>{_moment(int(moment), relative=style == 'R')}</time>")
    return "".join((*out, html.escape(text[at:])))


def _moment(at: int, *, relative: bool) -> str:
    """A moment as Discord writes it: how far away it is, or when."""
    if not relative:
        return f"{datetime.fromtimestamp(at, ZoneInfo('Europe/Amsterdam')):%d-%m-%Y %H:%M}"
    hours = max(1, round((at - time.time()) / 3600))
    return f"over {round(hours / 24)} dagen" if hours > 36 else f"over {hours} uur"
