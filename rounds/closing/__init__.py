"""Closing: what goes to the council, and a yes or no on each recommendation."""
