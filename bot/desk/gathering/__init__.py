"""Plain talk that may go along: found, its author asked, taken along after a yes."""
