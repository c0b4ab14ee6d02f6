"""Poll: one question of the town with options, answered in one of four ways."""
