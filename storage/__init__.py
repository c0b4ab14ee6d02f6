"""What must last: the only place with SQL."""
