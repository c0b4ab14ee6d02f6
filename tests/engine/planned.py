"""A meeting that is planned, for tests."""

from __future__ import annotations

from datetime import UTC, datetime

from meetings.meeting import Meeting
from tests.engine.bots import Bot

NEW = 'moment nieuw Ons plein wanneer="vrijdag 20:00" in=plein'

BEGINS = datetime(2026, 12, 4, 19, 0, tzinfo=UTC)


def meeting(bot: Bot, number: int = 1) -> Meeting:
    found = bot.session.engine.ledger.meetings.get(number)
    assert found is not None
    return found


def go_to(bot: Bot, at: datetime) -> None:
    bot.tick(at - bot.clock())


def card(bot: Bot) -> dict[str, object]:
    return dict(bot.told("plein", "meeting_card")[-1])
