"""Storage: everything that survives a restart, in one SQLite file; the only place with SQL."""
