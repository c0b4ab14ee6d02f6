"""Wrong changes of the rules of priorities, each of which a test notices (``mutants.py``)."""

CHANGES = [
    ("rules", "votable=True, ", ""),
    ("rules", "places: int = setting(3,", "places: int = setting(4,"),
    ("rules", " and item.state is ItemState.SHOWN", ""),
    ("rules", "not choice or not set", "not set"),
    ("rules", "not set(choice) <= set(known)", "False"),
    ("rules", "len(set(choice)) < len(choice)", "False"),
    ("rules", "if len(choice) > most:", "if False:"),
    ("rules", "if not state.box.changes(item, choice, context):", "if False:"),
    ("rules", 'BallotBox("ranking")', "BallotBox()"),
    ("rules", "not state.scope.items.shown(number))", "False)"),
    ("rules", "        if place not in book.left_out\n", ""),
    ("rules", "None if few else points[n]", "points[n]"),
    ("rules", "-points[number]", "points[number]"),
    ("rules", "    follows_items=True,\n", ""),
]
