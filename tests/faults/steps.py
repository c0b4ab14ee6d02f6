"""The steps at which the program may die, each by its name: a point before it, and one after it.

The program knows nothing of them: no call is made for them when it runs. A test wraps each step
(``watched``) in a process that was forked for it, and so ``dying.py`` can kill that process at any
point. What a platform does is in the list by itself: whatever it can be asked to do.

Nothing that writes can be left out: ``test_steps.py`` finds every COMMIT, every change of a file
and every request to a platform in the sources, and each has to be inside a step.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any

from bot.platforms.live import Directs, Marks, Sender, Source


class Room(StrEnum):
    """The part of the program that a step is of."""

    ENGINE = "engine"
    COURIER = "courier"
    WORKSHOP = "workshop"
    EXPORTER = "exporter"
    PUBLISHER = "publisher"
    MOMENTS = "moments"
    PRINTING = "printing"


@dataclass(frozen=True)
class Step:
    """A function, as the module that calls it knows it, or a method of a class."""

    room: Room
    module: str
    name: str

    def __str__(self) -> str:
        return f"{self.module}:{self.name}"


def _steps(room: Room, **names: str) -> tuple[Step, ...]:
    """Steps of a room; the names by module, in which "__" is a dot."""
    return tuple(
        Step(room, module.replace("__", "."), name)
        for module, found in names.items()
        for name in found.split()
    )


STEPS: tuple[Step, ...] = (
    *_steps(
        Room.ENGINE,
        bot__engine__engine="Engine._in_transaction Engine.take_jobs Engine._note_head",
        bot__engine__failing="Failing.failed",
        bot__engine__handling="Handling.by_nobody Handling.by_somebody answer",
        bot__engine__reception="Reception.claimed Reception.read_back",
        bot__ledger__outgoing="Outgoing.tell_cards",
        bot__ledger__states="States.act",
        storage__commits="EachOne.back EachOne.begin EachOne.end",
        storage__cursors="Cursors.move",
        storage__sidecar="Sidecar.note Sidecar.write",
        storage__store="Store.flush",
        storage__upkeep="OfFile.committed OfFile.note_head note_rest",
    ),
    *_steps(
        Room.COURIER,
        bot__delivery__answering="Answering.composed Answering.messages Answering.refused"
        " Answering.shown Answering.stood Answering.take_away",
        bot__delivery__conversations="Conversations.opened",
        bot__delivery__courier="carried_at_once",
        bot__delivery__outcomes="Outcomes.left Outcomes.refused Outcomes.returned Outcomes.stand",
        bot__delivery__rows="Rows._next Rows._renew_cards Rows.freeze_all Rows.freeze_upto"
        " Rows.land Rows.made",
    ),
    *_steps(
        Room.WORKSHOP,
        bot__documents__workshop="Workshop.do Workshop.page issued public",
        bot__runtime__chores="Chores.work",
    ),
    *_steps(
        Room.EXPORTER,
        bot__documents__placing="_swap move put_bundle put_file put_folder write",
    ),
    *_steps(
        Room.PUBLISHER,
        bot__documents__site_folder="SiteFolder._move SiteFolder._remove SiteFolder._write"
        " SiteFolder.finish SiteFolder.put",
    ),
    *_steps(
        Room.MOMENTS,
        bot__ledger__due="DueSteps._done",
        bot__runtime__chores="Chores._lapse Chores.clean clean_when_due prune",
        bot__runtime__town_calendar="put_file",
        storage__backup="_copy _copy_folder _move_aside _on_disk _staged make read remove_old"
        " restore",
        storage__upkeep="OfFile.checkpoint OfFile.vacuum",
    ),
)

#: The steps of the process that makes a large document, which ``tests/platforms/test_press.py``
#: kills at each of their points while the program goes on.
PRINTED = _steps(Room.PRINTING, bot__runtime__printing="main printed issued public")

#: What can be asked of a platform; each is a step of the courier.
ASKED = tuple(
    sorted(
        name
        for protocol in (Source, Sender, Directs, Marks)
        for name, value in vars(protocol).items()
        if inspect.iscoroutinefunction(value)
    )
)


def points(step: Step | str) -> tuple[str, str]:
    """The names of the two points of a step."""
    return f"before {step}", f"after {step}"


def watched(at: Callable[[str], None], steps: Iterable[Step] = STEPS) -> None:
    """From now on call ``at`` with the name of every point that this process passes, once before a
    step and once after it, also where it fails."""
    for step in steps:
        module = importlib.import_module(step.module)
        head, dot, last = step.name.rpartition(".")
        owner: Any = getattr(module, head) if dot else module
        setattr(owner, last, _wrapped(getattr(owner, last), str(step), at))


def watched_platform(platform: Any, at: Callable[[str], None]) -> None:
    """The same for everything that a platform can be asked to do."""
    for name in ASKED:
        if hasattr(platform, name):
            setattr(platform, name, _wrapped(getattr(platform, name), f"platform:{name}", at))


def _wrapped(step: Callable[..., Any], name: str, at: Callable[[str], None]) -> Callable[..., Any]:
    before, after = points(name)
    if inspect.iscoroutinefunction(step):

        @wraps(step)
        async def stepping(*given: Any, **named: Any) -> Any:
            at(before)
            try:
                return await step(*given, **named)
            finally:
                at(after)

        return stepping

    @wraps(step)
    def stepped(*given: Any, **named: Any) -> Any:
        at(before)
        try:
            return step(*given, **named)
        finally:
            at(after)

    return stepped
