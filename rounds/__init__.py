"""The kinds of rounds, one folder for each; no other code knows a kind by name."""
