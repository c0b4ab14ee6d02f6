"""The town's settings: config, formats, key, rooms, alarm words and limits."""
