"""Plain talk as a contribution: a message is found, its author asked, and given after a yes."""
