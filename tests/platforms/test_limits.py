"""The limit of one message is the platform's own: a number, and what it counts."""

from __future__ import annotations

import pytest

from bot.platforms.discord.writing import markdown
from bot.platforms.document import Document, Items, Paragraph, Run, Source
from bot.platforms.messages import Limit
from bot.platforms.writing import plain
from bot.text.splitting import packed


def lines(document: Document) -> int:
    return len(plain(document).splitlines())


def characters(document: Document) -> int:
    return len(markdown(document))


LISTED = Document(
    (
        Paragraph((Run("Kies:"),)),
        Items(tuple((Run(f"*{n}*", Source.PERSON),) for n in range(1, 41)), start=1, tight=True),
        Paragraph((Run("Typ een nummer."),)),
    )
)


@pytest.mark.parametrize(
    "limit",
    [*(Limit(most, lines) for most in range(5, 12)),
     *(Limit(most, characters) for most in range(40, 120))],
)  # fmt: skip
def test_parts_are_within_what_the_platform_counts(limit: Limit) -> None:
    parts = packed([LISTED, LISTED], limit)
    assert 8 < len(parts) < 50
    assert all(limit.takes(part) for part in parts)
    words = [line for part in parts for line in plain(part).split("\n") if line]
    assert words == [line for line in plain(Document.of([LISTED, LISTED])).split("\n") if line]


def test_what_stands_between_two_counts_too() -> None:
    one = Document((Paragraph((Run("x" * 9),)),))
    assert Limit(20, characters).takes(one, one)
    assert not Limit(19, characters).takes(one, one)


def test_what_fits_stays_whole() -> None:
    assert packed([LISTED, LISTED], Limit(10_000, characters)) == [Document.of([LISTED, LISTED])]


def test_a_block_that_is_too_large_by_itself_is_not_cut() -> None:
    """A platform that cannot take it says so when it is sent."""
    long = Document((Paragraph((Run("x" * 50),)), Paragraph((Run("y" * 5),))))
    assert [plain(part) for part in packed([long], Limit(10, characters))] == ["x" * 50, "y" * 5]
