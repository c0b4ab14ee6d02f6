"""Closing: the recommendations for the council, and a yes or no on each."""
