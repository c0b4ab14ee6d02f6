"""Priorities: the most important of the statements of earlier rounds, best first."""
