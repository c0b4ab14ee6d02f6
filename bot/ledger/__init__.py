"""The ledger: the state of everything that has a journal, and the one way it changes."""
