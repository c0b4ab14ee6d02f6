"""What moderators do: they prepare a dialogue, lead its rounds, and read what waits for them."""
