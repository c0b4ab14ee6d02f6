"""Whatever is hidden, shown again or forgotten after the closing: the document is made, and holds.

The evenings are those of every kind in which people vote.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.placing import put_bundle
from tests.generated import examples
from tests.replay.playing import played
from tests.replay.test_two_worlds import KINDS, played_kind
from tests.verifying import verified

ITEMS = st.sampled_from(("S1", "S2", "S3", "R1", "R2"))
WRITERS = st.sampled_from([f"schrijver{n}" for n in range(3)] + ["buur0", "buur1"])
STEPS = st.lists(
    st.one_of(
        ITEMS.map(lambda item: ("vera", f"verberg {item} 1")),
        ITEMS.map(lambda item: ("vera", f"toon {item}")),
        WRITERS.map(lambda who: (who, "vergeetmij")),
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("asked", ["before", "after"])
def test_the_document_is_made_whatever_is_gone(
    kind: str, asked: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    @examples(4, 100)
    @given(STEPS, st.lists(st.integers(0, 2), min_size=7, max_size=7))
    def check(steps: list[tuple[str, str]], votes: list[int]) -> None:
        made = played_kind(kind, votes, 0, votes[0])
        if asked == "after":
            made.rows.pop()
        for who, words in steps:
            if who == "vera":
                made.staff(words)
            else:
                made.say(who, words)
                made.say(who, "ja, vergeet mij")
        made.staff("advies")
        folder = tmp_path_factory.mktemp("gone")
        (handed,) = played(made.data, folder / "t.db", clerk=True).bundles.values()
        put_bundle(handed.files, folder / "bundle")
        assert verified(folder / "bundle").differences == ()

    check()
