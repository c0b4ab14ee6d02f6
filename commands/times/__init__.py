"""When something is, how long it takes and how often it recurs, as people say it."""
