"""Papers beside the advice, from the same compiler: each has a model, and is written from it."""
