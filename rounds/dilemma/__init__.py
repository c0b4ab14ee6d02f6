"""Dilemma: two choices with what each gives and costs, a third answer, and a reason."""
