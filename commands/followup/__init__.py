"""The words about what becomes of an advice, and how what is typed with them is read."""
