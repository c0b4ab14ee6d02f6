"""Documents of a dialogue made after a commit: the bundles, and an advice's page in the room."""
