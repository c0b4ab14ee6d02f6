"""Sending on a live platform: what the engine's thread prepares, and who carries it."""
