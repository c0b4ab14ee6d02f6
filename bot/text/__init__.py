"""Renders catalogue texts with values to a neutral document."""
