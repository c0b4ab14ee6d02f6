"""What goes to a town's archive, and its metadata."""
