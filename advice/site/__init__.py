"""A town's site, made of what its dialogues may publish: pages, a feed, and all of it as data."""
