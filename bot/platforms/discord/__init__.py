"""Discord: so far only how a document is written there."""
