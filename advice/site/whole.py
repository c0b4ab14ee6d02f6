"""All files of a town's site but those of its single dialogues, from what is told of these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from advice import schema
from advice.site import calendar, feed, pages, promises
from advice.site.looks import Looks
from advice.site.model import SCHEMA, Bulletin, Commitment, Site, encode
from advice.site.records import Told
from advice.town.moments import Moment

DATA, SCHEMA_FILE = "site.json", "site.schema.json"


def common_files(
    told: Mapping[str, Told],
    commitments: Sequence[Commitment],
    moments: Sequence[Moment],
    agenda: Mapping[str, bytes],
    newsletters: Sequence[Bulletin],
    looks: Looks,
) -> dict[str, bytes]:
    """The files by their place. ``told``: by the id of each dialogue; ``commitments``
    by number; ``agenda`` are the files of what the town planned, which stand in the site too;
    ``newsletters``: the newest first."""
    there = [each.conversation for each in told.values() if each.conversation is not None]
    there.sort(key=lambda one: (one.opened_at, one.dialogue.id), reverse=True)
    words = {name: each.words for name, each in told.items()}
    hours = [(name, hour) for name, each in told.items() for hour in each.hours]
    known = {one.dialogue.id for one in there}
    town = looks.town
    site = Site(
        SCHEMA, town.town, town.zone, looks.language, there, list(commitments), list(newsletters)
    )
    return {
        **agenda,
        **calendar.agenda_page(moments, hours, known, looks, bool(agenda)),
        **feed.feed(there, newsletters, looks),
        **pages.fixed(looks),
        **promises.register(commitments, there, looks),
        **pages.index(there, words, newsletters, looks),
        DATA: encode(site),
        SCHEMA_FILE: _schema(),
    }


@cache
def _schema() -> bytes:
    """The schema of the data, which is the same for every town and each time."""
    return schema.written(schema.site_schema()).encode()
