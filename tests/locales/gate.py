"""The language gate of docs/voice (level B1): short sentences, common words, no officialese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.platforms.document import (
    Block,
    Break,
    Code,
    Document,
    Inline,
    Link,
    Paragraph,
    Run,
    Source,
)

#: Words a sentence may have at most, and in legal notices; and on average.
LONGEST, LONGEST_LEGAL, AVERAGE = 20, 25, 12
LEGAL = ("privacy", "forget")

#: A word that is met less often must be explained in the glossary.
LEAST_FREQUENT = 3.0

#: Official language, and words of law that mean something else (voice, "Rules"): their beginnings.
STOPPED = {
    "nl": re.compile(
        r"mandat|mandaat|charter|inbreng|concept|quotum|quota|pseudoni|desalniettemin|conform"
        r"|facilit|bezwa|aanvrag|aanvraag|geheim"
    ),
    "en": re.compile(
        r"mandate|charter|quotas?$|quorum|pseudonym|notwithstanding|nevertheless|pursuant"
        r"|facilitat|objection|secret|hereby|henceforth"
    ),
}

_ANY = "\ue000"  # stands for words that are not ours
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NUMBER = re.compile(r"\b[A-Z]\d+\b")
_COUNTS = re.compile(rf"[\w{_ANY}]")
_END = re.compile(r"(?<=[.?!…])[»”\")\]]*\s+")


def lines(document: Document) -> Iterator[list[Run]]:
    """The runs of every paragraph line and list item."""
    for block in document.blocks:
        for part in _parts(block):
            line: list[Run] = []
            for inline in part:
                if isinstance(inline, Break):
                    yield line
                    line = []
                else:
                    line += _runs(inline)
            yield line


def _parts(block: Block) -> tuple[tuple[Inline, ...], ...]:
    return (block.inside,) if isinstance(block, Paragraph) else block.items


def _runs(inline: Inline) -> list[Run]:
    match inline:
        case Run():
            return [inline]
        case Break():
            return []
        case Code(runs):
            return [Run(run.text, Source.COMMAND) for run in runs]
        case Link(inside, _):
            return [run for part in inside for run in _runs(part)]
        case _:
            return [run for part in inline.inside for run in _runs(part)]


def sentences(document: Document) -> list[str]:
    """Every sentence; what a person wrote and a name count as one word, a command as its words."""
    found = []
    for line in lines(document):
        text = "".join(_counted(run) for run in line)
        found += [sentence for sentence in _END.split(text) if length(sentence)]
    return found


def _counted(run: Run) -> str:
    if run.source is Source.CATALOGUE:
        return run.text
    return " ".join(_ANY for _ in run.text.split()) if run.source is Source.COMMAND else _ANY


def length(sentence: str) -> int:
    return sum(map(bool, map(_COUNTS.search, sentence.split())))


def words(document: Document) -> set[str]:
    """The words of the catalogue; numbers of items are none."""
    text = " ".join(
        run.text for line in lines(document) for run in line if run.source is Source.CATALOGUE
    )
    return words_of(text)


def words_of(text: str) -> set[str]:
    return set(_WORD.findall(_NUMBER.sub(" ", text)))


def rare(found: set[str], language: str, explained: set[str]) -> set[str]:
    """The words that need a simpler word, or an explanation in the glossary."""
    from wordfreq import zipf_frequency  # which takes long: not where tests are only collected

    return {
        word
        for word in found
        if word.casefold() not in explained
        and zipf_frequency(word, language.split("_")[0]) < LEAST_FREQUENT
    }


def stopped(found: set[str], language: str) -> set[str]:
    return {word for word in found if STOPPED[language.split("_")[0]].match(word.casefold())}
