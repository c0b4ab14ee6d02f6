"""The platforms: each only translates between its library and our facts and notices."""
