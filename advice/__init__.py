"""From a journal to what a councillor reads."""
