"""The rules of a dialogue: pure machines from intents to events to state."""
