"""What stands on a button comes back as it went out, fits, and cannot be made up."""

from __future__ import annotations

import base64
import hmac
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.discord.seals import _AT_HAND, MOST, NOTHING, Sealed, Seals, Sort
from bot.platforms.live import Impossible
from bot.platforms.messages import Meaning
from tests.discord.world import GUILD, KEY
from tests.generated import examples

ID = st.from_regex(r"[a-z0-9-]{1,70}", fullmatch=True)
WORD = st.from_regex(r"[a-z_0-9]{0,12}", fullmatch=True)

MEANINGS = st.builds(
    Meaning,
    dialogue=ID,
    item=st.from_regex(r"([A-Z][1-9][0-9]{0,4})?", fullmatch=True),
    choice=WORD,
    round=st.none() | st.integers(0, 30),
)
SEALED = st.builds(
    Sealed,
    sort=st.sampled_from(Sort),
    means=MEANINGS,
    form=st.sampled_from(["", "why", "statement"]),
    token=st.sampled_from(["", "0" * 20, f"{'f' * 20}.12"]),
    number=st.integers(0, 500),
)


def seals(*dialogues: str, guild: int = GUILD, key: bytes = KEY) -> Seals:
    return Seals(key, guild, lambda: dialogues)


@examples()
@given(SEALED)
def test_it_comes_back_as_it_went_out_and_fits(what: Sealed) -> None:
    """Also in another process, which knows the dialogues there are."""
    written = seals().write(what)
    assert 1 <= len(written) <= MOST
    assert seals("een-ander", what.means.dialogue).read(written) == what


@examples()
@given(SEALED, st.data())
def test_what_is_changed_is_not_read(what: Sealed, data: st.DataObject) -> None:
    written = seals().write(what)
    at = data.draw(st.integers(0, len(written) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda c: c != written[at]))
    changed = f"{written[:at]}{other}{written[at + 1 :]}"
    assert seals(what.means.dialogue).read(changed) is None


@examples()
@given(st.text(max_size=120) | st.just("\ud800"))
def test_what_others_wrote_is_not_read(text: str) -> None:
    assert seals().read(text) is None


def test_another_town_or_server_has_other_seals() -> None:
    written = seals().write(Sealed(Sort.CHOICE, Meaning("ons-gesprek", "S1", "agree", 0)))
    assert seals(guild=1).read(written) is None
    assert seals(key=bytes(32)).read(written) is None
    assert seals().read(written) is not None


def test_a_long_id_that_is_no_dialogue_any_more_means_none() -> None:
    written = seals().write(Sealed(Sort.CHOICE, Meaning("g" * 90, "S1", "agree", 0)))
    read = seals("ander").read(written)
    assert read is not None
    assert read.means.dialogue == NOTHING.dialogue


def test_a_long_id_means_a_dialogue_as_soon_as_there_is_one() -> None:
    """What was read before does not say that there is none for ever; nor does what is kept grow."""
    dialogues: list[str] = []
    both = Seals(KEY, GUILD, lambda: dialogues)
    written = seals().write(Sealed(Sort.CHOICE, Meaning("g" * 90, "S1", "agree", 0)))
    assert [one.means.dialogue for one in (both.read(written),) if one is not None] == [""]
    dialogues.append("g" * 90)
    assert [one.means.dialogue for one in (both.read(written),) if one is not None] == ["g" * 90]


def test_what_is_read_again_and_again_is_bounded() -> None:
    many, same = seals("d"), Sealed(Sort.CHOICE, Meaning("d", "S1", "agree", 0))
    for number in range(2 * _AT_HAND):
        assert many.read(many.write(replace(same, number=number))) is not None
    assert many.read(many.write(same)) == same == many.read(many.write(same))
    assert len(many._read) <= _AT_HAND


@pytest.mark.parametrize("choice", ["1 2", "*1 2", "**", "*", "1  2", "01 2", "7", "1 99", "1 2 "])
def test_numbers_come_back_as_they_were(choice: str) -> None:
    what = Sealed(Sort.CHOICE, Meaning("d", "S1", choice))
    assert seals("d").read(seals().write(what)) == what


def test_an_order_of_all_options_of_a_poll_fits() -> None:
    """In the longest id that there can be, with a token."""
    order = " ".join(map(str, range(25, 0, -1)))
    means = Meaning("g" * 90, "P99", order, 9, "abcdef")
    what = Sealed(Sort.CHOICE, means, "", "f" * 20, 24)
    assert seals("g" * 90).read(seals().write(what)) == what


@pytest.mark.parametrize("choice", ["x" * 100, "a|b"])
def test_what_cannot_stand_there_is_refused(choice: str) -> None:
    with pytest.raises(Impossible):
        seals().write(Sealed(Sort.CHOICE, Meaning("d", "S1", choice)))


def test_buttons_of_earlier_versions_keep_their_seals() -> None:
    """A seal is the HMAC-SHA256 of what it seals, its first nine bytes in base64."""
    written = seals().write(Sealed(Sort.CHOICE, Meaning("ons-gesprek", "S1", "agree", 0)))
    body, _, seal = written.rpartition("|")
    key = hmac.digest(KEY, f"discord/1{GUILD}".encode(), "sha256")
    mac = hmac.digest(key, b"seal" + body.encode(), "sha256")
    assert seal == base64.urlsafe_b64encode(mac[:9]).decode()
