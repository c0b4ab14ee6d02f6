"""The declared words agree with the table of who may use what where.

Here stand the words of no kind of round; those of a kind stand in ``tests/rounds/KIND/surface.py``.
"""

from __future__ import annotations

import itertools

import pytest

from commands.said import Where
from dialogues.core import Role
from rounds.registry import KINDS, vocabulary
from tests.rounds.surfaces import surface

KNOWN = vocabulary()
WORDS = KNOWN.words

EVERYBODY = {
    "aanmelden", "afmelden", "agenda", "herinner", "moment voorstel",
    "english", "evaluatie", "hulp", "intrekken", "kloptniet", "koppel", "meedoen", "mijn",
    "gegevens", "nederlands", "ontkoppel",
    "privacy", "register", "status", "stem", "stil", "taal", "uitleg", "uitslag", "verder",
    "vergeetmij", "waarom", "wijzig",
}  # fmt: skip
PLANNING = {"moment afzeggen", "moment neem", "moment nieuw", "moment verzet", "moment weiger"}
ANSWERING = {"reactie", "voortgang"}
BESIDES = {
    Role.CLERK: {
        *ANSWERING, *PLANNING, "advies", "afgesproken", "bewaar los", "bewaar vast",
        "nieuwsbrief", "ontvangen", "toezegging", "uitstel",
    },
    Role.COUNCILLOR: PLANNING,
    Role.MODERATOR: {
        *PLANNING, "aanwezig", "afgesproken", "gesprek reeks", "gesprek reeks stop", "tafels",
        "advies", "gesprek afspraken", "gesprek nieuw", "gesprek rooster", "gesprek staf",
        "gesprek titel", "gesprek weg", "hervat", "kies", "nieuwsbrief", "ok", "oordeel", "pauze",
        "sluit", "start", "toon", "tot", "verberg", "verzamelen stop", "volgende", "werk",
    },
    Role.OFFICIAL: {"afgesproken", "toezegging", "uitstel", *ANSWERING, *PLANNING},
    Role.YOUTH_WORKER: {"ok", "toon", "verberg", "werk"},
}  # fmt: skip
STAFF_ROOM_ALONE = {"gesprek staf", "nieuwsbrief"}
NOT_IN_STAFF_ROOM = {
    "evaluatie", "moment voorstel", "intrekken", "kloptniet", "koppel", "gegevens",
    "ontkoppel", "verder", "waarom", "wijzig",
}  # fmt: skip
IN_THE_ROOM = (EVERYBODY - {"evaluatie", "verder"}) | ANSWERING | {"hervat", "pauze"}
OF_KINDS = {word: said for kind in KINDS for word, said in surface(kind).words.items()}


@pytest.mark.parametrize("where", list(Where))
@pytest.mark.parametrize("roles", [(), *itertools.combinations(Role, 1), tuple(Role)])
def test_every_cell_of_the_table(roles: tuple[Role, ...], where: Where) -> None:
    may = EVERYBODY.union(*(BESIDES[role] for role in roles))
    if where is Where.ROOM:
        may &= IN_THE_ROOM
    if where is not Where.STAFF:
        may -= STAFF_ROOM_ALONE
    if where is Where.STAFF:
        may -= NOT_IN_STAFF_ROOM
    may |= {
        word
        for word, said in OF_KINDS.items()
        if where in said.where and (said.roles is None or said.roles & set(roles))
    }
    assert {word.dutch for word in WORDS if KNOWN.allowed(word.dutch, roles, where)} == may
    assert {word.dutch for word in KNOWN.words_for(roles, where)} == may


def test_the_registry_is_in_order_and_whole() -> None:
    names = [word.dutch for word in WORDS]
    assert names == sorted(names)
    assert len(set(names)) == len(names)
    assert set(KNOWN.by_dutch) == set(names)
    # one line for two words: the other language is named by its own
    assert len({word.help for word in WORDS}) == len(WORDS) - 1
    assert KNOWN.by_dutch["english"].help == KNOWN.by_dutch["nederlands"].help


def test_no_form_means_two_things() -> None:
    forms = [tuple(form.split()) for word in WORDS for form in word.forms]
    assert len(forms) == len(set(forms)) == len(KNOWN.by_form)
    assert all(form == form.casefold() for word in WORDS for form in word.forms)


def test_an_unknown_word_is_not_allowed() -> None:
    assert not KNOWN.allowed("beantwoord", frozenset(Role), Where.STAFF)
    assert "beantwoord" not in KNOWN.by_dutch
