"""Matrix: rooms, encrypted or not, over matrix-nio. The only place where nio is imported."""

from bot.platforms.matrix.checking import Finding
from bot.platforms.matrix.platform import Matrix
from bot.platforms.matrix.settings import KEY, NAME, Settings
from bot.platforms.matrix.wire import Refusal, Unavailable

__all__ = [
    "KEY",
    "NAME",
    "Finding",
    "Matrix",
    "Refusal",
    "Settings",
    "Unavailable",
]
