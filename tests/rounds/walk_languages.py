"""What the walks say, in every language; and what young people are not asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from advice.words import LANGUAGES
from rounds import registry
from tests.rounds.surfaces import (
    Forgotten,
    Hidden,
    Lacking,
    Surface,
    surface,
)
from tests.rounds.walked import end, own_texts, walked
from tests.rounds.walking import Walk


def languages(kind: str, folder: Path) -> None:
    """Everything that the walks say can be said in every language, and every text is said."""
    its, used = surface(kind), set[str]()
    for name in SAYING:
        (folder / name).mkdir()
        walk = Walk(folder / name / "town.db")
        _say(walk, its, name)
        renderer: Any = walk.session.speaker._renderer
        compiled = renderer._compiled

        def noted(language: str, code: str, compiled: Any = compiled) -> Any:
            used.add(code)
            return compiled(language, code)

        renderer._compiled = noted
        for template, data in walk.texts:
            for language in LANGUAGES:
                walk.render(template, data, language)
        walk.close()
    used |= {code for word in its.words for code in _in_menus(word)}
    unsaid = {code for code in own_texts(kind) if not code.startswith(ELSEWHERE)} - used
    assert unsaid == set(its.unsaid)


def _in_menus(word: str) -> Iterator[str]:
    """The texts of a word's parameters, as a menu shows them in every language."""
    (declared,) = [one for one in registry.vocabulary().words if one.dutch == word]
    for parameter in declared.parameters:
        yield from (f"option_{parameter.name}", f"option_{parameter.name}_help")
        yield from (code for _dutch, _english, code in parameter.keys)


#: Refusals are said where something is wrong, and forms, buttons and menus of messages only where
#: they can be pressed (tests/engine/test_presses.py, tests/discord/test_message_menus.py).
ELSEWHERE = ("choice_", "message_", "refused_", "sheet_")

#: What is said in every language; the last is an evening with an open ballot.
SAYING = ("filled", "offered", "typed", "helped", "heard", "hidden", "forgotten", "exported")


def _say(walk: Walk, its: Surface, name: str) -> None:
    """Say what a surface says, whatever comes back, and then what is to be read of it."""
    case = getattr(its, name)
    lines = () if isinstance(case, Lacking) else case
    if name == "filled":
        walk.prepare(its)
        walk.go([*lines, *its.fills])
        return
    if name == "exported":
        case = its.exported[-1]
        walk.prepare(replace(its, format=case.format), "minimum=5 stemming=open")
        for who, text in case.says:
            walk.ask(who, text)
    else:
        walk.begin(its)
    if isinstance(case, Hidden):
        walk.go(case.before)
        walk.ask("vera", f"verberg {case.item} onderwerp")
        walk.ask("vera", f"toon {case.item}")
    elif isinstance(case, Forgotten):
        walk.go(case.before)
    elif name != "exported":
        walk.go(lines)
    formats = [f"uitleg {name}" for name in walk.session.engine.services.formats]
    for text in ("mijn", "status", "uitslag", "hulp", *formats):
        walk.ask("anna", text)
    end(walk)
    walk.ask("anna", "uitslag")


def youth(kind: str, folder: Path) -> None:
    """In a room of young people, and the same elsewhere."""
    its = surface(kind)
    case = its.youth
    walk = Walk(folder / "town.db", youth=True)
    walk.prepare(its)
    walk.go(its.fills)
    walk.ask("vera", "start")
    walk.go(case.opens)
    walk.go(case.says)
    walk.close()
    (folder / "other").mkdir()
    other = walked(its, folder / "other")
    more: Counter[str] = Counter()
    for line in case.says:
        other.ask(line.who, line.text)
        more.update(Counter(other.codes) - Counter(line.codes))
        assert not Counter(line.codes) - Counter(other.codes)
    other.close()
    assert dict(more) == ({} if isinstance(case.left_out, Lacking) else {case.left_out: 1})
