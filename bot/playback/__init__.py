"""Plays recorded conversations through the engine: transcripts, Polis exports, the demo."""
