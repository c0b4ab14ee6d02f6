"""nieuwsbrief: what happened in a town's dialogues in a month, at most 400 words.

Each sentence comes of one entry, with where it can be looked up below it. While there are more
words, the longest part tells one entry less and says how many there are besides; then titles are
shortened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from advice.document import Document, Entries, Entry, Paragraph, Section, plain
from advice.papers.paper import NEWSLETTER, sheet
from advice.published import iso
from advice.words import Words, utc
from advice.writing.lettering import typed, words_in
from advice.writing.markdown import page_as_markdown
from dialogues.news import News, NewsItem
from dialogues.newsletter_events import NewsletterReleased

SCHEMA = "stadsgesprek/nieuwsbrief/1"

LIMIT = 400

#: The parts of the newsletter, and what each tells.
PARTS: Mapping[str, tuple[News, ...]] = {
    "happened": (News.OPENED, News.CLOSED, News.HELD),
    "answers": (News.ADVICE, News.RECEIVED, News.ANSWERED, News.MISSING),
    "promises": (News.DONE, News.LATE),
    "coming": (News.COMING,),
}

#: How many words of a title are kept, from no limit to the strictest.
_TITLES = (None, 12, 8, 5, 3)


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry; see ``NewsItem``."""

    what: str
    at: str
    title: str
    source: str
    people: int | None
    outcomes: list[int]


class Newsletter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``month`` as 2026-11; ``released_at`` (UTC ISO) None for a draft; ``version`` from 1."""

    schema: str
    month: str
    version: int
    town: str
    zone: str
    language: str
    released_at: str | None
    items: list[Told]


def newsletter(event: NewsletterReleased, at: datetime | None = None) -> Newsletter:
    """The newsletter that was released ``at`` a moment; without, its draft."""
    return Newsletter(
        schema=SCHEMA,
        month=event.month,
        version=event.version,
        town=event.town,
        zone=event.zone,
        language=event.language,
        released_at=iso(at) if at is not None else None,
        items=[_told(item) for item in event.items],
    )


def _told(item: NewsItem) -> Told:
    return Told(item.what.value, item.at, item.title, item.source, item.people, list(item.outcomes))


def name(month: str) -> str:
    """The name of a newsletter's files, without their ending."""
    return f"{NEWSLETTER}-{month}"


# -- the page --------------------------------------------------------------------------------------


def document(found: Newsletter, words: Words) -> Document:
    """The newsletter as a document of at most 400 words."""
    made = _Sentences(found, words, None).document({})
    for limit in _TITLES:
        by = _Sentences(found, words, limit)
        most = {part: len(by.items(part)) for part in PARTS}
        made = by.document(most)
        while length(made) > LIMIT and max(most.values()) > 1:
            longest = max(most, key=lambda part: most[part])
            most[longest] -= 1
            made = by.document(most)
        if length(made) <= LIMIT:
            break
    return made


def length(document: Document) -> int:
    """The words of a newsletter, counted strictly."""
    return words_in(page_as_markdown(document.page))


def sentences(found: Newsletter, words: Words) -> list[tuple[str, list[str]]]:
    """The parts of a newsletter as text: the heading of each, and its lines."""
    made = document(found, words)
    parts = []
    for section in made.page.sections:
        lines = []
        for block in section.blocks:
            if isinstance(block, Entries):
                lines += [plain((*e.line, " ", *e.notes[0])) for e in block.entries]
            elif isinstance(block, Paragraph):
                lines.append(plain(block.line))
        parts.append((plain(section.title), lines))
    return parts


class _Sentences:
    """The sentences of one newsletter, with titles of at most ``limit`` words."""

    def __init__(self, found: Newsletter, words: Words, limit: int | None) -> None:
        self.found, self.words, self.limit = found, words, limit
        self.zone = ZoneInfo(found.zone)

    def document(self, most: Mapping[str, int]) -> Document:
        words, found = self.words, self.found
        year, month = found.month.split("-")
        named = words.lists["format.months"][int(month) - 1]
        facts = words.line("newsletter.draft")
        if found.released_at is not None:
            day = words.day(utc(found.released_at).astimezone(self.zone).date())
            facts = words.line("newsletter.released", day=day)
        return sheet(
            words,
            "nieuwsbrief",
            words.line("newsletter.kicker", town=typed(found.town)),
            words.text("newsletter.title", month=named, year=year),
            self.sections(most),
            facts=facts,
        )

    def items(self, part: str) -> list[Told]:
        kinds = {what.value for what in PARTS[part]}
        return [item for item in self.found.items if item.what in kinds]

    def sections(self, most: Mapping[str, int]) -> Iterator[Section]:
        words = self.words
        for part in PARTS:
            items = self.items(part)
            told = items[: most.get(part, 0)]
            if not items:
                continue
            blocks: list[Entries | Paragraph] = [Entries(tuple(map(self.entry, told)), "plain")]
            if len(items) > len(told):
                blocks.append(Paragraph(words.line("newsletter.more", n=len(items) - len(told))))
            yield Section(words.line(f"newsletter.{part}"), tuple(blocks))
        if not self.found.items:
            nothing = Paragraph(words.line("newsletter.nothing"))
            yield Section(words.line("newsletter.happened"), (nothing,))

    def entry(self, item: Told) -> Entry:
        """The sentence of an entry, and where it can be looked up."""
        words, title = self.words, typed(item.title, self.limit)
        local = utc(item.at).astimezone(self.zone)
        day = words.text(
            "newsletter.day",
            day=str(local.day),
            month=words.lists["format.months"][local.month - 1],
        )
        key = f"newsletter.said.{item.what}"
        if item.people is not None:
            key += "_people"
        moment = words.moment(item.at, self.zone)
        line = words.line(
            key,
            day=day,
            title=title,
            moment=moment,
            n=item.people if item.people is not None else 0,
            many=item.outcomes[0],
            outcomes=self.outcomes(item.outcomes),
        )
        source = words.line("newsletter.source", source=typed(item.source, self.limit))
        return Entry("", line, (source,))

    def outcomes(self, found: Sequence[int]) -> str:
        """How many recommendations were adopted, adopted in part, and not."""
        names = ("adopted", "partly", "not")
        said = [
            self.words.text(f"newsletter.{name}", n=many)
            for name, many in zip(names, found, strict=True)
            if many
        ]
        return self.words.text("format.comma").join(said)
