"""The console: a chat in the terminal in which one person plays anybody."""
