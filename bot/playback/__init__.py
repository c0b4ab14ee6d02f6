"""Recorded conversations played through the engine: transcripts, Polis exports, the demo."""
