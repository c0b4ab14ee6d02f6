"""Sending: the outbox and the answers become messages, which couriers hand to the platforms."""
