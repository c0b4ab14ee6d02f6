"""An earlier version of an advice, made again from the journal without what was erased since. Pure.

``bot/documents/handover.py`` makes it for ``export``, ``rebuild.py`` again from a clerk's bundle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import msgspec

from advice.compile import JournalPoint, compiled
from advice.kinds import AllPages
from advice.model import Remade, Result
from advice.published import Texts
from advice.since import since
from dialogues import events as ev
from dialogues.dialogue import Advice, Dialogue
from dialogues.fold import evolve
from dialogues.participation import Figures
from dialogues.record import Line

#: The state of a dialogue at a line of its journal, and that line.
Then = Callable[[int], "tuple[Dialogue, JournalPoint]"]


def erased_since(then: Dialogue, lines: Iterable[Line]) -> list[Line]:
    """The lines after the state ``then`` by which texts that it has were erased."""
    return [
        line
        for line in lines
        if line.seq > then.position
        and isinstance(line.event, ev.TextErased)
        and line.event.item in then.items.by_number
    ]


def version_of(
    advice: Advice,
    then: Dialogue,
    pages: AllPages,
    point: JournalPoint,
    texts: Texts,
    erased: list[Line],
) -> Result:
    """The result of a version, from the state at the line of its request (``point``), which is
    changed here by what was ``erased`` since. Where nothing was, it has its posted hash."""
    for line in erased:
        item = then.items.by_number[line.event.item]  # reworded since: it had another reference
        evolve(then, replace(line.event, ref=item.text.ref), line.at, line.by)
    shown = Figures(advice.contributed, advice.voted, advice.total, advice.linked)
    made = compiled(then, pages, point, shown, texts, advice.version, erased=len(erased))
    if not erased:
        return made
    return msgspec.structs.replace(made, remade=Remade(advice.manifest or None))


def compared(made: Result, now: Dialogue, pages: AllPages, texts: Texts, then: Then) -> Result:
    """A result of the dialogue ``now`` with what it changed since the version before it, which is
    made again from the journal."""
    if made.previous is None or now.advice is None:
        return made
    before = next(a for a in now.advice.versions() if a.version == made.previous.version)
    state, point = then(before.position)
    shown = Figures(before.contributed, before.voted, before.total, before.linked)
    earlier = compiled(state, pages, point, shown, _whole(texts), before.version)
    previous = msgspec.structs.replace(made.previous, changes=since(earlier, made))
    return msgspec.structs.replace(made, previous=previous)


def _whole(texts: Texts) -> Texts:
    """Words that are not there any more as no words, so that what was erased since was shown."""
    return lambda ref: texts(ref) or ""
