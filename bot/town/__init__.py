"""What a town set: config, formats, keys, rooms and limits."""
