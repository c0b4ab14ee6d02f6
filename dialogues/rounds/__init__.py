"""The kinds of rounds, one file a kind; ``registry.py`` lists them."""
