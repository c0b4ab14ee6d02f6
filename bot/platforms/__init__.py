"""The platforms: each translates between its library's objects and our facts and messages."""
