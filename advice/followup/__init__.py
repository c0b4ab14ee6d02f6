"""What became of an advice: the model, its page and its files."""
