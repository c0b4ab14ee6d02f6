"""rounds/poll.md: every key of ``peiling``, in both languages, and every way to answer."""

from __future__ import annotations

from rounds.poll import question_words
from tests.docs import pages


def test_the_keys_of_a_poll() -> None:
    found = pages.tables(pages.section(pages.ROUNDS["poll"], "Words"))
    (table,) = (rows for rows in found if "key" in rows[0])
    named = {
        key: pages.code(row["key"])[0]
        for row in table
        for key in pages.code(row["key"]) + pages.code(row["English"])
    }
    assert named == question_words.KEYS
    assert tuple(pages.code(table[0]["means"])) == question_words.KIND_WORDS
