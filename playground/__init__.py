"""A playground: a real homeserver, the bot, and Element for eight invented residents at once."""
