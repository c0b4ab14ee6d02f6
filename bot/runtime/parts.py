"""``Parts``: every part of the bot on one database, for the live bot, the console and replay.

Who builds them only drives them: ``App`` with an event loop, ``Session`` step by step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from advice.kinds import AllPages
from bot.delivery.answering import Answering
from bot.delivery.forms import Forms
from bot.delivery.outcomes import Outcomes
from bot.delivery.pictures import Pictures
from bot.delivery.rows import Rows
from bot.delivery.speaking import Speaker
from bot.delivery.suggesting import Suggesting
from bot.desk.leading.worklist import work_again
from bot.desk.meetings.news import still_needed
from bot.desk.new_list import new_list
from bot.documents.enclosing import enclosed, pages_for
from bot.documents.headings import Headings
from bot.documents.workshop import Workshop
from bot.engine.engine import Engine, no_alarm
from bot.platforms.capabilities import Capabilities
from bot.platforms.facts import Fact
from bot.runtime.builtin import catalogues
from bot.runtime.chance import Chance
from bot.runtime.chores import Chores
from bot.text.duplicates import nearest
from bot.text.templates import Renderer
from bot.town.town import Town
from commands.vocabulary import Vocabulary
from rounds import registry
from storage.database import Where
from storage.reader import Reader
from storage.rows import WORK
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts, used by one thread at a time. ``rows`` and ``answering`` prepare what couriers
    send; ``forms`` makes the forms that people open, ``suggesting`` says what fits while they fill
    in a word; ``chores`` are done after each commit."""

    store: Store
    reader: Reader
    pages: AllPages
    engine: Engine
    workshop: Workshop
    speaker: Speaker
    rows: Rows
    answering: Answering
    forms: Forms
    suggesting: Suggesting
    chores: Chores


def build(
    file: Where,
    town: Town,
    chance: Chance,
    clock: Callable[[], datetime],
    capabilities: Mapping[str, Capabilities],
    alarm: Callable[[str], None] = no_alarm,
    lasting: bool = True,
) -> Parts:
    """Build the parts on the database ``file``, with the states from its journal. Raises
    ``Unusable``.

    For ``capabilities`` and ``alarm`` see ``Engine``; for ``lasting`` see ``Store``.
    """
    store = Store(file, chance, registry.record(), town.key, lasting)
    known, pages = registry.vocabulary(), registry.pages()
    engine = Engine(
        store, town, chance, clock, nearest, known, registry.talks(), capabilities, alarm
    )
    reader = store.reader()
    renderer = _renderer(store, town, known)
    shop = Workshop(engine, reader, pages, clock, renderer)
    speaker = _speaker(engine, shop, renderer, capabilities, clock)

    def hear(facts: Sequence[Fact]) -> object:
        return engine.receive(facts).whole()

    outcomes = Outcomes(engine.ledger, hear, clock, alarm)
    pictures = Pictures(engine.services, renderer)
    rows = Rows(engine.ledger, speaker, outcomes, hear, clock, pictures)
    files = partial(enclosed, engine.services, renderer)
    answering = Answering(engine.services, speaker, clock, alarm, files)
    return Parts(
        store,
        reader,
        pages,
        engine,
        shop,
        speaker,
        rows,
        answering,
        Forms(engine.services, renderer),
        Suggesting(engine.services, renderer),
        Chores(engine, shop, clock, alarm),
    )


def _renderer(store: Store, town: Town, known: Vocabulary) -> Renderer:
    """The renderer of the town's texts, which also knows the words for its formats."""
    names = {"town": town.name, "address": town.address}
    formats = {plan.id: plan.english for plan in town.formats.values() if plan.english}
    said = known.named(formats)
    return Renderer(catalogues(), town.language, town.zone, names, store.texts.words, said)


def _speaker(
    engine: Engine,
    shop: Workshop,
    renderer: Renderer,
    capabilities: Mapping[str, Capabilities],
    clock: Callable[[], datetime],
) -> Speaker:
    """The speaker, with the documents of the workshop and the lists of the desk."""
    headings = Headings(engine.services)
    return Speaker(
        renderer,
        headings.heads,
        shop.page,
        shop.card,
        capabilities,
        headings.card_of,
        lambda row: (work_again if row.slot == WORK else new_list)(engine.services, row),
        lambda row, notice: still_needed(engine.ledger, row, notice, clock()),
        lambda row, notice: pages_for(engine.services, row, notice) or shop.files_for(row, notice),
    )
