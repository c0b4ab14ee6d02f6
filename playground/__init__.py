"""A neighbourhood to play in: a real homeserver, the bot, and Element for eight people at once."""
