"""The town's calendar follows what is planned on a real server, and comes as a file in person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")
import vobject

from tests.matrix import synapse as surroundings
from tests.matrix.dialogue.stage import Street, until
from tests.matrix.synapse import Synapse
from tests.sentences import part

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)


def events(data: bytes) -> list[tuple[str, str, str]]:
    """Title, place and status of each event."""
    found = vobject.readOne(data.decode()).contents.get("vevent", [])
    return [(one.summary.value, one.location.value, one.status.value) for one in found]


def test_a_meeting_stands_in_the_file_and_comes_in_person(
    lifted_synapse: Synapse, tmp_path: Path
) -> None:
    """Lifted: the bot answers at once; what stands in a file does not depend on limits."""
    street = Street(lifted_synapse, tmp_path, "agenda", people=1)
    config, site = street.running.config, tmp_path / "site" / "agenda.ics"
    config.write_text(config.read_text().replace("[town]", f'[town]\nagenda = "{site}"', 1))
    day = (datetime.now(UTC) + timedelta(days=9)).date()
    new = f'moment nieuw Buurtavond wanneer="{day} 20:00" waar="Wijkhuis, zaal 1" in=zomerstraat'
    with street:
        until(site.exists, 40, "the calendar")
        assert events(site.read_bytes()) == []
        street.command(new, part("meeting_planned"))
        stands(site, lambda found: found == [("Buurtavond", "Wijkhuis, zaal 1", "CONFIRMED")])
        street.ask("anna", "agenda", "Buurtavond", 60)
        sent = [one for one in street.voices["anna"].heard if one.content["msgtype"] == "m.file"]
        assert [one.content["filename"] for one in sent] == ["agenda.ics"]
        data = street.people["anna"].download(str(sent[0].content["url"]))
        assert events(data) == [("Buurtavond", "Wijkhuis, zaal 1", "CONFIRMED")]
        street.command("moment afzeggen M1 De zaal is dicht.", part("meeting_called_off_now"))
        stands(site, lambda found: [one[2] for one in found] == ["CANCELLED"])
        street.assert_log_is_silent()


def stands(site: Path, wanted: Callable[[Any], bool]) -> None:
    until(lambda: wanted(events(site.read_bytes())), 40, "the calendar")
