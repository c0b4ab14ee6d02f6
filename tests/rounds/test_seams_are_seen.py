"""Each seam that a kind fills is seen: without it, a walk of its surfaces fails.

The list is made of the fields of ``Talk``, ``Pages`` and ``KindWords``, so a new one is asked for
by itself. ``SEEN_BY`` says which walk is tried first; the others follow.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from advice.words import LANGUAGES
from bot.runtime.builtin import catalogues
from bot.text.templates import RenderError
from locales import Catalogue
from rounds import registry
from tests.rounds.walks import WALKS

#: What a field without a default becomes.
NOTHING: dict[str, Any] = {"recount": lambda _item, _round: ()}

#: What no walk can tell, and who looks at it.
ELSEWHERE = {
    "approves": "tests/rounds/poll/test_option_words.py: ideas of residents that read alike",
    "codes": "tests/commands/test_codes.py: it is a list of what the code says",
    "chosen": "tests/replay/test_tables.py: the words beside each choice in stemmen.csv",
    "figures": "tests/discord/test_pictures.py: the bars of each kind's result",
    "forms": "tests/discord/test_flow_of_kinds.py: what is filled in on a platform with forms",
    "presses": "tests/discord/test_flow.py: what is pressed on a platform with buttons",
    "dates": "tests/rounds/poll/test_date_poll.py: the moments that most people chose",
    "dropped": "tests/replay/test_recommendations.py: only a moderator drops one",
    "letters": "tests/rounds/test_registry.py: only items that are voted on are read by letter",
    "taps": "tests/engine/test_polling.py: what is tapped in a native poll",
    "terms": "tests/engine/test_one_language.py: English texts hold no Dutch key",
    "short": "tests/commands/test_reading.py: kinds share their choices of one letter",
}

#: Where another seam of the kind does the same.
TWICE = {
    ("dilemma", "pages", "sides"): "the model has its reasons in the order of the letters already",
    ("statements", "pages", "sides"): "the model has agree before disagree already",
    ("poll", "pages", "recount_round"): "tests/advice/test_verify_figures.py changes every number",
    ("statements", "words", "is_vote"): "its votes are its choices: ``is_choice`` has them all",
}

#: What makes a kind what it is: without it nothing of it can be read at all.
WHOLE = frozenset({"machine", "round", "item", "offer"})

PARTS = {"pages": ("PAGES", "pages"), "talk": ("TALK", "talks"), "words": ("WORDS", "vocabulary")}

#: Which walk is tried first; any may see it.
FIRST = {"pages": "exported", "talk": "typed", "words": "typed"}
SEEN_BY = {
    **dict.fromkeys(("meaning", "on_card", "shows_items", "standing"), "reacted"),
    **dict.fromkeys(("after", "answer", "takes_yes"), "offered"),
    **dict.fromkeys(("against", "asks", "consent", "recount", "recount_round"), "verified"),
    **dict.fromkeys(("buttons", "patient"), "pressed"),
    "gives": "gathered",
    "hears": "heard",
    "hints": "helped",
    "no_opinion": "offered",
    "notes": "filled",
}


def _default(field: Field[Any]) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return NOTHING.get(field.name) if field.default is MISSING else field.default


def _filled() -> Iterator[tuple[str, str, str]]:
    """Kind, part and name of every seam that is filled."""
    for kind, (part, (name, _)) in itertools.product(registry.KINDS, PARTS.items()):
        made = getattr(import_module(f"rounds.{kind}.{part}"), name)
        for field in fields(made):
            left_out = field.name in WHOLE | ELSEWHERE.keys() or (kind, part, field.name) in TWICE
            if not left_out and getattr(made, field.name) != _default(field):
                yield kind, part, field.name


@pytest.mark.parametrize(("kind", "part", "seam"), _filled())
def test_without_it_a_surface_fails(
    kind: str, part: str, seam: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = import_module(f"rounds.{kind}.{part}")
    name, all_of_them = PARTS[part]
    made = getattr(module, name)
    (field,) = [field for field in fields(made) if field.name == seam]
    monkeypatch.setattr(module, name, replace(made, **{seam: _default(field)}))
    function: Any = getattr(registry, all_of_them)
    changed = function.__wrapped__()
    monkeypatch.setattr(registry, all_of_them, lambda: changed)
    first = SEEN_BY.get(seam, FIRST[part])
    for walk in dict.fromkeys((first, *WALKS)):
        (tmp_path / walk).mkdir()
        try:
            WALKS[walk](kind, tmp_path / walk)
        except Exception:  # noqa: BLE001 - whatever it is that cannot go on
            return
    pytest.fail(f"nothing sees {part}.{seam} of {kind}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", registry.KINDS)
def test_without_a_text_its_languages_fail(
    kind: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = catalogues()
    texts = {k: v for k, v in there[language].texts.items() if k != f"{kind}_card"}
    lacking = {**there, language: Catalogue(language, texts)}
    monkeypatch.setattr("bot.runtime.parts.catalogues", lambda: lacking)
    with pytest.raises(RenderError):
        WALKS["languages"](kind, tmp_path)
