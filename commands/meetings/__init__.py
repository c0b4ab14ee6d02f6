"""The words about meetings, and how what is typed with them is read."""
