"""The console: a town in one process, in a terminal."""
