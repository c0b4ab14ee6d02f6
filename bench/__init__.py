"""How fast it is: the figures of ``make bench``, one subject a file."""
