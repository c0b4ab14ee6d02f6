"""A minimal discord.py bot, against which the project's bot is measured.

It posts one message with a view of three buttons, keeps the newest press of each person in a
dictionary, and tells them so in a message that only they see. It keeps nothing else.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from typing import Any

import discord

from bench import marks
from tests.discord.double.program import point
from tests.discord.double.town import ROOM

LABELS = ("Eens", "Oneens", "Weet ik niet")


class Buttons(discord.ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.presses: dict[int, str] = {}
        for label in LABELS:
            button: Any = discord.ui.Button(label=label, custom_id=label)
            button.callback = self._pressed(label)
            self.add_item(button)

    def _pressed(self, label: str) -> Any:
        async def callback(interaction: discord.Interaction) -> None:
            self.presses[interaction.user.id] = label
            await interaction.response.send_message(f"Genoteerd: {label}.", ephemeral=True)

        return callback


async def main() -> None:
    point()
    client = discord.Client(intents=discord.Intents(guilds=True, guild_messages=True))
    view = Buttons()

    @client.event
    async def on_ready() -> None:
        channel: Any = client.get_channel(ROOM)
        await channel.send("Moeten er meer bomen komen?", view=view)
        sys.stdout.write("ready\n")
        sys.stdout.flush()

    marks.answer(lambda: {"total": time.process_time(), "events": len(view.presses)})
    running = asyncio.ensure_future(client.start(sys.argv[1]))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.cancel)
    await asyncio.gather(running, return_exceptions=True)
    await client.close()


if __name__ == "__main__":
    asyncio.run(main())
