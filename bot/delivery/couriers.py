"""The couriers of a live bot, one a platform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.delivery.courier import LiveCourier
from bot.desk.asker import Reply


class Couriers:
    """Hands the answers of a commit to the couriers of their platforms, by name."""

    def __init__(self, by_name: Mapping[str, LiveCourier]) -> None:
        self.by_name = by_name

    def prepare(self, replies: Sequence[Reply]) -> None:
        """After a commit, in the engine's thread: have answers composed by who rests."""
        for courier in self.by_name.values():
            courier.prepare(replies)

    def after(self, replies: Sequence[Reply]) -> None:
        """After a commit, in the event loop: hand the answers over, and have the outbox looked
        at."""
        for name, courier in self.by_name.items():
            mine = [reply for reply in replies if reply.place.platform == name]
            if mine:
                courier.answer(mine)
            courier.look()
