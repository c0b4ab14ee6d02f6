"""Documents made after a commit: the bundle of an advice, and its page in the room."""
