"""Meetings: planned conversations, with sign-ups, tables and what was agreed."""
