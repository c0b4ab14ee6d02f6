"""The newsletters of a town's site: those that were released, as long as all that they tell of may
stand in public files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from advice.kinds import AllPages
from advice.papers import registry
from advice.papers.newsletter import Newsletter
from advice.site.model import Bulletin
from bot.documents.papers import released
from storage.reader import Reader

#: The folder of the site in which they stand.
FOLDER = "nieuwsbrieven"


def shown_letters(reader: Reader, shown: Callable[[str], bool]) -> Iterator[tuple[str, Newsletter]]:
    """The newsletters by the names of their files. One that tells of a room which has become one of
    young people since is left out as a whole: with an entry less it would not be what was
    released."""
    letters = released(reader)
    hidden = _hidden(reader, shown) if letters else frozenset()
    for name, letter in letters.items():
        told = {part for item in letter.items for part in (item.title, item.source.split(" ")[0])}
        if not told & hidden:
            yield name, letter


def written(
    letters: Mapping[str, Newsletter], pages: AllPages
) -> tuple[list[Bulletin], dict[str, bytes]]:
    """What the site says of them, the newest first, and their files by their place."""
    bulletins, files = [], dict[str, bytes]()
    for name, letter in sorted(letters.items(), reverse=True):
        own = {f"{FOLDER}/{f}": d for f, d in registry.written(name, letter, pages).items()}
        files |= own
        at, page = letter.released_at or "", f"{FOLDER}/{name}.html"
        bulletins.append(Bulletin(letter.month, letter.version, at, page, sorted(own)))
    return bulletins, files


def _hidden(reader: Reader, shown: Callable[[str], bool]) -> frozenset[str]:
    """The numbers and titles of all that is of rooms which are not shown, also earlier titles."""
    found: set[str] = set()
    for name in reader.dialogues():
        opened = next(reader.journal(name, 1), None)
        if opened is None or shown(opened.event.room):
            continue
        folded = reader.folded(name)
        assert folded is not None
        titles = (change.was for change in folded.dialogue.changes if change.what == "title")
        found |= {name, folded.dialogue.title, *map(str, titles)}
    for meeting in reader.meetings():
        if not shown(meeting.room):
            found |= {meeting.name, str(meeting.title)}
    for one in reader.commitments():
        if one.room and not shown(one.room) and one.what is not None:
            found |= {one.name, one.said.text or one.source.name}
    return frozenset(found - {""})
