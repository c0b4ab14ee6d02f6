"""Statements: residents say things, and everybody votes agree, disagree or pass on each."""
