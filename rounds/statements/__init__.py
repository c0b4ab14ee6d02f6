"""Statements: residents give statements, and everybody votes agree, disagree or pass on each."""
