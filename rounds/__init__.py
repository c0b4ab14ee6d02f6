"""The kinds of rounds: one folder each, the only code that knows a kind by name."""
