"""The measurements of ``make bench``, one subject per file."""
