"""Circle: one after the other speaks, in an order that anybody can draw again."""
