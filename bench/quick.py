"""The README's figures, made from ``bench/results.md``: ``python -m bench.quick`` writes them."""

from __future__ import annotations

from pathlib import Path

from bench import results

README = results.FILE.parent.parent / "README.md"

BEGIN, END = "<!-- figures of bench/results.md -->", "<!-- end of figures -->"

#: What the README tells, by the name of the line in the results.
_TOLD = {
    "votes, one busy round of 30 statements": "Votes in one busy round, each kept on the disk",
    "votes, spread over 500 rooms": "Votes over 500 rooms",
    "a vote at 100,000 votes in the round": "A vote in a round with 100,000 votes",
    "a document of 10,000 people, 500,000 votes": "The document of 10,000 people and 500,000 votes",
    "start-up from 1,000,000 events, chain checked": "A start from 1,000,000 events, each checked",
    "memory after it, 10,000 people with 100 votes": "Memory after that start",
    "of which the processor": "An import of 50,000 comments and 50,000 votes, processor time",
    "of which the processor, a line": "A line of a replay of 100,000, processor time",
}


def section(written: str) -> str:
    """The README's table of what stands in a results file, between its two marks."""
    found = results.rows(written)
    lines = [BEGIN, "| | |", "|---|---|"]
    for name, told in _TOLD.items():
        if name in found:
            against = found[name]["against"]
            lines.append(
                f"| {told} | {found[name]['figure']}{f' ({against})' if against else ''} |"
            )
    return "\n".join([*lines, END])


def replaced(readme: str, written: str) -> str:
    """The README with the section of these results in the place of the one it has."""
    before, _, rest = readme.partition(BEGIN)
    return before + section(written) + rest.partition(END)[2]


if __name__ == "__main__":
    text = README.read_text(encoding="utf-8")
    told: Path = results.FILE
    README.write_text(replaced(text, told.read_text(encoding="utf-8")), encoding="utf-8")
