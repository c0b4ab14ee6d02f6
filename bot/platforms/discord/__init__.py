"""Discord, by discord.py; the only folder that knows that library."""

from bot.platforms.discord.platform import Discord
from bot.platforms.discord.settings import Settings

__all__ = ["Discord", "Settings"]
