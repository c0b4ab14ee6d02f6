"""The demo: an evening in an invented street, held by 25 simulated residents."""
