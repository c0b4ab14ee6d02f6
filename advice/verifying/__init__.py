"""Computes what was handed over again, and names what differs."""
