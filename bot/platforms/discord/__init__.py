"""Discord: how a document is written there."""
