"""The engine: facts become committed decisions, in one thread."""
