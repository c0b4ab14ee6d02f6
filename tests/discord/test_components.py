"""Whatever a message holds, it fits what Discord takes, and nothing of it is dropped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.discord.components import COMPONENTS, FILE, TEXT, Own, above, count, ids, shown
from bot.platforms.discord.seals import Seals, Sort
from bot.platforms.discord.wire import body, files
from bot.platforms.discord.writing import markdown
from bot.platforms.messages import Choice, Meaning, Message, Style
from bot.platforms.places import Place, PlaceKind
from tests.discord import requests
from tests.discord.world import GUILD, KEY, _lines
from tests.documents import words
from tests.generated import examples

PLACE = Place("discord", PlaceKind.ROOM, "zomerstraat")
SEALS = Seals(KEY, GUILD, lambda: ["het-gesprek"])
PATH = "/channels/1/messages"


def _items(counts: list[int]) -> tuple[Choice, ...]:
    return tuple(
        Choice(f"{item} {number} " + "x" * (number % 90), means, style)
        for item, most in enumerate(counts, 1)
        for number in range(most)
        for means in [Meaning("het-gesprek", f"S{item}", f"c{number}", 0)]
        for style in [list(Style)[number % 4]]
    )


MESSAGES = st.builds(
    lambda text, choices: Message(PLACE, "0" * 20, words(text), choices=choices),
    st.text("ab c.\n*_", min_size=1, max_size=60).map(lambda part: part * 200)
    | st.text(min_size=1, max_size=300),
    st.lists(st.integers(1, 60), max_size=7).map(_items),
)
OWN = st.sampled_from([(), (Own.HELP,)])


def _shown(message: Message, own: Any) -> Any:
    return shown(message, SEALS, lambda code: code, own, message.token)


def _carried(components: Any) -> Iterator[str]:
    """What each component carries, and what each option of a menu does, in their order."""
    for one in requests._walked(components):
        if "custom_id" in one:
            yield one["custom_id"]
        yield from (option["value"] for option in one.get("options", ()))


@examples()
@given(MESSAGES, OWN)
def test_it_fits_and_holds_every_choice(message: Message, own: Any) -> None:
    made = _shown(message, own or (() if message.choices else (Own.HELP,)))
    sent = body(made, token=message.token)
    assert requests.against_our_rules("POST", PATH, sent) == []
    if requests.description() is not None:
        assert requests.against_description("POST", PATH, sent) == []
    sealed = [SEALS.read(name) for name in _carried(made.components)]
    assert None not in sealed
    chosen = [one.means for one in sealed if one is not None and one.sort is Sort.CHOICE]
    assert chosen == [choice.means for choice in message.choices]
    assert message.token in {one.token for one in sealed if one is not None}


def test_of_more_choices_than_fit_at_all_the_menus_say_how_to_choose_the_others() -> None:
    choices = _items([1_500])
    made = _shown(Message(PLACE, "0" * 20, words("Kies." * 2_000), choices=choices), (Own.HELP,))
    sent = body(made, token="0" * 20)
    assert requests.against_our_rules("POST", PATH, sent) == []
    asked = {one["placeholder"] for one in requests._walked(made.components) if "options" in one}
    assert asked == {"choose_some"}
    sealed = [SEALS.read(name) for name in _carried(made.components)]
    chosen = [one.means for one in sealed if one is not None and one.sort is Sort.CHOICE]
    assert chosen == [choice.means for choice in choices[: len(chosen)]]
    assert len(chosen) >= 400


@examples()
@given(MESSAGES)
def test_of_a_text_that_is_cut_the_whole_goes_along(message: Message) -> None:
    made, whole = _shown(message, (Own.HELP,)), markdown(message.document)
    if len(whole) <= TEXT:
        assert files(made) == ()
        return
    (file,) = files(made)
    assert file.data.decode() == whole
    assert whole.startswith(_lines(made.words)[0].removesuffix("\n…"))


@examples()
@given(MESSAGES, MESSAGES, MESSAGES)
def test_an_answer_stands_above_what_stays(one: Message, two: Message, three: Message) -> None:
    """And the next answer takes the place of the one before."""
    before = _shown(one, (Own.HELP,)).components
    for message in (two, three):
        answer = _shown(Message(PLACE, "t", message.document), (Own.HELP,))
        both = above(answer, before)
        if both is None:  # it is too much, or has a file, which cannot be sent again
            return
        assert not any(part["type"] == FILE for part in both.components)
        assert requests.against_our_rules("PATCH", PATH, body(both)) == []
        assert count(both.components) <= COMPONENTS
        assert list(ids(both.components)) == list(ids(_shown(one, (Own.HELP,)).components))
        before = both.components
    assert sum("id" in part for part in before) <= 1


def test_the_same_choices_are_the_same_rows() -> None:
    """Many people read them; of others, or in other words, they are others."""
    choices = _items([3])
    first = Message(PLACE, "", words("Eens?"), choices=choices)
    again = replace(first, document=words("Oneens?"))
    rows = [shown(one, SEALS, lambda code: code, (), "").rows for one in (first, again)]
    assert rows[0] is rows[1]
    other = Seals(bytes(32), GUILD, list)
    own = shown(first, other, lambda code: code, (), "").rows
    assert [other.read(one) for one in ids(own)] == [SEALS.read(one) for one in ids(rows[0])]
    many = Message(PLACE, "", words("Eens?"), choices=_items([60]), language="nl")
    for asks in ("Kies", "Choose"):
        menu = shown(replace(many, language=asks), SEALS, {"choose": asks}.__getitem__, (), "")
        assert menu.rows[0]["components"][0]["placeholder"] == asks
    assert shown(first, SEALS, lambda code: code, (), "token").rows != rows[0]


def test_a_menu_says_of_which_item_it_is_and_what_it_does() -> None:
    """Two menus below each other that both said "Kies hier" were one too many to choose from."""
    reasons = ("naam of adres", "beledigend")
    choices = [
        Choice(f"{place} niet laten zien: {why}", Meaning("d", f"S{place}", "x", 0), listed=True)
        for place in (1, 2)
        for why in reasons
    ]
    made = shown(
        Message(PLACE, "", words("Kies."), choices=tuple(choices)), SEALS, str, (), ""
    ).rows
    asked = [row["components"][0]["placeholder"] for row in made]
    assert asked == ["1 niet laten zien: …", "2 niet laten zien: …"]


def test_each_block_is_written_as_it_is_however_many_there_were() -> None:
    for number in range(5_000):
        assert markdown(words(f"{number}. *x*")) == markdown(words(f"{number}. *x*"))
        assert str(number) in markdown(words(f"{number}. *x*"))
