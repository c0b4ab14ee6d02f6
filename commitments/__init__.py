"""Commitments: who does what by which day, and whether it was done."""
