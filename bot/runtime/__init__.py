"""Puts the program together: its parts, clock, source of random bytes, and the live bot."""
