"""The counting rules, from counts to results: one file for each, with a name and a version.

Because a rule takes nothing but published counts, whoever holds uitslag.json can apply it again.
"""

from dialogues.counting import minority, one, points, ranked, recommend, several, statement

#: Every rule in force, in alphabetical order of its name; printed in the document's appendix.
RULES = {rule.NAME: rule for rule in (minority, one, points, ranked, several, recommend, statement)}

__all__ = ["RULES"]
